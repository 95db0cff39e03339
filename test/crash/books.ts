import { verifyAudit } from '../../src/areas/audit/verify-audit.ts'
import { oreOfSie, readSie } from '../support/sie.ts'
import type { Lane } from './lane.ts'
import { LETTERS, SUMS, type Tale } from './story.ts'

/** What the four books say of one tale, öre. */
export interface Books {
  lost: number
  twice: number
  /** What does not agree, for people. */
  differences: string[]
}

const MICRO = 10_000

/**
 * Every book of its own against what should be: the debts were paid once, so much was given back once, Koha was told of
 * both once, the journal has both once and the receipt went once.
 */
export async function compareBooks(lane: Lane, tale: Tale): Promise<Books> {
  const paid = SUMS.reduce((sum, kronor) => sum + Math.round(kronor * 100), 0)
  const refunded = tale.refund === null ? paid : Math.round(Number(tale.refund) * 100)
  const payments = await lane.db.query<{ reference: string; state: string; parked: string | null }>(
    `select reference, state, parked from payment
     where exists (select 1 from payment_line line where payment_id = payment.id and debit_id = any($1))`,
    [tale.debitIds],
  )
  const references = payments.map(({ reference }) => reference)
  const verdict: Books = { lost: 0, twice: 0, differences: [] }
  const expect = (what: string, found: number, right: number) => {
    if (found === right) return
    verdict.lost += Math.max(0, right - found)
    verdict.twice += Math.max(0, found - right)
    verdict.differences.push(`${what}: ${found}, not ${right} (${references.join(' ')})`)
  }
  const states = payments.filter(({ state }) => state === 'paid').length
  if (states !== 1) verdict.differences.push(`${states} payments of ${references.length} are paid`)
  for (const { reference, parked } of payments)
    if (parked) verdict.differences.push(`${reference} is parked: ${parked}`)

  const cards = atCards(lane, references)
  expect('charged on the card', cards.charged, paid)
  expect('given back to the card', cards.refunded, refunded)
  const koha = inKoha(lane, references)
  expect('credited in Koha', koha.credited, paid)
  expect('owed again in Koha', koha.owedAgain, refunded)
  expect('left of the debts in Koha', leftOf(lane, tale), 0)
  const journal = await inJournal(lane, references)
  expect('booked as paid', journal.paid, paid)
  expect('booked as given back', journal.refunded, refunded)
  expect('handed over in batches', journal.exported, paid + refunded)
  const letters = lettersOf(lane, references)
  if (letters !== LETTERS) verdict.differences.push(`${letters} different letters were sent`)
  return verdict
}

function atCards({ cards }: Lane, references: string[]) {
  const ours = [...cards.world.payments.values()].filter(({ reference }) => references.includes(reference))
  const add = (all: { amount: number }[]) => all.reduce((sum, { amount }) => sum + amount, 0)
  return {
    charged: add(ours.flatMap(({ charges }) => charges)),
    refunded: add(ours.flatMap(({ refunds }) => refunds).filter(({ state }) => state !== 'Failed')),
  }
}

function inKoha({ koha }: Lane, references: string[]) {
  const lines = [...koha.world.tables.lines.values()].filter(({ description }) =>
    references.some((reference) => description === reference || description?.startsWith(`${reference}-`)),
  )
  const add = (kind: string) =>
    lines.filter((line) => line.kind === kind).reduce((sum, { amount }) => sum + Math.abs(amount) / MICRO, 0)
  return { credited: add('credit'), owedAgain: add('debit') }
}

function leftOf({ koha }: Lane, { debitIds }: Tale): number {
  return debitIds.reduce((sum, id) => sum + (koha.world.tables.lines.get(id)?.outstanding ?? 0) / MICRO, 0)
}

async function inJournal({ db }: Lane, references: string[]) {
  const [row] = await db.query<{ paid: number; refunded: number; exported: number }>(
    `select coalesce(sum(amount) filter (where kind = 'paid'), 0)::bigint as paid,
            coalesce(sum(amount) filter (where kind = 'refunded'), 0)::bigint as refunded,
            coalesce(sum(amount) filter (where posting_id is not null), 0)::bigint as exported
     from posting left join batch_posting on posting_id = posting.id
     where exists (select 1 from unnest($1::text[]) ours where starts_with(cause, ours))`,
    [references],
  )
  return row ?? { paid: 0, refunded: 0, exported: 0 }
}

/** What went twice has the same Message-ID: one letter, as mail programs see it. */
function lettersOf({ mailbox }: Lane, references: string[]): number {
  const letters = mailbox.inbox
    .messages()
    .filter(({ messageId }) => references.some((reference) => messageId?.includes(reference)))
  return new Set(letters.map(({ messageId }) => messageId)).size
}

/** What no single tale shows: batches without gaps, files that hold what the journal holds, an unbroken trail. */
export async function compareWhole({ db }: Lane): Promise<string[]> {
  const batches = await db.query<{ number: number; total: number; postings: number; content: Buffer }>(
    `select batch.number, batch.total, content,
            (select coalesce(sum(amount), 0)::bigint from posting join batch_posting on posting_id = posting.id
             where batch_number = batch.number) as postings
     from batch join batch_file on batch_number = batch.number and format = 'sie4i' order by batch.number`,
  )
  const differences: string[] = []
  for (const [at, { number, total, postings, content }] of batches.entries()) {
    if (number !== at + 1) differences.push(`batch ${at + 1} is missing`)
    const rows = readSie(content).vouchers.flatMap((voucher) => voucher.rows)
    const debit = rows.map(({ amount }) => oreOfSie(amount)).filter((amount) => amount > 0)
    const inFile = debit.reduce((sum, amount) => sum + amount, 0)
    if (total !== postings || inFile !== total)
      differences.push(`batch ${number}: ${total} said, ${postings} in the journal, ${inFile} in the file`)
  }
  const trail = await verifyAudit(db)
  if (!trail.ok) differences.push(`the audit trail is ${trail.fault.kind} at ${trail.fault.id}`)
  return differences
}
