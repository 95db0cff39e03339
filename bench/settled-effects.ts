import { settleDuePayments } from '../src/areas/payments/settle-due-payments.ts'
import { type Filled, fillOpen } from '../test/support/filled-tables.ts'
import { type Figure, median } from './support/figure.ts'
import { type InstantWorld, startInstantWorld } from './support/instant-world.ts'

const ROUNDS = 5
/** As many at once as the worker has in hand: what is compared is what it costs, not who asks for more at a time. */
const AT_ONCE = 8

/**
 * What it costs to learn that a payment is paid: looked at, its state, journal entry, write-back and receipt committed,
 * and no longer due. Against the very same rows written by somebody who knows them all beforehand and asks nothing, in
 * one bare transaction for each payment, as many at once.
 */
export async function settledEffects(payments = 3000): Promise<Figure[]> {
  const world = await startInstantWorld()
  try {
    const rounds: { bare: number; settled: number }[] = []
    for (let round = 0; round <= ROUNDS; round += 1) {
      const bare = await rateOf(world, payments, (filled) => writeBare(world, filled))
      const settled = await rateOf(world, payments, () => settleAll(world))
      // The first round warms both.
      if (round > 0) rounds.push({ bare, settled })
    }
    const middle = (part: 'bare' | 'settled') => Math.round(median(rounds.map((round) => round[part])))
    return [
      {
        name: 'settled-effects',
        ratio: median(rounds.map(({ bare, settled }) => settled / bare)),
        goal: { at: 'least', ratio: 0.4 },
        words: `${middle('settled')} payments/s settled, ${middle('bare')}/s in bare transactions`,
      },
    ]
  } finally {
    await world.close()
  }
}

async function rateOf(
  { owner }: InstantWorld,
  payments: number,
  work: (filled: Filled) => Promise<void>,
): Promise<number> {
  const filled = await fillOpen(owner, payments)
  await owner.query('vacuum analyze')
  const begun = performance.now()
  await work(filled)
  const rate = payments / ((performance.now() - begun) / 1000)
  const [left] = await owner.query<{ open: number }>(
    `select count(*)::int as open from payment where state <> 'paid'`,
  )
  if (left?.open !== 0) throw new Error(`${left?.open} payments are not settled`)
  return rate
}

/** As the worker does it, only without resting in between. */
async function settleAll({ context }: InstantWorld): Promise<void> {
  while ((await settleDuePayments(context)) > 0);
}

async function writeBare({ owner }: InstantWorld, { first, last }: Filled): Promise<void> {
  let next = first
  const write = async () => {
    while (next <= last) {
      const id = next++
      await owner.transaction(async (tx) => {
        for (const [text, values] of rowsOf(id)) await tx.query(text, values)
      })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, write))
}

function rowsOf(id: number): [string, unknown[]][] {
  const reference = `BENCH-${id}`
  const later = new Date(Date.now() + 86_400_000)
  return [
    [
      `update payment set state = 'paid', charge_id = $2, paid_at = now(), settled_at = now(), paid_with = $3, look_at = $4 where id = $1`,
      [id, `charge-${id}`, '{"method":"card","brand":"Visa","lastDigits":"4242"}', later],
    ],
    [`insert into payment_event (payment_id, at, what, by) values ($1, now(), 'paid', 'nets-easy')`, [id]],
    [
      `insert into posting (booked_at, book_date, cause, kind, part, debit_account, credit_account, amount, currency, cost_centre, activity, vat, text)
       values (now(), current_date, $1, 'paid', $2, '15810', '31900', 16000, 'SEK', '600110', '70', 'O', 'OVERDUE')`,
      [reference, id],
    ],
    [
      `insert into write_back (payment_id, patron_id, state, next_try_at, created_at) values ($1, $1, 'waiting', now(), now())`,
      [id],
    ],
    [
      `insert into notice (kind, payment_id, round, address, language, message_id, state, next_try_at, created_at)
       values ('receipt', $1, 1, 'p@demo.kvitt.example', 'sv', $2, 'waiting', now() + interval '60 seconds', now())`,
      [id, `receipt-${reference}-1`],
    ],
  ]
}
