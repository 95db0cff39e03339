import { type Ore, ore, sum } from '../../base/money.ts'
import { claimDue, type DueWork } from '../../database/claim-due.ts'
import type { Sql, Tx } from '../../database/database.ts'
import { asPayment, PAYMENT, type Payment } from './store.ts'

/** `by-hand`: a person has seen to it in Koha; who and why is among the payment's events. */
export type WriteBackState = 'waiting' | 'done' | 'parked' | 'by-hand'

/** What remains to be done, or has been done, to have a paid payment registered in Koha. */
export interface WriteBack {
  paymentId: number
  patronId: number
  state: WriteBackState
  tries: number
  lastTrouble: string | null
  surplus: Ore
  createdAt: Date
  doneAt: Date | null
}

/** A credit that we have begun to send. `sending` from before the request leaves us until its outcome is known. */
export interface KohaCredit {
  id: number
  reference: string
  amount: Ore
  debits: { id: number; amount: Ore }[]
  libraryId: string
  state: 'sending' | 'booked' | 'not-booked'
  sentAt: Date
  kohaId: number | null
  bookedAt: Date | null
}

export async function insertWriteBack(tx: Tx, paymentId: number, patronId: number, now: Date): Promise<void> {
  await tx.query(
    `insert into write_back (payment_id, patron_id, state, next_try_at, created_at) values ($1, $2, 'waiting', $3, $3)`,
    [paymentId, patronId, now],
  )
}

interface WriteBackRow {
  payment_id: number
  patron_id: number
  state: WriteBackState
  tries: number
  last_trouble: string | null
  surplus: number
  created_at: Date
  done_at: Date | null
}

/** Undefined for a payment that has not been paid. */
export async function writeBackOf(sql: Sql, paymentId: number): Promise<WriteBack | undefined> {
  const [row] = await sql.query<WriteBackRow>(
    `select payment_id, patron_id, state, tries, last_trouble, surplus, created_at, done_at
     from write_back where payment_id = $1`,
    [paymentId],
  )
  return (
    row && {
      paymentId: row.payment_id,
      patronId: row.patron_id,
      state: row.state,
      tries: row.tries,
      lastTrouble: row.last_trouble,
      surplus: ore(row.surplus),
      createdAt: row.created_at,
      doneAt: row.done_at,
    }
  )
}

/**
 * Claims the oldest due write-back of each of some patrons, for `leaseSeconds`, and returns their payments: a patron's
 * payments go to Koha in the order in which they were paid, and one that we die with becomes due again by itself.
 */
export async function claimDueWriteBacks(
  sql: Sql,
  now: Date,
  leaseSeconds: number,
  limit: number,
): Promise<Payment[]> {
  const rows = await claimDue<Parameters<typeof asPayment>[0]>(sql, dueInKoha, now, leaseSeconds, limit)
  return rows.map(asPayment)
}

const dueInKoha: DueWork = {
  table: 'write_back',
  key: 'payment_id',
  dueAt: 'next_try_at',
  waiting: `state = 'waiting' and not exists (
    select 1 from write_back earlier where earlier.patron_id = write_back.patron_id
      and earlier.state = 'waiting' and earlier.payment_id < write_back.payment_id)`,
  joined: { table: 'payment', on: 'payment.id = write_back.payment_id' },
  tells: PAYMENT,
}

/** The credits of a payment, in the order in which they were sent. */
export async function creditsOf(sql: Sql, paymentId: number): Promise<KohaCredit[]> {
  const rows = await sql.query<{
    id: number
    reference: string
    amount: number
    debit_ids: string[]
    amounts: string[]
    library_id: string
    state: KohaCredit['state']
    sent_at: Date
    koha_id: number | null
    booked_at: Date | null
  }>(
    `select id, reference, amount, debit_ids, amounts, library_id, state, sent_at, koha_id, booked_at
     from koha_credit where payment_id = $1 order by id`,
    [paymentId],
  )
  return rows.map((row) => ({
    id: row.id,
    reference: row.reference,
    amount: ore(row.amount),
    debits: row.debit_ids.map((id, index) => ({ id: Number(id), amount: ore(Number(row.amounts[index])) })),
    libraryId: row.library_id,
    state: row.state,
    sentAt: row.sent_at,
    kohaId: row.koha_id,
    bookedAt: row.booked_at,
  }))
}

