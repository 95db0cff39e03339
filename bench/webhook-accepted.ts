import { type Product, startProduct } from '../test/support/product.ts'
import { type Figure, median } from './support/figure.ts'
import { acceptedPerSecond, committedPerSecond, insertPayments } from './support/webhook-load.ts'

const SECONDS = 4
const ROUNDS = 5
const CONNECTIONS = 32

/**
 * Accepting webhooks (secret checked, stored durably, 200) against D16: the rate at which a pool of 16 connections
 * commits the same row one by one, in the same database and the same run.
 */
export async function webhookAccepted(): Promise<Figure[]> {
  const product = await startProduct()
  try {
    const { ratio, accepted, d16 } = await againstD16(product, CONNECTIONS)
    const words = `${accepted} webhooks/s accepted, D16 ${d16} commits/s, ${CONNECTIONS} connections`
    return [{ name: 'webhook-accepted', ratio, goal: { at: 'least', ratio: 1 }, words }]
  } finally {
    await product.close()
  }
}

/** The middle of some rounds, each of which measures both. */
export async function againstD16(
  product: Product,
  connections: number,
): Promise<{ ratio: number; accepted: number; d16: number }> {
  await insertPayments(product)
  await acceptedPerSecond(product, connections, 2)
  const rounds = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const d16 = await committedPerSecond(product, SECONDS)
    const accepted = await acceptedPerSecond(product, connections, SECONDS)
    rounds.push({ d16, accepted, ratio: accepted / d16 })
  }
  return {
    ratio: median(rounds.map(({ ratio }) => ratio)),
    accepted: Math.round(median(rounds.map(({ accepted }) => accepted))),
    d16: Math.round(median(rounds.map(({ d16 }) => d16))),
  }
}
