import { randomBytes } from 'node:crypto'
import { referenceFrom } from '../../src/areas/payments/reference.ts'
import type { Sql } from '../../src/database/database.ts'

/** What each payment of the filled tables is for, öre. */
export const AMOUNT = 16_000

/** Payments, debits and (where each has one) patrons of the filled tables go by the same numbers. Patrons with several: */
const FIRST_SHARING = 1_000_000_000

/** The debits that a patron of the filled tables has paid. */
export function debitsOf(patronId: number, ofEachPatron: number): number[] {
  if (patronId < FIRST_SHARING) return [patronId]
  const first = (patronId - FIRST_SHARING) * ofEachPatron
  return Array.from({ length: ofEachPatron }, (_, place) => first + place)
}

const CODING =
  '{"account":"31900","costCentre":"600110","activity":"70","project":null,"counterparty":null,"vat":"O"}'

/** Which payments a filling has made, by their ids. References are `BENCH-` and the patron's number. */
export interface Filled {
  first: number
  last: number
}

/** So many payments that are open and due for a look, each of a patron of its own, who wants a receipt. */
export function fillOpen(owner: Sql, payments: number): Promise<Filled> {
  return fill(
    owner,
    payments,
    `insert into payment (reference, patron_id, state, amount, currency, language, receipt_email, provider, checkout_id,
                          created_at, expires_at, look_at, look_for)
     select 'BENCH-' || n, n, 'open', ${AMOUNT}, 'SEK', 'sv', 'p' || n || '@demo.kvitt.example', 'nets-easy', 'checkout-' || n,
            now(), now() + interval '30 minutes', now(), 'news'`,
    [linesOf(true)],
  )
}

/** So many payments that are paid and not in Koha yet; `payments` of each patron, so that they must wait for each other. */
export function fillWaitingForKoha(owner: Sql, payments: number, ofEachPatron: number): Promise<Filled> {
  return fill(
    owner,
    payments,
    `insert into payment (reference, patron_id, state, amount, currency, language, provider, checkout_id, charge_id,
                          created_at, expires_at, paid_at, settled_at)
     select 'BENCH-' || n, ${FIRST_SHARING} + n / ${ofEachPatron}, 'paid', ${AMOUNT}, 'SEK', 'sv', 'nets-easy', 'checkout-' || n, 'charge-' || n,
            now(), now() + interval '30 minutes', now(), now()`,
    [
      linesOf(true),
      posted,
      `insert into write_back (payment_id, patron_id, state, next_try_at, created_at)
       select id, patron_id, 'waiting', now(), now() from payment where id between $1 and $2`,
    ],
  )
}

/** So many payments of the last 200 days that have long been paid, credited, receipted, told of and exported. */
export function fillSettled(owner: Sql, payments: number): Promise<Filled> {
  return fill(
    owner,
    payments,
    `insert into payment (reference, patron_id, state, amount, currency, language, provider, checkout_id, charge_id, paid_with,
                          created_at, expires_at, paid_at, settled_at)
     select 'BENCH-' || n, n % 50000, 'paid', ${AMOUNT}, 'SEK', 'sv', 'nets-easy', 'checkout-' || n, 'charge-' || n,
            '{"method":"card","brand":"Visa","lastDigits":"4242"}', at, at + interval '30 minutes', at, at`,
    [linesOf(false), ...events, posted, ...credited, receipted, toldOf, ...exported],
  )
}

async function fill(owner: Sql, payments: number, insert: string, more: string[]): Promise<Filled> {
  const [{ last: before } = { last: 0 }] = await owner.query<{ last: number }>(
    'select coalesce(max(id), 0) as last from payment',
  )
  const [{ last } = { last: 0 }] = await owner.query<{ last: number }>(
    `with made as (
       ${insert} from (
         select n, now() - interval '2 days' - interval '200 days' * (($1 + $2 - n)::float8 / $2) as at
         from generate_series($1::int + 1, $1::int + $2::int) n) numbered
       returning id)
     select max(id) as last from made`,
    [before, payments],
  )
  const filled = { first: before + 1, last }
  for (const statement of more) await owner.query(statement, [filled.first, filled.last])
  return filled
}

const linesOf = (holds: boolean) =>
  `insert into payment_line (payment_id, debit_id, amount, debit_type, library_id, title, coding, holds)
   select id, id, amount, 'OVERDUE', 'HUM', 'Röda rummet', '${CODING}', ${holds} from payment where id between $1 and $2`

