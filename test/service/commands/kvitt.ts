import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../../src/main.ts', import.meta.url))

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

export interface Kvitt {
  process: ChildProcess
  ended: Promise<Ended>
}

/** Runs `kvitt …` as an operator would, in a process of its own. */
export function startKvitt(parameters: string[], environment: Record<string, string> = {}): Kvitt {
  const child = spawn(process.execPath, [main, ...parameters], {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const heard = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    heard.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    heard.stderr += text
  })
  const ended = new Promise<Ended>((done) => child.once('close', (code) => done({ code, ...heard })))
  return { process: child, ended }
}

/** Runs it to its end. */
export function kvitt(parameters: string[], environment?: Record<string, string>): Promise<Ended> {
  return startKvitt(parameters, environment).ended
}
