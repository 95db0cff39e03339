import type { Tx } from '../../database/database.ts'
import { NOBODY } from './retention-plan.ts'

const AT_ONCE = 500

/** Nothing waits for these: neither a person, nor Koha, nor the post, nor money on its way back. */
const AT_REST = `p.parked is null
  and not exists (select 1 from write_back w where w.payment_id = p.id and w.state <> 'done')
  and not exists (select 1 from notice n where n.payment_id = p.id and n.state = 'waiting')
  and not exists (select 1 from refund r where r.payment_id = p.id
    and (r.state in ('proposed', 'approved', 'sending', 'pending') or r.parked is not null or r.koha = 'waiting'))`

/** Removes titles, barcodes, item numbers and addresses of some payments that ended before; answers how many. */
export async function removeTitles(
  tx: Tx,
  { endedBefore, now }: { endedBefore: Date; now: Date },
): Promise<number> {
  const chosen = await tx.query<{ id: number }>(
    `select p.id from payment p where p.settled_at < $1 and p.titles_removed_at is null and ${AT_REST}
      order by p.settled_at limit ${AT_ONCE} for update skip locked`,
    [endedBefore],
  )
  await forgetTitlesOf(tx, chosen, now)
  return chosen.length
}

/** Makes some payments nobody's; with `paid` those that were paid, otherwise those that came to nothing. */
export async function makeNobodys(
  tx: Tx,
  { endedBefore, paid, now }: { endedBefore: Date; paid: boolean; now: Date },
): Promise<number> {
  const states = paid ? ['paid'] : ['declined', 'cancelled', 'expired', 'failed']
  const chosen = await tx.query<{ id: number }>(
    `select p.id from payment p
      where p.settled_at < $1 and p.anonymised_at is null and p.state = any($2) and ${AT_REST}
      order by p.settled_at limit ${AT_ONCE} for update skip locked`,
    [endedBefore, states],
  )
  await forgetTitlesOf(tx, chosen, now)
  const ids = chosen.map(({ id }) => id)
  await tx.query(`update payment set patron_id = $2, anonymised_at = $3 where id = any($1)`, [
    ids,
    NOBODY,
    now,
  ])
  await tx.query(`update write_back set patron_id = $2 where payment_id = any($1)`, [ids, NOBODY])
  return chosen.length
}

async function forgetTitlesOf(tx: Tx, chosen: { id: number }[], now: Date): Promise<void> {
  const ids = chosen.map(({ id }) => id)
  if (ids.length === 0) return
  await tx.query(
    'update payment_line set title = null, barcode = null, item_id = null where payment_id = any($1)',
    [ids],
  )
  await tx.query(
    `update payment set receipt_email = null, checkout_url = null, titles_removed_at = coalesce(titles_removed_at, $2)
      where id = any($1)`,
    [ids, now],
  )
  await tx.query(`update notice set address = '' where payment_id = any($1)`, [ids])
}

/** Empties some webhooks that came before and are done with; that they came stays known. */
export async function emptyWebhooks(
  tx: Tx,
  { cameBefore, now }: { cameBefore: Date; now: Date },
): Promise<number> {
  const emptied = await tx.query(
    `update webhook set body = '', emptied_at = $2
      where id in (select w.id from webhook w where w.received_at < $1 and w.emptied_at is null
                      and not exists (select 1 from webhook_waiting waiting where waiting.webhook_id = w.id)
                    order by w.received_at limit ${AT_ONCE})
     returning id`,
    [cameBefore, now],
  )
  return emptied.length
}
