import { setTimeout as pause } from 'node:timers/promises'
import { claimDueWriteBacks, recordTrouble } from '../src/areas/payments/write-back-store.ts'
import { connect, type Database } from '../src/database/database.ts'
import { fillSettled, fillWaitingForKoha } from '../test/support/filled-tables.ts'
import { startProduct } from '../test/support/product.ts'
import { type Figure, median } from './support/figure.ts'
import { startInstantKoha } from './support/instant-koha.ts'

const OF_EACH_PATRON = 3
const CLAIMS = 41

/**
 * Koha has been down while so many payments were made; then it is up again. What it costs to look for due work while all
 * that waits, against an empty queue; and the memory of the process while it is worked off, at its end against its tenth.
 */
export async function drain(payments = 100_000): Promise<Figure[]> {
  const koha = await startInstantKoha(OF_EACH_PATRON)
  const product = await startProduct((settings) => ({
    ...settings,
    koha: { ...settings.koha, url: koha.apiUrl, auth: { kind: 'basic', user: 'bench', password: 'bench' } },
  }))
  const db = connect({ url: product.databaseUrl, connections: 8, as: 'owner' })
  try {
    // So many have been seen to before: an empty queue beside empty tables is no measure.
    await fillSettled(db, payments)
    await db.query('vacuum analyze')
    const without = await costOfClaim(db)
    koha.setDown(true)
    await fillWaitingForKoha(db, payments, OF_EACH_PATRON)
    await db.query('vacuum analyze')
    await putOffAll(db)
    const withBacklog = await costOfClaim(db)

    koha.setDown(false)
    await db.query(`update write_back set next_try_at = now() where state = 'waiting'`)
    const { perSecond, megabytes } = await watch(koha.booked, payments, product.residentMegabytes)
    const tenth = megabytes[Math.floor(megabytes.length / 10)] ?? Number.NaN
    const end = median(megabytes.slice(-5))
    return [
      {
        name: 'drain-claim-cost',
        ratio: withBacklog / without,
        goal: { at: 'most', ratio: 1.5 },
        words: `a look for due work takes ${withBacklog.toFixed(2)} ms with ${payments} waiting, ${without.toFixed(2)} ms with none`,
      },
      {
        name: 'drain-memory',
        ratio: end / tenth,
        goal: { at: 'most', ratio: 1.2 },
        words: `${Math.round(tenth)} MB after a tenth, ${Math.round(end)} MB at the end, ${Math.round(perSecond)} payments/s`,
      },
    ]
  } finally {
    await db.close()
    await product.close()
    koha.stop()
  }
}

/** Milliseconds of a claim that finds nothing or keeps nothing, in the middle. */
async function costOfClaim(db: Database): Promise<number> {
  const costs: number[] = []
  for (let turn = 0; turn < CLAIMS; turn += 1) {
    const begun = performance.now()
    await claimDueWriteBacks(db, new Date(), 0, 8)
    costs.push(performance.now() - begun)
  }
  return median(costs)
}

/** A long outage: each patron's oldest has been tried a dozen times, and is put off for an hour as the product does it. */
async function putOffAll(db: Database): Promise<void> {
  const heads = await db.query<{ id: number }>(
    `select min(payment_id) as id from write_back where state = 'waiting' group by patron_id`,
  )
  const inAnHour = new Date(Date.now() + 3_600_000)
  const putOff = async () => {
    for (let head = heads.pop(); head; head = heads.pop())
      await recordTrouble(db, head.id, 'Koha is down', inAnHour)
  }
  await Promise.all(Array.from({ length: 8 }, putOff))
  await db.query('vacuum analyze write_back')
}

async function watch(booked: () => number, payments: number, residentMegabytes: () => number) {
  const begun = performance.now()
  const megabytes: number[] = []
  while (booked() < payments) {
    await pause(250)
    // By work done and not by time, so that a tenth is a tenth.
    if (booked() * 100 >= payments * megabytes.length) megabytes.push(residentMegabytes())
  }
  return { perSecond: payments / ((performance.now() - begun) / 1000), megabytes }
}
