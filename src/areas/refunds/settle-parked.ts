import type { Tx } from '../../database/database.ts'
import { parkAlso, unpark } from '../payments/parked-store.ts'
import { creditsOf, writeBackOf } from '../payments/write-back-store.ts'
import { refundsOf } from './store.ts'

/**
 * Takes a payment off the list of parked work, unless something else of it still waits for a person: then that is what
 * stands there now.
 */
export async function settleParked(tx: Tx, paymentId: number, now: Date): Promise<void> {
  await unpark(tx, paymentId)
  const writeBack = await writeBackOf(tx, paymentId)
  if (writeBack?.state === 'parked') {
    const credits = await creditsOf(tx, paymentId)
    const reason = credits.some(({ state }) => state === 'sending') ? 'koha-undecidable' : 'koha-refuses'
    await parkAlso(tx, paymentId, reason, writeBack.lastTrouble ?? 'not registered in Koha', now)
  }
  for (const { parked, parkedDetail, reference } of await refundsOf(tx, paymentId)) {
    if (parked !== null) await parkAlso(tx, paymentId, parked, parkedDetail ?? reference, now)
  }
}
