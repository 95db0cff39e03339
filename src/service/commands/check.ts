import { stringify } from 'yaml'
import { areas } from '../../areas.ts'
import type { Answer } from '../../base/answer.ts'
import { createLog } from '../../base/log.ts'
import type { Config } from '../../config/load.ts'
import { maskedSettings } from '../../config/masked-settings.ts'
import { connect } from '../../database/database.ts'
import { tryDatabase } from '../../database/try-out.ts'
import { systemClock } from '../../work/context.ts'
import { wire } from '../wiring.ts'
import { configurationOrExit } from './configuration.ts'

interface Finding {
  what: string
  ok: boolean
  words: string
}

/**
 * `kvitt check`: reads the configuration, tries the database and every neighbour with one harmless call each, and says in
 * plain words what it found. Changes nothing, and may be run beside a running service. Ends with 1 when something is wrong.
 */
export async function check(file: string, show: boolean): Promise<void> {
  const config = configurationOrExit(file)
  if (show) console.log(stringify(maskedSettings(config)))
  const findings = [
    { what: 'configuration', ok: true, words: `${file} is complete, ${config.coding.length} coding rules` },
    ...(await Promise.all(triesOf(config).map(tryOne))),
  ]
  const width = Math.max(...findings.map(({ what }) => what.length))
  for (const { what, ok, words } of findings) console.log(`${ok ? '✓' : '✗'} ${what.padEnd(width)}  ${words}`)
  const wrong = findings.filter(({ ok }) => !ok).length
  console.log(wrong === 0 ? '\nAll is well.' : `\n${wrong} of ${findings.length} need attention.`)
  if (wrong > 0) process.exitCode = 1
}

type Try = [what: string, tryOut: () => Promise<Answer<string>>]

function triesOf(config: Config): Try[] {
  // What is wired wants a database; nobody who is tried here uses it, so it never connects.
  const unused = connect({ url: '', connections: 1, as: 'service' })
  const { context, identityProvider } = wire(config, unused, createLog('silent'), systemClock)
  return [
    ['database', () => tryDatabase(config.database, config.folder)],
    ...areas
      .flatMap(({ neighbours }) => neighbours?.({ context, identityProvider }) ?? [])
      .map(({ title, tryOut }): Try => [title, tryOut]),
  ]
}

async function tryOne([what, tryOut]: Try): Promise<Finding> {
  const answer = await tryOut()
  return answer.ok
    ? { what, ok: true, words: answer.value }
    : { what, ok: false, words: answer.trouble.message }
}
