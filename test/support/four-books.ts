import { chargedSum, refundedSum } from '../../sandbox/cards/payment.ts'
import type { Line } from '../../sandbox/koha/lines.ts'
import { readPayment } from '../../src/areas/payments/store.ts'
import { writeBackOf } from '../../src/areas/payments/write-back-store.ts'
import { disputedOf } from '../../src/areas/refunds/dispute-store.ts'
import { type Refund, refundsOf } from '../../src/areas/refunds/store.ts'
import { sum } from '../../src/base/money.ts'
import type { Town } from './town.ts'

/** An öre in the millionths of a krona that Koha counts in. */
const MICRO = 10_000

/** What each of the four books says of one paid payment, öre. They agree when `differences` is empty. */
export interface FourBooks {
  provider: number
  tables: number
  /** Credited less what is owed again; null while something of it still waits for Koha or a person. */
  koha: number | null
  journal: { receivable: number; income: number; surplus: number; disputed: number }
  differences: string[]
}

export async function fourBooks(town: Town, reference: string): Promise<FourBooks> {
  const { db } = town.context
  const payment = await readPayment(db, reference)
  if (payment?.state !== 'paid') throw new Error(`${reference} is ${payment?.state ?? 'unknown'}`)
  const refunds = await refundsOf(db, payment.id)
  const done = sum(refunds.filter(({ state }) => state === 'done').map(({ amount }) => amount))
  const atCards = town.atCards(reference)
  const held = atCards.disputes.filter(({ state }) => state !== 'won')
  const provider =
    chargedSum(atCards) - refundedSum(atCards) - held.reduce((total, { amount }) => total + amount, 0)
  const tables = payment.amount - done - (await disputedOf(db, payment.id))
  const journal = await journalOf(town, reference)
  const writeBack = await writeBackOf(db, payment.id)
  const settled = writeBack?.state === 'done' && refunds.every(isSettledInKoha)
  const koha = settled ? kohaOf(town, payment.patronId, reference) : null

  const differences: string[] = []
  const agree = (what: string, one: number, other: number) => {
    if (one !== other) differences.push(`${reference} ${what}: ${one} ≠ ${other}`)
  }
  agree('provider and tables', provider, tables)
  agree('provider and journal', provider, journal.receivable)
  agree('sides of the journal', journal.receivable + journal.disputed, journal.income + journal.surplus)
  if (koha !== null) agree('koha and journal', koha, journal.income)
  differences.push(...creditedTwice(town, reference))
  return { provider, tables, koha, journal, differences }
}

function isSettledInKoha({ state, koha, shares }: Refund): boolean {
  if (state !== 'done') return koha === 'none'
  return koha === 'done' || (koha === 'none' && shares.every(({ income }) => income === 0))
}

async function journalOf({ context }: Town, reference: string): Promise<FourBooks['journal']> {
  const { cardReceivable, surplus, disputed } = context.config.economy.accounts
  const rows = await context.db.query<{ account: string; balance: number }>(
    `select account, sum(amount)::bigint as balance from (
       select debit_account as account, amount from posting where cause = $1 or starts_with(cause, $1 || '-')
       union all
       select credit_account, -amount from posting where cause = $1 or starts_with(cause, $1 || '-')) sides
     group by account`,
    [reference],
  )
  const of = (account: string) => rows.find((row) => row.account === account)?.balance ?? 0
  const balances = [cardReceivable, surplus, disputed]
  const income = rows.filter(({ account }) => !balances.includes(account))
  return {
    receivable: of(cardReceivable),
    disputed: of(disputed),
    surplus: 0 - of(surplus),
    income: 0 - income.reduce((total, { balance }) => total + balance, 0),
  }
}

function kohaOf({ koha }: Town, patronId: number, reference: string): number {
  const total = (lines: Line[]) =>
    lines.filter((line) => isOf(line, reference)).reduce((all, { amount }) => all + Math.abs(amount), 0)
  return (total(koha.world.creditsOf(patronId)) - total(koha.world.debitsOf(patronId))) / MICRO
}

function isOf({ description }: Line, reference: string): boolean {
  return description === reference || (description?.startsWith(`${reference}-`) ?? false)
}

/** No debit line gets money from two credits of one payment. */
function creditedTwice({ koha }: Town, reference: string): string[] {
  const { lines, offsets } = koha.world.tables
  const ours = offsets.filter(({ creditId, amount }) => {
    const credit = lines.get(creditId)
    return amount > 0 && credit !== undefined && isOf(credit, reference)
  })
  const byDebit = Map.groupBy(ours, ({ debitId }) => debitId)
  return [...byDebit].filter(([, hits]) => hits.length > 1).map(([id]) => `debit ${id} was credited twice`)
}
