import { Worker } from 'node:worker_threads'
import type { FromThread, ToThread } from './messages.ts'

/** A call of one of the module's functions. */
export interface Call {
  name: string
  input: unknown
  parts: AsyncIterable<unknown>
}

/** A thread that runs the functions of one module, one call at a time. */
export interface Thread {
  /** Returns what the function returns. Throws what it throws; what reading its parts throws ends the thread as well. */
  run(call: Call): Promise<unknown>
  lives(): boolean
  end(): Promise<unknown>
}

/** Small and steady, as the process itself; megabytes. */
const HEAP = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 8 }

/** Starts a thread. One that says nothing for so many seconds while it has a call in hand is ended. */
export function startThread(module: string, silentSeconds: number): Thread {
  // Neither flags nor environment are handed on: a thread computes, and needs no secret for it.
  const worker = new Worker(new URL('./thread-main.ts', import.meta.url), {
    workerData: module,
    execArgv: [],
    env: {},
    resourceLimits: HEAP,
  })
  let broken: Error | undefined
  let answered: (answer: FromThread | Error) => void = () => {}
  const breakDown = (error: Error) => {
    broken ??= error
    answered(broken)
  }
  worker.on('message', (answer: FromThread) => answered(answer))
  worker.on('error', breakDown)
  worker.on('messageerror', breakDown)
  worker.on('exit', (code) => breakDown(new Error(`The thread of ${module} ended (${code})`)))
  worker.unref()

  const ask = (message: ToThread) =>
    new Promise<FromThread>((done, failed) => {
      if (broken) return failed(broken)
      const silent = setTimeout(() => {
        breakDown(new Error(`The thread of ${module} was silent for ${silentSeconds} s`))
      }, silentSeconds * 1000)
      answered = (answer) => {
        clearTimeout(silent)
        if (answer instanceof Error) failed(answer)
        else done(answer)
      }
      worker.postMessage(message)
    })

  return {
    lives: () => broken === undefined,
    end: () => worker.terminate(),
    run: async (call) => {
      worker.ref()
      try {
        return await converse(ask, call)
      } catch (error) {
        // Whatever is left in it belongs to a call that has failed.
        if (!(error instanceof CallFailed)) {
          breakDown(error as Error)
          await worker.terminate()
        }
        throw error instanceof CallFailed ? error.cause : error
      } finally {
        worker.unref()
      }
    },
  }
}

/** What the function itself threw: its thread is as good as before. */
class CallFailed extends Error {}

async function converse(
  ask: (message: ToThread) => Promise<FromThread>,
  { name, input, parts }: Call,
): Promise<unknown> {
  let answer = await ask({ kind: 'run', name, input })
  if (answer.kind === 'wants-part') {
    for await (const part of parts) {
      answer = await ask({ kind: 'part', part })
      if (answer.kind !== 'wants-part') break
    }
    if (answer.kind === 'wants-part') answer = await ask({ kind: 'no-more-parts' })
  }
  if (answer.kind === 'done') return answer.value
  if (answer.kind === 'failed') throw new CallFailed(name, { cause: answer.error })
  throw new Error(`${name} wants more parts than there are`)
}