const events = [
  ['created', 'web'],
  ['opened', 'nets-easy'],
  ['paid', 'nets-easy'],
  ['registered', 'koha'],
].map(
  ([what, by]) =>
    `insert into payment_event (payment_id, at, what, by)
     select id, created_at, '${what}', '${by}' from payment where id between $1 and $2`,
)

const posted = `insert into posting (booked_at, book_date, cause, kind, part, debit_account, credit_account, amount, currency,
                                     cost_centre, activity, vat, text)
   select settled_at, settled_at::date, reference, 'paid', line.id, '15810', '31900', line.amount, 'SEK', '600110', '70', 'O', 'OVERDUE'
   from payment join payment_line line on line.payment_id = payment.id where payment.id between $1 and $2`

const credited = [
  `insert into write_back (payment_id, patron_id, state, tries, created_at, done_at)
   select id, patron_id, 'done', 1, settled_at, settled_at from payment where id between $1 and $2`,
  `insert into koha_credit (payment_id, reference, amount, debit_ids, amounts, library_id, state, sent_at, koha_id, booked_at)
   select payment.id, reference, payment.amount, array[line.debit_id], array[line.amount], 'HUM', 'booked', settled_at, payment.id, settled_at
   from payment join payment_line line on line.payment_id = payment.id where payment.id between $1 and $2`,
]

const receipted = `insert into notice (kind, payment_id, round, address, language, message_id, state, created_at, sent_at)
   select 'receipt', id, 1, 'p@demo.kvitt.example', 'sv', 'receipt-' || reference || '-1', 'sent', settled_at, settled_at
   from payment where id between $1 and $2`

const toldOf = `insert into webhook (provider, event, event_id, checkout_id, body, received_at)
   select 'nets-easy', 'payment.charge.created.v2', 'event-' || reference, checkout_id, '{}', settled_at
   from payment where id between $1 and $2`

/** So many postings in each batch: what a day brings does not grow with the years. */
const OF_EACH_BATCH = 50

const exported = [
  `insert into batch (number, series, made_at, made_by, first_day, last_day, postings, total)
   select 1 + posting.id / ${OF_EACH_BATCH}, 'KVITT', max(booked_at), 'timetable', min(book_date), max(book_date), count(*), sum(posting.amount)
   from posting join payment on payment.reference = cause where payment.id between $1 and $2 group by 1`,
  `insert into batch_posting (posting_id, batch_number)
   select posting.id, 1 + posting.id / ${OF_EACH_BATCH}
   from posting join payment on payment.reference = cause where payment.id between $1 and $2`,
]

/** So many postings of today that are in no batch yet. */
export async function fillToExport(owner: Sql, postings: number): Promise<void> {
  await owner.query(
    `insert into posting (booked_at, book_date, cause, kind, part, debit_account, credit_account, amount, currency,
                          cost_centre, activity, vat, text)
     select now(), current_date, 'TODAY-' || n, 'paid', n, '15810', '31900', ${AMOUNT}, 'SEK', '600110', '70', 'O', 'OVERDUE'
     from generate_series(1, $1::int) n`,
    [postings],
  )
}

/** So many paid payments of one patron, each of so many lines; their references. */
export async function fillOfManyLines(
  owner: Sql,
  patronId: number,
  payments: number,
  lines: number,
): Promise<string[]> {
  const references = Array.from({ length: payments }, () => referenceFrom('KV', randomBytes(32)))
  const rows = await owner.query<{ id: number }>(
    `insert into payment (reference, patron_id, state, amount, currency, language, provider, checkout_id, charge_id, paid_with,
                          created_at, expires_at, paid_at, settled_at)
     select reference, $2, 'paid', ${AMOUNT} * $3::int, 'SEK', 'sv', 'nets-easy', reference, reference,
            '{"method":"card","brand":"Visa","lastDigits":"4242"}', now(), now() + interval '30 minutes', now(), now()
     from unnest($1::text[]) reference returning id`,
    [references, patronId, lines],
  )
  await owner.query(
    `insert into payment_line (payment_id, debit_id, amount, debit_type, library_id, title, coding, holds)
     select id, 2000000000 + id * $2 + n, ${AMOUNT}, 'OVERDUE', 'HUM', 'Röda rummet, del ' || n, '${CODING}', false
     from unnest($1::bigint[]) id, generate_series(1, $2::int) n`,
    [rows.map(({ id }) => id), lines],
  )
  return references
}
