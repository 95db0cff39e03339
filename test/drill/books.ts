import type { City } from './city.ts'

/** What the four books say of the payments of one fault, öre. */
export interface Verdict {
  payments: number
  /** Charged by the provider and not paid in our tables, not credited in Koha or not in the journal, and not parked. */
  lost: number
  /** Credited or booked beyond what was charged, or charged twice. */
  twice: number
  parked: number
  /** What does not agree, for people. */
  differences: string[]
}

interface Row {
  reference: string
  state: string
  parked: string | null
  amount: string
  written: string | null
  surplus: string | null
  booked: string
}

const MICRO = 10_000

/** Every payment made since the given id, held against the provider, Koha and the journal. */
export async function compareBooks(city: City, sinceId: number): Promise<Verdict> {
  const rows = await city.sql<Row>(
    `select payment.reference, payment.state, payment.parked, payment.amount, write_back.state as written, write_back.surplus,
            (select coalesce(sum(case when kind = 'paid' then amount end), 0) from posting where cause = payment.reference) as booked
     from payment left join write_back on write_back.payment_id = payment.id where payment.id > $1 order by payment.id`,
    [sinceId],
  )
  const verdict: Verdict = { payments: rows.length, lost: 0, twice: 0, parked: 0, differences: [] }
  for (const row of rows) judge(city, row, verdict)
  return verdict
}

function judge(city: City, row: Row, verdict: Verdict): void {
  const checkouts = [...city.cards.world.payments.values()].filter((one) => one.reference === row.reference)
  const charged = checkouts.flatMap((one) => one.charges).reduce((sum, charge) => sum + charge.amount, 0)
  // What was paid for debts that had shrunk goes back to the card by itself.
  const refunded = checkouts
    .flatMap((one) => one.refunds)
    .filter(({ state }) => state === 'Completed')
    .reduce((sum, refund) => sum + refund.amount, 0)
  const credits = [...city.koha.world.tables.lines.values()].filter(
    (line) => line.kind === 'credit' && carries(line.description, row.reference),
  )
  const credited = credits.reduce((sum, line) => sum - line.amount / MICRO, 0)
  const references = credits.map((line) => line.description)
  const surplus = Number(row.surplus ?? 0)
  const told = `${row.reference}: charged ${charged}, ${row.state}${row.parked ? ` (${row.parked})` : ''}, credited ${credited}, surplus ${surplus}, refunded ${refunded}, booked ${row.booked}`

  if (row.parked) verdict.parked += 1
  const twice = Math.max(
    0,
    credited + surplus - charged,
    Number(row.booked) - charged,
    charged - Number(row.amount),
  )
  if (twice > 0 || new Set(references).size < references.length) {
    if (row.parked !== 'amount-differs') {
      verdict.twice += Math.max(twice, 1)
      verdict.differences.push(`twice ${told}`)
    }
  }
  const lost = Math.max(0, charged - credited - surplus, charged - Number(row.booked), surplus - refunded)
  if (lost > 0 && row.parked === null) {
    verdict.lost += lost
    verdict.differences.push(`lost ${told}`)
  }
}

/** Our reference, or one of the numbered ones that follow it. */
function carries(description: string | null, reference: string): boolean {
  return (
    description?.split(/\s+/).some((word) => word === reference || word.startsWith(`${reference}-`)) ?? false
  )
}

/** True when nothing that was paid waits for anything but a person. */
export async function isQuiet(city: City, sinceId: number): Promise<boolean> {
  const { lost } = await compareBooks(city, sinceId).catch(() => ({ lost: 1 }))
  if (lost > 0) return false
  const waiting = await city
    .sql<{ left: string }>(
      `select count(*) as left from write_back where state = 'waiting' and payment_id > $1`,
      [sinceId],
    )
    .catch(() => [{ left: '1' }])
  return Number(waiting[0]?.left) === 0
}
