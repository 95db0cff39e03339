import pg from 'pg'
import { approve } from '../sandbox/cards/acts.ts'
import { cardOutcome } from '../sandbox/cards/card.ts'
import { createBrowser } from '../sandbox/visitor/browser.ts'
import { formTo, signIn } from '../sandbox/visitor/person.ts'
import { type Product, startProduct } from '../test/support/product.ts'
import type { Figure } from './support/figure.ts'

const PEOPLE = ['amir', 'ingrid', 'siv']

/**
 * From a webhook's acceptance to the credit in a Koha that answers at once, with nothing else going on: three workers
 * wake each other and four questions go to the neighbours. Against the same questions and as many single commits, one
 * after the other, by somebody who need not be woken.
 */
export async function webhookToCredit(payments = 200): Promise<Figure[]> {
  const product = await startProduct((settings) => ({
    ...settings,
    debts: { ...settings.debts, minimum: '1' },
    service: { ...settings.service, trustProxy: 1 },
  }))
  const pool = new pg.Pool({ connectionString: product.databaseUrl, max: 1 })
  try {
    const browsers = await Promise.all(
      PEOPLE.map(async (person) => {
        const browser = createBrowser()
        await signIn(browser, product.baseUrl, person)
        return { person, browser }
      }),
    )
    const bare: number[] = []
    for (let number = 0; number < payments; number += 1) {
      const { person, browser } = browsers[number % browsers.length] as (typeof browsers)[number]
      const reference = await payWithoutComingBack(product, pool, browser, person)
      await untilCredited(pool, reference)
      bare.push(await bareSteps(product, pool, person))
    }
    const told = await latencies(pool)
    const half = at(told, 0.5)
    return [
      {
        name: 'webhook-to-credit',
        ratio: half / at(bare, 0.5),
        goal: { at: 'most', ratio: 3 },
        words: `p50 ${half.toFixed(1)} ms, p99 ${at(told, 0.99).toFixed(1)} ms of ${told.length} payments; the bare steps p50 ${at(bare, 0.5).toFixed(1)} ms, p99 ${at(bare, 0.99).toFixed(1)} ms`,
      },
    ]
  } finally {
    await pool.end()
    await product.close()
  }
}

/** Pays at the card company and closes the tab: only the webhook tells. */
async function payWithoutComingBack(
  { koha, cards, baseUrl }: Product,
  pool: pg.Pool,
  browser: ReturnType<typeof createBrowser>,
  person: string,
): Promise<string> {
  const { id: patronId } = koha.world.patron(person)
  const debit = koha.world.addDebit({ patronId, type: 'MANUAL', amount: 10, libraryId: 'HUM' })
  const check = await browser.open(`${baseUrl}/fees/check?debit=${debit.id}`)
  await browser.send(check, formTo(check, /\/payments$/))
  // The company tells of the checkout as soon as it is made; the look that follows must not be the one that finds it paid.
  await cards.world.webhooks.idle()
  await untilSome(pool, 'select 1 where not exists (select 1 from webhook_waiting)', [])
  await untilSome(pool, `select 1 where not exists (select 1 from payment where look_for = 'news')`, [])
  const payment = [...cards.world.payments.values()].at(-1)
  const card = cardOutcome({ number: '4242424242424242', expiry: '12/40', cvc: '123' }, new Date())
  if (!payment || card.kind !== 'approved') throw new Error('Not started')
  approve(cards.world, payment, card.method)
  return payment.reference
}

function untilCredited(pool: pg.Pool, reference: string): Promise<void> {
  return untilSome(
    pool,
    `select 1 from payment join write_back on payment_id = id where reference = $1 and write_back.state = 'done'`,
    [reference],
  )
}

/** Asks until there is a row. */
async function untilSome(pool: pg.Pool, text: string, values: string[]): Promise<void> {
  for (let tries = 0; tries < 2000; tries += 1) {
    if ((await pool.query(text, values)).rows.length > 0) return
    await new Promise((later) => setTimeout(later, 5))
  }
  throw new Error(`Nothing came of: ${text}`)
}

/** From the first webhook that made a payment due to Koha's answer, milliseconds, sorted. */
async function latencies(pool: pg.Pool): Promise<number[]> {
  const { rows } = await pool.query<{ ms: number }>(
    `select extract(epoch from credit.booked_at - min(webhook.received_at))::float8 * 1000 as ms
     from koha_credit credit join payment on payment.id = payment_id
     join webhook on webhook.provider = payment.provider and webhook.checkout_id = payment.checkout_id
     where webhook.event not like '%payment.created%' and webhook.received_at <= payment.settled_at
     group by payment.id, credit.booked_at`,
  )
  return rows.map(({ ms }) => ms).sort((a, b) => a - b)
}

const COMMITS = 6

/** What has to be asked and written in any case, in its order and without anything in between. */
async function bareSteps({ koha, cards }: Product, pool: pg.Pool, person: string): Promise<number> {
  const { id } = koha.world.patron(person)
  const key = Buffer.from(`${koha.key.user}:${koha.key.password}`).toString('base64')
  const ask = async (url: string) => {
    const answer = await fetch(url, { headers: { authorization: `Basic ${key}` } })
    await answer.arrayBuffer()
  }
  const begun = performance.now()
  await ask(`${cards.url}/`)
  for (let turn = 0; turn < 3; turn += 1) await ask(`${koha.apiUrl}/patrons/${id}/account`)
  for (let turn = 0; turn < COMMITS; turn += 1)
    await pool.query(
      `insert into webhook (provider, event, event_id, body) values ('bench', 'bare', gen_random_uuid()::text, '')`,
    )
  return performance.now() - begun
}

/** The figure below which such a part of all lies. */
function at(figures: number[], part: number): number {
  const sorted = figures.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}
