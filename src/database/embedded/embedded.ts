import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { dataFolderOf, stopIfUnused } from './adopted-server.ts'
import { EmbeddedServerError } from './embedded-error.ts'
import { runnablePrograms } from './programs.ts'
import { makeServerFolder, troubleWithFolder } from './server-folder.ts'
import { type ServerUser, serverUser } from './server-user.ts'
import { removeStaleLocks } from './stale-locks.ts'

/**
 * Real PostgreSQL from npm, run as a child in a data folder: the store when no DATABASE_URL is given.
 * It listens on a socket inside the folder only, never on the network.
 */
export interface EmbeddedServer {
  url: string
  stop(): Promise<void>
}

/** What starting and making the data have in common. */
interface Place {
  /** With the socket, and the data below it. */
  folder: string
  data: string
  url: string
  /** The folder of PostgreSQL's programs. */
  programs: string
  user: ServerUser | undefined
}

/** A unix socket's path may hold 107 bytes; PostgreSQL adds `/.s.PGSQL.5432`. */
const LONGEST_SOCKET_FOLDER = 107 - '/.s.PGSQL.5432'.length

/**
 * Starts PostgreSQL in the folder, making it first if need be. Adopts a server of the same folder that outlived us.
 * Throws an EmbeddedServerError when it cannot run there.
 */
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
  const user = serverUser(data)
  const url = urlOf(place)
  if (existsSync(join(data, 'postmaster.pid')) && (await dataFolderOf(url)) === data)
    return { url, stop: () => stopIfUnused(url, data) }

  const server: Place = { folder: place, data, url, programs: runnablePrograms(user), user }
  makeServerFolder(place, user)
  if (!existsSync(join(data, 'PG_VERSION'))) initialise(server)
  removeStaleLocks(place, data)
  return { url, ...(await run(server, settings)) }
}

/** Port and encryption are named, or PGPORT and PGSSLMODE of the machine would decide them. */
function urlOf(place: string): string {
  return `postgres://postgres@localhost:5432/postgres?host=${encodeURIComponent(place)}&sslmode=disable`
}

/** Nobody promises that the server's user may enter the folder that we were started in. */
function environmentOf(user: ServerUser | undefined) {
  return { ...user, cwd: '/', env: { PATH: process.env.PATH, LC_ALL: 'C' } }
}

function initialise({ programs, data, user }: Place): void {
  const made = spawnSync(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--data-checksums'],
    { ...environmentOf(user), encoding: 'utf8' },
  )
  if (made.status !== 0) throw troubleWithFolder(data, user, made.stderr || (made.error?.message ?? ''))
}

async function run(
  { programs, folder, data, url, user }: Place,
  settings: Record<string, string>,
): Promise<{ stop(): Promise<void> }> {
  const chosen = {
    listen_addresses: '',
    // A list, in which quotes keep a comma in a name from dividing it.
    unix_socket_directories: `"${folder.replaceAll('"', '""')}"`,
    max_connections: '100',
    ...settings,
  }
  const flags = Object.entries(chosen).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  // Its own process group: Ctrl-C in a terminal must reach us first, so that we can finish before the database goes.
  const server = spawn(join(programs, 'postgres'), ['-D', data, ...flags], {
    ...environmentOf(user),
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const lastWords: string[] = []
  server.once('error', ({ message }) => lastWords.push(message))
  server.stderr.setEncoding('utf8').on('data', (text: string) => {
    lastWords.push(text)
    if (lastWords.length > 20) lastWords.shift()
  })
  // The last of its words may come after its exit.
  const ended = new Promise<void>((done) => server.once('close', () => done()))
  if (!(await becomesReady(server, url))) {
    server.kill('SIGINT')
    await ended
    throw troubleWithFolder(data, user, lastWords.join(''))
  }
  return { stop: () => stopChild(server) }
}

/** True when it answers; false when it has ended, or does not answer for a quarter of a minute. */
async function becomesReady(server: ChildProcess, url: string): Promise<boolean> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (server.pid === undefined || server.exitCode !== null || server.signalCode !== null) return false
    if (await dataFolderOf(url)) return true
    await new Promise((later) => setTimeout(later, 25))
  }
  return false
}

/** SIGINT is PostgreSQL's fast shutdown: open transactions are rolled back, everything committed is on disk. */
async function stopChild(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return
  const gone = new Promise((done) => server.once('exit', done))
  server.kill('SIGINT')
  await gone
}
