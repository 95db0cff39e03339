import { threadId } from 'node:worker_threads'

/** What the tests have run in another thread. */

export async function double(number: number): Promise<number> {
  return number * 2
}

export async function sumOf(start: number, parts: AsyncIterable<number>): Promise<number> {
  let sum = start
  for await (const part of parts) sum += part
  return sum
}

export async function firstOf(_: null, parts: AsyncIterable<string>): Promise<string | undefined> {
  for await (const part of parts) return part
  return undefined
}

export async function refuse(words: string): Promise<never> {
  throw new RangeError(words)
}

export async function giveFunction(): Promise<unknown> {
  return () => {}
}

export async function whichThread(): Promise<number> {
  return threadId
}

export async function environment(): Promise<string[]> {
  return Object.keys(process.env)
}

/** Blocks its thread, after saying so in the second shared number, until somebody writes into the first. */
export async function blockUntilWoken(shared: SharedArrayBuffer): Promise<string> {
  const numbers = new Int32Array(shared)
  Atomics.store(numbers, 1, 1)
  Atomics.notify(numbers, 1)
  Atomics.wait(numbers, 0, 0)
  return 'woken'
}
