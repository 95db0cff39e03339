import { endSessions } from '../../areas/people/end-sessions.ts'
import { personIn } from '../../areas/people/person-key.ts'
import { createLog } from '../../base/log.ts'
import { systemClock } from '../../work/context.ts'
import { configurationOrExit } from './configuration.ts'
import { withDatabase } from './with-database.ts'

export interface EndOptions {
  person?: string
  everybody?: boolean
  reason: string
}

/**
 * `kvitt sessions end --person ID --reason TEXT`, or `--everybody`: for when nobody can get at the pages. At once, at every
 * instance; told in the audit trail. Ends with 2 when it is not clear whose.
 */
export async function sessionsEnd(file: string, { person, everybody, reason }: EndOptions): Promise<void> {
  const one = person === undefined ? undefined : personIn(person)
  if ((one === undefined) === !everybody || reason.trim() === '') {
    console.error('Say whose: --person and an identity, or --everybody; and why: --reason')
    process.exitCode = 2
    return
  }
  const config = configurationOrExit(file)
  await withDatabase(config, async (db) => {
    const uses = { db, clock: systemClock, log: createLog(config.service.logLevel) }
    const actor = { who: 'command line', role: 'system' as const, address: null, request: null }
    const ended = await endSessions(uses, { whose: one ?? 'everybody', reason: reason.trim(), actor })
    console.log(`✓ ${ended} sessions ended`)
  })
}
