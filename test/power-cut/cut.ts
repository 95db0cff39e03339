import { spawn } from 'node:child_process'
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { type Neighbourhood, startNeighbourhood } from '../../sandbox/neighbourhood.ts'
import { productCommand } from '../../sandbox/product-command.ts'
import { connect } from '../../src/database/database.ts'
import { startEmbedded } from '../../src/database/embedded/embedded.ts'
import { databaseProcesses, freeze, kill, untilGone } from '../support/database-processes.ts'
import { type Acknowledged, acknowledged, forgotten } from './acknowledged.ts'
import { keepBusy } from './busy.ts'
import type { LoopDisk } from './loop-disk.ts'

const PATIENCE_MS = 30_000

export interface Cut {
  told: Acknowledged
  lost: Acknowledged
  /** Why the database would not even start, in its own words. */
  broken: string | null
}

/**
 * Runs the product with its embedded database on a disk of its own and keeps it busy; then all its processes stop at
 * once, the disk is copied as it is, and PostgreSQL starts on the copy. Answers what the world had been told and what the
 * copy does not know. `settings` are lines for postgresql.conf; the cut comes in the moment in which that many letters
 * have gone out.
 */
export async function cutPower(
  base: LoopDisk,
  folder: string,
  settings: string[],
  letters: number,
): Promise<Cut> {
  const disk = base.snapshot('running')
  disk.mount()
  const tables = join(disk.place, 'tables')
  const data = join(tables, 'data')
  writeSettings(join(data, 'postgresql.conf'), settings)
  const neighbourhood = await startNeighbourhood({ firstPort: 0, database: { folder: tables } })
  let secret = ''
  const file = neighbourhood.writeSettings(join(folder, 'settings'), (demo) => {
    secret = demo.providers['nets-easy'].webhookSecret
    return {
      ...demo,
      service: { ...demo.service, logLevel: 'fatal', requestsPerMinute: 10_000_000 },
      debts: { ...demo.debts, minimum: '1' },
    }
  })
  const { program, parameters } = productCommand(file)
  const product = spawn(program, parameters, { stdio: ['ignore', 'ignore', 'inherit'] })
  await untilReady(neighbourhood.baseUrl)
  const busy = await keepBusy(neighbourhood, secret)
  for (let sent = 0; sent < letters; sent += 1) await nextLetter(neighbourhood, sent)

  const all = [product.pid ?? 0, ...databaseProcesses(data)]
  freeze(all)
  // What has reached us until now; an answer that is still on its way has been promised too, but nobody has seen it.
  const told = acknowledged(neighbourhood, [...busy.flood])
  const copy = disk.snapshot('after')
  busy.stop()
  kill(all)
  await untilGone(all)
  await neighbourhood.stop()
  disk.remove()

  copy.mount()
  try {
    return await lookInto(join(copy.place, 'tables'), told)
  } finally {
    copy.remove()
  }
}

async function nextLetter({ mailbox }: Neighbourhood, known: number): Promise<void> {
  await mailbox.inbox.waitFor(() => mailbox.inbox.messages().length > known, PATIENCE_MS)
}

/** Onto the disk itself: PostgreSQL reads them on the copy too. */
function writeSettings(file: string, settings: string[]): void {
  const open = openSync(file, 'a')
  writeSync(open, `\n${settings.join('\n')}\n`)
  fsyncSync(open)
  closeSync(open)
}

/** Starts PostgreSQL on what is left, which plays its log back, and asks it. What does not start any more has lost all. */
async function lookInto(tables: string, told: Acknowledged): Promise<Cut> {
  const server = await startEmbedded(tables).catch((error: Error) => error)
  if (server instanceof Error) return { told, lost: told, broken: server.message }
  const db = connect({ url: server.url, connections: 2, as: 'owner', onIdleError: () => {} })
  try {
    return { told, lost: await forgotten(db, told), broken: null }
  } finally {
    await db.close()
    await server.stop()
  }
}

async function untilReady(baseUrl: string): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    const ready = await fetch(`${baseUrl}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (ready) return
    await new Promise((later) => setTimeout(later, 50))
  }
  throw new Error('Kvitt did not become ready')
}