/**
 * Returns whether a payment's write-back still waits and these are still its credits, so that nobody has finished it: a
 * process that was stopped for long sees debts that another has credited meanwhile as gone, and would take what was paid
 * for them for a surplus. Read under the payment's lock.
 */
export async function waitsWithCredits(tx: Tx, paymentId: number, credits: number[]): Promise<boolean> {
  const [row] = await tx.query<{ stands: boolean }>(
    `select coalesce((select array_agg(id order by id) from koha_credit
                      where koha_credit.payment_id = write_back.payment_id and koha_credit.state <> 'not-booked'), '{}')
            = $2::bigint[] as stands
     from write_back where payment_id = $1 and state = 'waiting'`,
    [paymentId, credits],
  )
  return row?.stands ?? false
}

/** Committed before the request leaves. A second row for a reference whose last one may be in Koha is refused by its key. */
export async function insertSending(
  sql: Sql,
  paymentId: number,
  reference: string,
  credit: { debits: { id: number; amount: Ore }[]; libraryId: string },
  at: Date,
): Promise<number> {
  const amounts = credit.debits.map(({ amount }) => amount)
  const [row] = await sql.query<{ id: number }>(
    `insert into koha_credit (payment_id, reference, amount, debit_ids, amounts, library_id, state, sent_at)
     values ($1, $2, $3, $4, $5, $6, 'sending', $7) returning id`,
    [paymentId, reference, sum(amounts), credit.debits.map(({ id }) => id), amounts, credit.libraryId, at],
  )
  if (!row) throw new Error('The credit was not stored')
  return row.id
}

/**
 * Counts a try that did not succeed, with the reason in words, and says when the next is due. The patron's later payments
 * are put off with it: they must wait for it in any case, and if they stayed due, each look for work in a long outage
 * would go through all of them.
 */
export async function recordTrouble(
  sql: Sql,
  paymentId: number,
  trouble: string,
  nextTryAt: Date,
): Promise<void> {
  await sql.query(
    `update write_back set
       tries = case payment_id when $1 then tries + 1 else tries end,
       last_trouble = case payment_id when $1 then $2 else last_trouble end,
       next_try_at = case payment_id when $1 then $3 else greatest(next_try_at, $3) end
     where state = 'waiting' and payment_id >= $1
       and patron_id = (select patron_id from write_back where payment_id = $1)`,
    [paymentId, trouble, nextTryAt],
  )
}

export async function recordWritten(tx: Tx, paymentId: number, surplus: Ore, at: Date): Promise<void> {
  await tx.query(
    `update write_back set state = 'done', surplus = $2, done_at = $3, next_try_at = null, last_trouble = null where payment_id = $1`,
    [paymentId, surplus, at],
  )
}

/** False when it waits no longer: somebody else has finished it meanwhile. */
export async function parkWriteBack(tx: Tx, paymentId: number): Promise<boolean> {
  const rows = await tx.query(
    `update write_back set state = 'parked', last_trouble = null, next_try_at = null
     where payment_id = $1 and state = 'waiting' returning payment_id`,
    [paymentId],
  )
  return rows.length > 0
}

/** Has a write-back tried again now. */
export async function resumeWriteBack(tx: Tx, paymentId: number, at: Date): Promise<void> {
  await tx.query(
    `update write_back set state = 'waiting', next_try_at = $2 where payment_id = $1 and state = 'parked'`,
    [paymentId, at],
  )
}

/** A person has seen to it in Koha. */
export async function recordByHand(tx: Tx, paymentId: number, at: Date): Promise<void> {
  await tx.query(
    `update write_back set state = 'by-hand', done_at = $2, next_try_at = null where payment_id = $1`,
    [paymentId, at],
  )
}
