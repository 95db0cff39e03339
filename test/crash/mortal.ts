import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { productCommand } from '../../sandbox/product-command.ts'
import type { Order } from './mortal-process.ts'
import type { Point } from './where.ts'

/** One process of the product that can be told where to die or to stop. */
export interface Mortal {
  port: number
  /** Says what it is to do at its points, and resolves when it has heard. */
  order(order: Order): Promise<void>
  /** Whether it has come to the point that it was told of. */
  isGone(): boolean
  /** Lets a stopped one go on, and resolves when it has done nothing more for a while. */
  letGo(): Promise<void>
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
}

const preload = new URL('./mortal-process.ts', import.meta.url).href
/** A flow passes a point every few milliseconds. */
const QUIET_MS = 700

/** Starts a process with its settings; resolves when it is ready. `told` gets the points it tells of. */
export async function startMortal(
  file: string,
  port: number,
  cache: string,
  told: (point: Point) => void,
): Promise<Mortal> {
  const { program, parameters } = productCommand(file)
  const child = spawn(program, ['--import', preload, ...parameters], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, NODE_COMPILE_CACHE: cache },
  })
  let lastTold = 0
  child.on('message', (message: Point | 'heard') => {
    lastTold = performance.now()
    if (message !== 'heard') told(message)
  })
  const order = (what: Order) =>
    new Promise<void>((heard) => {
      const listen = (message: unknown) => {
        if (message !== 'heard') return
        child.off('message', listen)
        heard()
      }
      child.on('message', listen)
      child.send(what)
    })
  await untilReady(port, child)
  return {
    port,
    order,
    isGone: () => child.signalCode === 'SIGKILL' || stateOf(child) === 'T',
    letGo: async () => {
      const heard = order({ tell: true, goneAt: null, signal: 'SIGSTOP' })
      child.kill('SIGCONT')
      await heard
      while (performance.now() - lastTold < QUIET_MS) await new Promise((later) => setTimeout(later, 50))
    },
    end: async (signal) => {
      if (!isRunning(child)) return
      const gone = new Promise((done) => child.once('exit', done))
      child.kill(signal)
      await gone
    },
  }
}

function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null
}

/** The letter in /proc/ID/stat behind the name: T is stopped. */
function stateOf({ pid }: ChildProcess): string | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2)[0]
  } catch {
    return undefined
  }
}

async function untilReady(port: number, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 1200; tries += 1) {
    if (!isRunning(child)) throw new Error('Kvitt stopped before it was ready')
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (ready) return
    await new Promise((later) => setTimeout(later, 50))
  }
  throw new Error('Kvitt did not become ready')
}
