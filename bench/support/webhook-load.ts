import { randomBytes } from 'node:crypto'
import pg from 'pg'
import type { Product } from '../../test/support/product.ts'
import { requestsPerSecond } from './load.ts'

const PAYMENTS = 256
const checkoutOf = (id: string) => `bench-${id.slice(0, 2)}`

/** The payments that the webhooks are about. Made once for each database. */
export async function insertPayments({ databaseUrl }: Product): Promise<void> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 })
  await pool.query(
    `insert into payment (reference, patron_id, state, amount, currency, language, provider, checkout_id, created_at, expires_at)
     select 'BENCH-' || n, n, 'paid', 48000, 'SEK', 'sv', 'nets-easy', 'bench-' || lpad(to_hex(n), 2, '0'), now(), now()
     from generate_series(0, $1 - 1) n`,
    [PAYMENTS],
  )
  await pool.end()
}

/** An event of Nets Easy's in the length and shape of a real one, with an id of its own. */
function eventBody(id: string): string {
  return JSON.stringify({
    id,
    merchantNumber: 100_099_001,
    timestamp: '2026-11-21T12:00:00.1185+01:00',
    event: 'payment.charge.created.v2',
    data: {
      chargeId: id,
      orderItems: Array.from({ length: 3 }, () => ({
        reference: '31900.600130.70',
        name: 'Förseningsavgift',
        quantity: 1,
        unit: 'st',
        unitPrice: 16000,
        taxRate: 0,
        taxAmount: 0,
        netTotalAmount: 16000,
        grossTotalAmount: 16000,
      })),
      paymentMethod: 'Visa',
      paymentType: 'CARD',
      amount: { amount: 48000, currency: 'SEK' },
      surchargeAmount: 0,
      paymentId: checkoutOf(id),
      myReference: 'BENCH',
    },
  })
}

/**
 * Stamps ids into one message: as text it would be made anew each time, and the sender must cost less than what it
 * measures. The checkout is one of few, so its digits are those of the template.
 */
function stampedCopies(head: string): () => Buffer {
  const blank = '0'.repeat(32)
  const template = Buffer.from(head + eventBody(blank))
  const places: number[] = []
  for (let at = template.indexOf(blank); at >= 0; at = template.indexOf(blank, at + 1)) places.push(at)
  return () => {
    const copy = Buffer.from(template)
    const id = randomBytes(16).toString('hex')
    for (const place of places) copy.write(id, place, 'latin1')
    return copy
  }
}

/** Webhooks of Nets Easy's that are accepted a second, over so many connections. */
export function acceptedPerSecond(
  { baseUrl, settings }: Product,
  connections: number,
  seconds: number,
): Promise<number> {
  const { hostname: host, port } = new URL(baseUrl)
  const length = Buffer.byteLength(eventBody('0'.repeat(32)))
  const head = `POST /webhooks/nets-easy HTTP/1.1\r\nHost: ${host}\r\nAuthorization: ${settings.netsWebhookSecret}\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`
  return requestsPerSecond({ host, port: Number(port) }, connections, seconds, stampedCopies(head))
}

/** D16: the rate at which a pool of 16 connections commits the same row one by one. */
export async function committedPerSecond({ databaseUrl }: Product, seconds: number): Promise<number> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 16, options: '-c synchronous_commit=on' })
  const end = performance.now() + seconds * 1000
  const nextBody = stampedCopies('')
  let commits = 0
  const keepCommitting = async () => {
    while (performance.now() < end) {
      const id = randomBytes(16).toString('hex')
      await pool.query({
        name: 'one-webhook',
        text: `insert into webhook (provider, event, event_id, checkout_id, body) values ('bench', 'payment.charge.created', $1, $2, $3) on conflict do nothing`,
        values: [id, checkoutOf(id), nextBody()],
      })
      commits += 1
    }
  }
  const start = performance.now()
  await Promise.all(Array.from({ length: 16 }, keepCommitting))
  const rate = commits / ((performance.now() - start) / 1000)
  await pool.end()
  return rate
}
