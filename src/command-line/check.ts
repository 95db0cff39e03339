import { stringify } from 'yaml'
import type { Config } from '../config.ts'
import { systemClock } from '../context.ts'
import { openDatabase } from '../database/open.ts'
import { taskNames } from '../jobs/tasks.ts'
import { createLog } from '../log.ts'
import { maskedSettings } from '../masked-settings.ts'
import type { Answer, Reachable } from '../outside/ports.ts'
import { wire } from '../wiring.ts'
import { configurationOrExit } from './configuration.ts'

interface Finding {
  what: string
  ok: boolean
  words: string
}

/**
 * `kvitt check`: reads the configuration, tries every neighbour with one harmless call, and says in plain words what it
 * found. Ends with 1 when something is wrong.
 */
export async function check(file: string, show: boolean): Promise<void> {
  const config = configurationOrExit(file)
  if (show) console.log(stringify(maskedSettings(config)))
  const findings = [
    { what: 'configuration', ok: true, words: `${file} is complete, ${config.coding.length} coding rules` },
    ...(await tryAll(config)),
  ]
  const width = Math.max(...findings.map(({ what }) => what.length))
  for (const { what, ok, words } of findings) console.log(`${ok ? '✓' : '✗'} ${what.padEnd(width)}  ${words}`)
  const wrong = findings.filter(({ ok }) => !ok).length
  console.log(wrong === 0 ? '\nAll is well.' : `\n${wrong} of ${findings.length} need attention.`)
  if (wrong > 0) process.exitCode = 1
}

async function tryAll(config: Config): Promise<Finding[]> {
  const database = await openDatabase(config.database, {
    folder: config.folder,
    queues: taskNames,
    onIdleError: () => {},
  }).catch((error: Error) => error)
  if (database instanceof Error) return [{ what: 'database', ok: false, words: database.message }]
  try {
    const { context, identityProvider } = wire(config, database.db, createLog('fatal'), systemClock)
    const neighbours: [string, Reachable][] = [
      ['Koha', context.koha],
      ['identity provider', identityProvider],
      ...context.providers.all.map((provider): [string, Reachable] => [provider.title, provider]),
      ['mail', context.mailer],
    ]
    const findings = await Promise.all(
      neighbours.map(async ([what, neighbour]) => finding(what, await neighbour.tryOut())),
    )
    return [
      {
        what: 'database',
        ok: true,
        words: config.database.url ? 'reached, tables up to date' : 'embedded, tables up to date',
      },
      ...findings,
    ]
  } finally {
    await database.close()
  }
}

function finding(what: string, answer: Answer<string>): Finding {
  return answer.ok
    ? { what, ok: true, words: answer.value }
    : { what, ok: false, words: answer.trouble.message }
}
