import { existsSync, readdirSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'
import type { Answer } from '../base/answer.ts'
import { connect, type Database, SERVICE_ROLE } from './database.ts'
import { durabilityOf } from './durability.ts'
import { startEmbedded } from './embedded/embedded.ts'
import { MIGRATIONS } from './migrate.ts'
import type { DatabaseSettings } from './open.ts'

/** PostgreSQL 15: what we have tried. */
const OLDEST = 150_000

/**
 * Looks at the database without changing anything in it: can both logins come in, is it new enough, does it keep
 * what it is told, and are the tables of this version. An embedded database that has never been started is not made for
 * this.
 */
export async function tryDatabase(settings: DatabaseSettings, folder: string): Promise<Answer<string>> {
  if (settings.url) return tryServer(settings.url, settings.ownerUrl ?? settings.url)
  const place = isAbsolute(settings.folder) ? settings.folder : resolve(folder, settings.folder)
  if (!existsSync(join(place, 'data', 'PG_VERSION')))
    return { ok: true, value: `embedded; the first start makes it in ${place}` }
  const embedded = await startEmbedded(place).catch((error: Error) => error)
  if (embedded instanceof Error) return trouble(embedded)
  try {
    const answer = await tryServer(embedded.url, embedded.url)
    return answer.ok ? { ok: true, value: `embedded; ${answer.value}` } : answer
  } finally {
    await embedded.stop()
  }
}

async function tryServer(url: string, ownerUrl: string): Promise<Answer<string>> {
  const owner = connect({ url: ownerUrl, connections: 1, as: 'owner' })
  const login = connect({ url, connections: 1, as: 'owner' })
  try {
    const version = await versionOf(owner)
    if (version.number < OLDEST) return refused(`is PostgreSQL ${version.text}; Kvitt needs 15 or later`)
    const waiting = await migrationsToCome(owner)
    const [role] = await login.query<{ may: boolean }>(
      `select coalesce((select pg_has_role(current_user, oid, 'member') from pg_roles where rolname = $1), $2) as may`,
      // The first start makes the role.
      [SERVICE_ROLE, waiting.length > 0],
    )
    if (!role?.may)
      return refused(`the login of database.url is no member of ${SERVICE_ROLE}: grant ${SERVICE_ROLE} to it`)
    const { loses, tears } = await durabilityOf(owner)
    if (loses) return refused(loses)
    const tables =
      waiting.length === 0 ? 'tables up to date' : `${waiting.length} migrations run at the next start`
    return { ok: true, value: `PostgreSQL ${version.text}, ${tables}${tears ? `; ${tears}` : ''}` }
  } catch (error) {
    return trouble(error as Error)
  } finally {
    await owner.close()
    await login.close()
  }
}

async function versionOf(db: Database): Promise<{ number: number; text: string }> {
  const [row] = await db.query<{ number: number; text: string }>(
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as text`,
  )
  return row ?? { number: 0, text: 'unknown' }
}

async function migrationsToCome(db: Database): Promise<string[]> {
  const names = readdirSync(MIGRATIONS).map((file) => file.replace(/[.]sql$/, ''))
  const [table] = await db.query<{ there: boolean }>(`select to_regclass('migration') is not null as there`)
  const done = table?.there ? await db.query<{ name: string }>('select name from migration') : []
  return names.filter((name) => !done.some((one) => one.name === name))
}

function refused(message: string): Answer<string> {
  return { ok: false, trouble: { kind: 'refused', message } }
}

/** What PostgreSQL or the line to it says holds no secret, but an address may: only its first line, and no address. */
function trouble(error: Error & { code?: string }): Answer<string> {
  const [words = ''] = (error.message || error.code || 'cannot be reached').split('\n')
  return {
    ok: false,
    trouble: { kind: 'unreachable', message: words.replace(/postgres(?:ql)?:\S+/g, '•••') },
  }
}
