import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { demoSettings } from '../../sandbox/demo-settings.ts'
import { type Neighbourhood, startNeighbourhood } from '../../sandbox/neighbourhood.ts'
import { productCommand } from '../../sandbox/product-command.ts'

/** The product as a process of its own, with the sandbox around it and an embedded database that really waits for the disk. */
export interface Product extends Neighbourhood {
  process: ChildProcess
  settings: { netsWebhookSecret: string }
  databaseUrl: string
  /** Resident memory of the product's process alone, megabytes. */
  residentMegabytes(): number
  close(): Promise<void>
}

export interface ProductOptions {
  /** A server of the caller's own, instead of an embedded one. */
  databaseUrl?: string
  /** A module that is loaded before the product, and may talk with us. */
  before?: URL
  /** What was built, instead of the sources. */
  built?: URL
}

export async function startProduct(
  change?: (settings: ReturnType<typeof demoSettings>) => object,
  { databaseUrl, before, built }: ProductOptions = {},
): Promise<Product> {
  const folder = mkdtempSync(join(tmpdir(), 'kvitt-bench-'))
  const tables = mkdtempSync(join(tmpdir(), 'kvitt-bench-tables-'))
  const neighbourhood = await startNeighbourhood({
    firstPort: 0,
    database: databaseUrl === undefined ? { folder: tables } : { url: databaseUrl },
  })
  let netsWebhookSecret = ''
  const file = neighbourhood.writeSettings(folder, (settings) => {
    netsWebhookSecret = settings.providers['nets-easy'].webhookSecret
    const quiet = {
      ...settings,
      service: { ...settings.service, logLevel: 'warn', requestsPerMinute: 10_000_000 },
    }
    return change ? change(quiet as typeof settings) : quiet
  })
  const { program, parameters, environment } = productCommand(file, built)
  const product = spawn(program, before ? ['--import', before.href, ...parameters] : parameters, {
    stdio: before ? ['ignore', 'ignore', 'inherit', 'ipc'] : ['ignore', 'ignore', 'inherit'],
    env: environment,
  })
  await untilReady(neighbourhood.baseUrl, product)
  const socket = encodeURIComponent(tables)
  return {
    ...neighbourhood,
    process: product,
    settings: { netsWebhookSecret },
    databaseUrl: databaseUrl ?? `postgres://postgres@localhost/postgres?host=${socket}`,
    residentMegabytes: () => {
      const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${product.pid}/status`, 'utf8'))?.[1]
      return Number(kilobytes) / 1024
    },
    close: async () => {
      const gone = new Promise((done) => product.once('exit', done))
      product.kill('SIGTERM')
      await gone
      await neighbourhood.stop()
      for (const place of [folder, tables]) rmSync(place, { recursive: true, force: true })
    },
  }
}

async function untilReady(baseUrl: string, product: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (product.exitCode !== null) throw new Error('Kvitt stopped before it was ready')
    const ready = await fetch(`${baseUrl}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (ready) return
    await new Promise((later) => setTimeout(later, 50))
  }
  throw new Error('Kvitt did not become ready')
}
