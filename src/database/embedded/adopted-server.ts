import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'

/**
 * Returns the data folder of the server that answers at the address; undefined when none does. A process id in a file
 * proves nothing (ids are reused): only a server that answers and names its folder is known to be that folder's.
 */
export async function dataFolderOf(url: string): Promise<string | undefined> {
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

/**
 * Stops a server that we did not start, unless others use it: `kvitt check` and `kvitt job` beside a running service
 * adopt its server, and who leaves must not stop it for the others.
 */
export async function stopIfUnused(url: string, data: string): Promise<void> {
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
