import { parentPort, workerData } from 'node:worker_threads'
import type { FromThread, ToThread } from './messages.ts'

/** What a thread runs (thread.ts): the functions of one module, one call at a time. */

const functions = (await import(workerData)) as Record<string, ThreadFunction | undefined>
type ThreadFunction = (input: unknown, parts: AsyncIterable<unknown>) => Promise<unknown>

let received: (message: ToThread) => void = begin
parentPort?.on('message', (message: ToThread) => received(message))

function begin(message: ToThread): void {
  if (message.kind !== 'run') throw new Error(`A thread that does nothing was sent: ${message.kind}`)
  void answerTo(message.name, message.input)
}

async function answerTo(name: string, input: unknown): Promise<void> {
  let answer: FromThread
  try {
    const run = functions[name]
    if (!run) throw new Error(`${workerData} exports no ${name}`)
    answer = { kind: 'done', value: await run(input, parts()) }
  } catch (error) {
    answer = { kind: 'failed', error }
  }
  received = begin
  send(answer)
}

/** The parts as they come. Asking for one says that the one before is done with: no more than one is ever on its way. */
async function* parts(): AsyncGenerator<unknown> {
  for (;;) {
    const message = await new Promise<ToThread>((done) => {
      received = done
      send({ kind: 'wants-part' })
    })
    if (message.kind !== 'part') return
    yield message.part
  }
}

function send(answer: FromThread): void {
  try {
    parentPort?.postMessage(answer)
  } catch (error) {
    // It holds what cannot be copied to another thread.
    parentPort?.postMessage({ kind: 'failed', error: new Error(String(error)) } satisfies FromThread)
  }
}
