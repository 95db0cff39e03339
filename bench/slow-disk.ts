import { startProduct } from '../test/support/product.ts'
import type { Figure } from './support/figure.ts'
import { startSlowServer } from './support/slow-server.ts'
import { againstD16 } from './webhook-accepted.ts'

const SLOWER_MS = 5
const CONNECTIONS = 128

/** Accepting webhooks against D16 where each wait for the disk takes 5 ms longer: what gathering them is for. */
export async function slowDisk(): Promise<Figure[]> {
  const server = await startSlowServer(SLOWER_MS)
  if (typeof server === 'string') {
    console.log(`SKIPPED slow-disk: ${server}`)
    return []
  }
  const product = await startProduct(undefined, { databaseUrl: server.url })
  try {
    const { ratio, accepted, d16 } = await againstD16(product, CONNECTIONS)
    const words = `${accepted} webhooks/s accepted, D16 ${d16} commits/s, each fdatasync ${SLOWER_MS} ms slower, ${CONNECTIONS} connections`
    return [{ name: 'webhook-accepted-slow-disk', ratio, goal: { at: 'least', ratio: 4 }, words }]
  } finally {
    await product.close()
    await server.stop()
  }
}
