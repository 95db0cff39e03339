import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '../src/database/embedded/embedded.ts'
import { startProduct } from '../test/support/product.ts'
import { type Figure, median } from './support/figure.ts'
import { acceptedPerSecond, insertPayments } from './support/webhook-load.ts'

const MOST = 4
const SECONDS = 3
const ROUNDS = 5
const CONNECTIONS = 32

/**
 * One, two and four processes on one PostgreSQL take in webhooks that are sprayed over them, against one that takes them
 * all. On a machine of few cores nothing can be won: more processes must not cost what they are there to give.
 */
export async function processes(): Promise<Figure[]> {
  const tables = mkdtempSync(join(tmpdir(), 'kvitt-bench-'))
  const server = await startEmbedded(tables, { max_connections: '200' })
  const products = [await startProduct(undefined, { databaseUrl: server.url })]
  try {
    while (products.length < MOST) products.push(await startProduct(undefined, { databaseUrl: server.url }))
    for (const product of products.slice(0, 1)) await insertPayments(product)
    const rateOf = async (count: number, seconds: number) => {
      const rates = await Promise.all(
        products.slice(0, count).map((product) => acceptedPerSecond(product, CONNECTIONS / count, seconds)),
      )
      return rates.reduce((sum, rate) => sum + rate, 0)
    }
    await rateOf(MOST, 2)
    const rounds: { one: number; two: number; four: number }[] = []
    for (let round = 0; round < ROUNDS; round += 1)
      rounds.push({
        one: await rateOf(1, SECONDS),
        two: await rateOf(2, SECONDS),
        four: await rateOf(4, SECONDS),
      })
    return [figure('two', rounds), figure('four', rounds)]
  } finally {
    for (const product of products) await product.close()
    await server.stop()
    rmSync(tables, { recursive: true, force: true })
  }
}

function figure(many: 'two' | 'four', rounds: { one: number; two: number; four: number }[]): Figure {
  const middle = (part: 'one' | 'two' | 'four') => Math.round(median(rounds.map((round) => round[part])))
  return {
    name: `processes-${many}`,
    ratio: median(rounds.map((round) => round[many] / round.one)),
    goal: { at: 'least', ratio: 0.9 },
    words: `${middle(many)} webhooks/s accepted by ${many} processes, ${middle('one')} by one`,
  }
}
