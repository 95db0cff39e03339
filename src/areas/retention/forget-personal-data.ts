import type { Forgetting } from '../../area.ts'
import type { Actor } from '../../base/actor.ts'
import type { Tx } from '../../database/database.ts'
import type { Uses } from '../../work/context.ts'
import { recordAudit } from '../audit/audit-store.ts'
import { emptyWebhooks, lockEndedPayments, type StillHeld } from '../payments/forget-store.ts'
import { cutoffsAt } from './retention-plan.ts'

/** How many of each were dealt with. */
export interface Forgotten {
  abandoned: number
  titles: number
  paid: number
  webhooks: number
}

type ForgetUses = Uses<'db' | 'clock' | 'config' | 'log'>

const AT_ONCE = 500
/** Enough for any library in one night; what is left is taken the next. */
const MOST_ROUNDS = 200

/**
 * Removes what no reason to keep is left for, by the settings: titles and addresses of old payments, whose payments
 * were, what payment companies sent. Sums, debt types, references and the journal stay: the books remain whole. Each area
 * removes its own, and keeps what it is not done with. Returns how many of each.
 */
export async function forgetPersonalData(
  uses: ForgetUses,
  areas: readonly Forgetting[],
  actor: Actor,
): Promise<Forgotten> {
  const { db, clock, config, log } = uses
  const now = clock.now()
  const cutoffs = cutoffsAt(now, config.retention)
  const forgotten: Forgotten = {
    abandoned: await forgetPayments(uses, areas, 'patron-of-abandoned', cutoffs.abandoned),
    paid: await forgetPayments(uses, areas, 'patron-of-paid', cutoffs.paid),
    titles: await forgetPayments(uses, areas, 'titles', cutoffs.titles),
    webhooks: await forgetWebhooks(uses, cutoffs.webhooks),
  }
  if (Object.values(forgotten).some((count) => count > 0)) {
    const entry = { actor, act: 'data-anonymised', subject: 'payments', after: { ...forgotten } }
    await db.transaction((tx) => recordAudit(tx, now, entry))
    log.info({ event: 'personal-data.removed', forgotten }, 'personal data removed')
  }
  return forgotten
}

async function forgetPayments(
  { db, clock }: ForgetUses,
  areas: readonly Forgetting[],
  held: StillHeld,
  endedBefore: Date,
): Promise<number> {
  let [total, after] = [0, 0]
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const locked = await db.transaction(async (tx) => {
      const ended = await lockEndedPayments(tx, { held, endedBefore, after, limit: AT_ONCE })
      const finished = await withoutUnfinished(tx, areas, ended)
      for (const { removeTitles } of areas) await removeTitles?.(tx, finished, clock.now())
      if (held !== 'titles') for (const { anonymise } of areas) await anonymise?.(tx, finished, clock.now())
      total += finished.length
      return ended
    })
    if (locked.length < AT_ONCE) break
    after = locked.at(-1) ?? after
  }
  return total
}

async function withoutUnfinished(
  tx: Tx,
  areas: readonly Forgetting[],
  payments: number[],
): Promise<number[]> {
  const unfinished = new Set<number>()
  for (const area of areas) for (const id of (await area.unfinished?.(tx, payments)) ?? []) unfinished.add(id)
  return payments.filter((id) => !unfinished.has(id))
}

async function forgetWebhooks({ db, clock }: ForgetUses, cameBefore: Date): Promise<number> {
  let total = 0
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const emptied = await db.transaction((tx) => emptyWebhooks(tx, cameBefore, clock.now()))
    if (emptied === 0) break
    total += emptied
  }
  return total
}
