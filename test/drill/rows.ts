import type { City } from './city.ts'

/** A payment as our tables and the journal have it, öre. */
export interface BookRow {
  reference: string
  state: string
  parked: string | null
  amount: number
  lines: { debit: number; amount: number }[]
  /** What the payment company owes us for it, by the journal. */
  receivable: number
  income: number
  surplus: number
  /** Something of it is still to be done by Kvitt itself: in Koha, or a refund at the provider. */
  underWay: boolean
  /** A person has said that they see to Koha themselves. */
  byHand: boolean
}

interface Row {
  reference: string
  state: string
  parked: string | null
  amount: string
  lines: BookRow['lines']
  balances: Record<string, number> | null
  under_way: boolean
  by_hand: boolean
}

/** The demo's accounts: what the company owes us, what it holds back in disputes, what is to be given back. */
const RECEIVABLE = '15810'
const DISPUTED = '15890'
const SURPLUS = '24990'

/** The payments made since the given id. */
export async function readRows(city: City, sinceId: number): Promise<BookRow[]> {
  const rows = await city.sql<Row>(
    `select payment.reference, payment.state, payment.parked, payment.amount,
       (select json_agg(json_build_object('debit', debit_id, 'amount', amount)) from payment_line where payment_id = payment.id) as lines,
       (select json_object_agg(account, sum) from (
          select account, sum(amount) from (
            select debit_account as account, amount from posting where cause = payment.reference or starts_with(cause, payment.reference || '-')
            union all
            select credit_account, -amount from posting where cause = payment.reference or starts_with(cause, payment.reference || '-')) sides
          group by account) balance) as balances,
       coalesce(write_back.state = 'waiting', false) or exists (
         select 1 from refund where payment_id = payment.id and (state in ('approved', 'sending') or koha = 'waiting') and parked is null) as under_way,
       coalesce(write_back.state = 'by-hand', false) or exists (
         select 1 from refund where payment_id = payment.id and koha in ('parked', 'by-hand')) as by_hand
     from payment left join write_back on write_back.payment_id = payment.id where payment.id > $1 order by payment.id`,
    [sinceId],
  )
  return rows.map(({ balances, under_way, by_hand, amount, lines, ...row }) => {
    const of = (account: string) => balances?.[account] ?? 0
    const all = Object.values(balances ?? {}).reduce((sum, one) => sum + one, 0)
    if (all !== 0) throw new Error(`${row.reference}: the journal does not balance`)
    const income = -(all - of(RECEIVABLE) - of(DISPUTED) - of(SURPLUS))
    return {
      ...row,
      amount: Number(amount),
      lines: lines ?? [],
      receivable: of(RECEIVABLE),
      income,
      surplus: -of(SURPLUS),
      underWay: under_way,
      byHand: by_hand,
    }
  })
}
