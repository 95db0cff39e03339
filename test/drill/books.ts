import type { CardPayment } from '../../sandbox/cards/payment.ts'
import { chargedSum, refundedSum } from '../../sandbox/cards/payment.ts'
import type { Line } from '../../sandbox/koha/lines.ts'
import type { City } from './city.ts'
import { type BookRow, readRows } from './rows.ts'

/** What the four books say of the payments of one fault, öre. */
export interface Verdict {
  payments: number
  /**
   * Charged by the provider and not paid in our tables, not credited in Koha or not in the journal, and not parked; or
   * paid for a debt that had gone and not given back; or given back and not owed again.
   */
  lost: number
  /** Credited, booked or given back beyond what was charged, or charged twice. */
  twice: number
  parked: number
  /** What does not agree, for people. */
  differences: string[]
}

/** What is true of one payment in each book, öre, less what was given back. */
interface Sums {
  provider: number
  charged: number
  receivable: number
  income: number
  surplus: number
  koha: number
}

const MICRO = 10_000

/** Every payment made since the given id, held against the provider, Koha and the journal, refunds included. */
export async function compareBooks(city: City, sinceId: number): Promise<Verdict> {
  const rows = await readRows(city, sinceId)
  const verdict: Verdict = { payments: rows.length, lost: 0, twice: 0, parked: 0, differences: [] }
  for (const row of rows) judge(city, row, verdict)
  return verdict
}

function judge(city: City, row: BookRow, verdict: Verdict): void {
  const atProvider = [...city.cards.world.payments.values()].filter((one) => one.reference === row.reference)
  const sums = sumsOf(city, row, atProvider)
  const { provider, charged, receivable, income, surplus, koha } = sums
  if (row.parked) verdict.parked += 1
  const told = `${row.reference}: ${row.state}${row.parked ? ` (${row.parked})` : ''} ${JSON.stringify(sums)}`

  const inKoha = row.byHand ? 0 : koha - income
  const twice =
    Math.max(0, receivable - provider) +
    Math.max(0, inKoha) +
    Math.max(0, charged - row.amount) +
    repeated(atProvider) +
    astray(city, row)
  // A person is told of another sum than was asked for, and nothing is credited or booked until that is decided.
  if (twice > 0 && row.parked !== 'amount-differs') {
    verdict.twice += twice
    verdict.differences.push(`twice ${twice} ${told}`)
  }
  const lost = Math.max(0, provider - receivable) + Math.max(0, -inKoha) + Math.max(0, surplus)
  if (lost > 0 && row.parked === null) {
    verdict.lost += lost
    verdict.differences.push(`lost ${lost} ${told}`)
  }
}

function sumsOf(city: City, row: BookRow, atProvider: CardPayment[]): Sums {
  const total = (each: (payment: CardPayment) => number) =>
    atProvider.reduce((sum, payment) => sum + each(payment), 0)
  const charged = total(chargedSum)
  const held = total(({ disputes }) =>
    disputes.filter(({ state }) => state !== 'won').reduce((sum, { amount }) => sum + amount, 0),
  )
  const { receivable, income, surplus } = row
  const lines = linesOf(city, row.reference)
  const koha = lines.reduce((sum, { amount }) => sum - amount / MICRO, 0)
  return { provider: charged - total(refundedSum) - held, charged, receivable, income, surplus, koha }
}

/** Koha's lines that carry our reference, or one of the numbered ones that follow it: credits below nothing, debits above. */
function linesOf(city: City, reference: string): Line[] {
  return [...city.koha.world.tables.lines.values()].filter(({ description }) =>
    description?.split(/\s+/).some((word) => word === reference || word.startsWith(`${reference}-`)),
  )
}

/** Refunds that carry the same reference of ours and both went, öre. */
function repeated(atProvider: CardPayment[]): number {
  const refunds = atProvider.flatMap((payment) => payment.refunds).filter(({ state }) => state !== 'Failed')
  const byName = Map.groupBy(refunds, ({ reference, metadata }) => reference ?? metadata.kvitt_refund)
  byName.delete(undefined)
  return [...byName.values()].flatMap(([, ...more]) => more).reduce((sum, { amount }) => sum + amount, 0)
}

/** Our money on other debts than those that were chosen, or more on one than was paid for it, or a credit twice, öre. */
function astray(city: City, row: BookRow): number {
  const credits = linesOf(city, row.reference).filter(({ kind }) => kind === 'credit')
  const again = credits.length - new Set(credits.map(({ description }) => description)).size
  const got = new Map<number | null, number>()
  for (const { creditId, debitId, amount } of city.koha.world.tables.offsets)
    if (credits.some(({ id }) => id === creditId)) got.set(debitId, (got.get(debitId) ?? 0) + amount / MICRO)
  return [...got].reduce((sum, [debitId, amount]) => {
    const paid = row.lines.find(({ debit }) => debit === debitId)?.amount ?? 0
    return sum + Math.max(0, amount - paid)
  }, again)
}

/** True when nothing that was paid waits for anything but a person, or the provider. */
export async function isQuiet(city: City, sinceId: number, parked = 0): Promise<boolean> {
  try {
    const verdict = await compareBooks(city, sinceId)
    const rows = await readRows(city, sinceId)
    return (
      verdict.lost === 0 &&
      verdict.twice === 0 &&
      verdict.parked >= parked &&
      rows.every(({ underWay }) => !underWay)
    )
  } catch {
    // The database is away: then it is not quiet.
    return false
  }
}
