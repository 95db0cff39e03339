import { threadId } from 'node:worker_threads'
import { afterEach, describe, expect, it } from 'vitest'
import { offLoopFunction } from '../../../src/base/off-loop.ts'
import { createOffLoop, type OffLoopThreads } from '../../../src/work/off-loop/off-loop.ts'

type Functions = typeof import('./thread-functions.ts')
const of = <Name extends keyof Functions>(name: Name) =>
  offLoopFunction<Functions, Name>(new URL('./thread-functions.ts', import.meta.url), name)

/** Until the thread is inside `blockUntilWoken`. */
async function begun(numbers: Int32Array<SharedArrayBuffer>): Promise<void> {
  await Atomics.waitAsync(numbers, 1, 0).value
}

function wake(numbers: Int32Array<SharedArrayBuffer>): void {
  Atomics.store(numbers, 0, 1)
  Atomics.notify(numbers, 0)
}

describe('work off the event loop', () => {
  let offLoop: OffLoopThreads
  const start = (limits?: Parameters<typeof createOffLoop>[0]) => {
    offLoop = createOffLoop(limits)
    return offLoop
  }
  afterEach(() => offLoop.stop())

  it('runs in another thread, which is kept for the next call', async () => {
    const { run } = start()
    expect(await run(of('double'), 21)).toBe(42)
    const thread = await run(of('whichThread'), undefined as never)
    expect(thread).not.toBe(threadId)
    expect(await run(of('whichThread'), undefined as never)).toBe(thread)
  })

  it('answers the event loop while its thread is blocked', async () => {
    const { run } = start()
    const numbers = new Int32Array(new SharedArrayBuffer(8))
    const blocked = run(of('blockUntilWoken'), numbers.buffer)
    await begun(numbers)
    // Its thread waits for what only our own loop can do.
    setImmediate(() => wake(numbers))
    expect(await blocked).toBe('woken')
  })

  it('hands over parts, one at a time and only as fast as they are used', async () => {
    const { run } = start()
    let underWay = 0
    async function* parts() {
      for (let number = 1; number <= 20; number += 1) {
        underWay += 1
        expect(underWay).toBe(1)
        yield number
        underWay -= 1
      }
    }
    expect(await run(of('sumOf'), 1000, parts())).toBe(1210)
  })

  it('reads no more parts than the function wants', async () => {
    const { run } = start()
    let read = 0
    async function* parts() {
      for (const word of ['a', 'b', 'c']) {
        read += 1
        yield word
      }
    }
    expect(await run(of('firstOf'), null, parts())).toBe('a')
    expect(read).toBe(1)
    expect(await run(of('double'), 1)).toBe(2)
  })

  it('throws what the function throws, and goes on', async () => {
    const { run } = start()
    await expect(run(of('refuse'), 'not so')).rejects.toMatchObject({ name: 'RangeError', message: 'not so' })
    await expect(run(of('giveFunction'), undefined as never)).rejects.toThrow('could not be cloned')
    expect(await run(of('double'), 2)).toBe(4)
  })

  it('throws what the reading of a part throws, itself, and goes on with a new thread', async () => {
    const { run } = start()
    const lost = new Error('the database is gone')
    async function* parts() {
      yield 1
      throw lost
    }
    await expect(run(of('sumOf'), 0, parts())).rejects.toBe(lost)
    expect(await run(of('double'), 3)).toBe(6)
  })

  it('ends a thread that gives no sign of life', async () => {
    const { run } = start({ silentSeconds: 0.05 })
    const blocked = run(of('blockUntilWoken'), new SharedArrayBuffer(8))
    await expect(blocked).rejects.toThrow('was silent for 0.05 s')
    await offLoop.stop()
    const { run: runAgain } = start()
    expect(await runAgain(of('double'), 4)).toBe(8)
  })

  it('does its calls in order, and refuses more than may wait', async () => {
    const { run } = start({ mostWaiting: 2 })
    const numbers = new Int32Array(new SharedArrayBuffer(8))
    const blocked = run(of('blockUntilWoken'), numbers.buffer)
    const waiting = [run(of('double'), 1), run(of('double'), 2)]
    await expect(run(of('double'), 3)).rejects.toThrow('3 calls wait already')
    wake(numbers)
    expect(await Promise.all([blocked, ...waiting])).toEqual(['woken', 2, 4])
  })

  it('ends a thread that is idle, and starts another when there is work', async () => {
    const { run } = start({ idleSeconds: 0 })
    const first = await run(of('whichThread'), undefined as never)
    let next = first
    // Each time longer, until the thread has found itself idle.
    for (let wait = 1; next === first; wait *= 2) {
      await new Promise((done) => setTimeout(done, wait))
      next = await run(of('whichThread'), undefined as never)
    }
    expect(next).not.toBe(threadId)
  })

  it('fails what is in hand when the process closes, and takes nothing more', async () => {
    const { run, stop } = start()
    const numbers = new Int32Array(new SharedArrayBuffer(8))
    const ended = expect(run(of('blockUntilWoken'), numbers.buffer)).rejects.toThrow('ended (1)')
    await begun(numbers)
    await stop()
    await ended
    await expect(run(of('double'), 1)).rejects.toThrow('the process is closing')
  })

  it('says which module cannot be loaded', async () => {
    const { run } = start()
    const nowhere = offLoopFunction<Functions, 'double'>(new URL('./nowhere.ts', import.meta.url), 'double')
    await expect(run(nowhere, 1)).rejects.toThrow('nowhere.ts')
  })

  it('gives the thread none of our environment, where secrets may stand', async () => {
    const { run } = start()
    expect(await run(of('environment'), undefined as never)).toEqual([])
  })
})
