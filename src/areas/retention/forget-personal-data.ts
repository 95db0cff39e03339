import type { Actor } from '../../base/actor.ts'
import type { Tx } from '../../database/database.ts'
import type { Uses } from '../../work/context.ts'
import { recordAudit } from '../audit/audit-store.ts'
import { cutoffsAt } from './retention-plan.ts'
import { emptyWebhooks, makeNobodys, removeTitles } from './retention-store.ts'

/** How many of each were dealt with. */
export interface Forgotten {
  abandoned: number
  titles: number
  paid: number
  webhooks: number
}

/** Enough for any library in one night; what is left is taken the next. */
const MOST_ROUNDS = 200

/**
 * Removes what no reason to keep is left for, by the settings: titles and addresses of old payments, whose payments
 * were, what payment companies sent. Sums, debt types, references and the journal stay: the books remain whole.
 */
export async function forgetPersonalData(
  { db, clock, config, log }: Uses<'db' | 'clock' | 'config' | 'log'>,
  actor: Actor,
): Promise<Forgotten> {
  const now = clock.now()
  const cutoffs = cutoffsAt(now, config.retention)
  const all = async (work: (tx: Tx) => Promise<number>): Promise<number> => {
    let total = 0
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const done = await db.transaction(work)
      total += done
      if (done === 0) break
    }
    return total
  }
  const forgotten: Forgotten = {
    abandoned: await all((tx) => makeNobodys(tx, { endedBefore: cutoffs.abandoned, paid: false, now })),
    paid: await all((tx) => makeNobodys(tx, { endedBefore: cutoffs.paid, paid: true, now })),
    titles: await all((tx) => removeTitles(tx, { endedBefore: cutoffs.titles, now })),
    webhooks: await all((tx) => emptyWebhooks(tx, { cameBefore: cutoffs.webhooks, now })),
  }
  if (Object.values(forgotten).some((count) => count > 0)) {
    const entry = { actor, act: 'data-anonymised', subject: 'payments', after: { ...forgotten } } as const
    await db.transaction((tx) => recordAudit(tx, now, entry))
    log.info({ forgotten }, 'personal data removed')
  }
  return forgotten
}
