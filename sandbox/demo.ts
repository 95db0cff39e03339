import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { welcome } from './demo-welcome.ts'
import { type Neighbourhood, startNeighbourhood } from './neighbourhood.ts'
import { productCommand } from './product-command.ts'
import { makeDatabaseFolder } from './temporary-folder.ts'

/**
 * `npm run demo`: the product, as it is, with neighbours on this machine in its configuration. Everything lives in a
 * temporary folder and goes with Ctrl-C.
 */
const FIRST_PORT = 4000
const PATIENCE_SECONDS = 60

async function demo(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'kvitt-demo-'))
  // Not below the settings: run by root, the database runs as another user, who may not look into their folder.
  const tables = makeDatabaseFolder('kvitt-demo-tables-')
  const neighbourhood = await startNeighbourhood({ firstPort: FIRST_PORT, database: { folder: tables } })
  const product = startProduct(neighbourhood.writeSettings(folder))

  const end = async (exitCode: number) => {
    await stopProduct(product.process)
    await neighbourhood.stop()
    for (const place of [folder, tables]) rmSync(place, { recursive: true, force: true })
    process.exit(exitCode)
  }
  let ending = false
  const endOnce = (exitCode: number) => {
    if (ending) return
    ending = true
    void end(exitCode)
  }
  process.on('SIGINT', () => endOnce(0))
  process.on('SIGTERM', () => endOnce(0))
  process.on('SIGHUP', () => endOnce(0))
  // Not its exit: its last words may come after that.
  product.process.once('close', () => {
    if (!ending) process.stderr.write(`Kvitt stopped by itself. Its last words:\n${product.lastWords()}\n`)
    endOnce(1)
  })
  await untilReady(neighbourhood)
  if (!ending) process.stdout.write(welcome(neighbourhood))
}

interface Product {
  process: ChildProcess
  lastWords(): string
}

function startProduct(settings: string): Product {
  const { program, parameters, environment } = productCommand(settings)
  // A group of its own: Ctrl-C reaches us, and we tell it to finish.
  const child = spawn(program, parameters, {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: environment,
  })
  const words: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      words.push(text)
      if (words.length > 30) words.shift()
    })
  }
  return { process: child, lastWords: () => words.join('') }
}

async function untilReady({ baseUrl }: Neighbourhood): Promise<void> {
  for (const start = Date.now(); Date.now() - start < PATIENCE_SECONDS * 1000; ) {
    const ready = await fetch(`${baseUrl}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (ready) return
    await new Promise((later) => setTimeout(later, 50))
  }
  process.stderr.write('Kvitt did not become ready.\n')
  process.kill(process.pid, 'SIGTERM')
}

async function stopProduct(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((done) => child.once('exit', done))
  child.kill('SIGTERM')
  await gone
}

await demo()
