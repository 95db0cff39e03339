import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeBatch } from '../../../src/areas/exports/make-batch.ts'
import { doDueWriteBacks } from '../../../src/areas/koha-account/do-due-write-backs.ts'
import { applyWebhooks } from '../../../src/areas/payments/apply-webhooks.ts'
import { settleDuePayments } from '../../../src/areas/payments/settle-due-payments.ts'
import { startPayment } from '../../../src/areas/payments/start-payment.ts'
import { deliverDueNotices } from '../../../src/areas/receipts/deliver-notices.ts'
import { ore } from '../../../src/base/money.ts'
import type { Context } from '../../../src/work/context.ts'
import { staffCalled } from '../../support/books.ts'
import { Death, mortal } from '../../support/mortal.ts'
import { startTown, type Town } from '../../support/town.ts'

const KRONOR = 123.45
const ORE = ore(12345)
const MICRO = 10_000

describe('dying at any point of a payment and living again (ASVS V2.3.3)', () => {
  let town: Town
  beforeAll(async () => {
    town = await startTown()
  })
  afterAll(() => town.stop())

  const owe = () =>
    town.koha.world.addDebit({ patronId: 102, type: 'MANUAL', amount: KRONOR, libraryId: 'HUM' }).id

  const start = async (context: Context, debitId: number) => {
    const wish = {
      patronId: 102,
      debitIds: [debitId],
      shown: ORE,
      language: 'sv' as const,
      receiptEmail: 'amir@demo.kvitt.example',
    }
    const outcome = await startPayment(context, wish)
    if (outcome.kind === 'started') town.payByCard(outcome.reference)
  }
  const work = async (context: Context) => {
    await town.cards.world.webhooks.idle()
    await applyWebhooks(context)
    await settleDuePayments(context)
    await doDueWriteBacks(context)
    await deliverDueNotices(context)
  }
  /** One life: from the press of the button to the batch, or to death; says whether it died. */
  const live = async (context: Context, debitId: number) => {
    try {
      await start(context, debitId)
      await work(context)
      await makeBatch(context, { actor: staffCalled('eva') })
      return false
    } catch (error) {
      if (error instanceof Death) return true
      throw error
    }
  }
  const books = async (debitId: number) => {
    const { db } = town.context
    const rows = await db.query<{
      reference: string
      state: string
      parked: string | null
      written: string | null
    }>(
      `select payment.reference, payment.state, payment.parked, write_back.state as written
       from payment join payment_line line on line.payment_id = payment.id
       left join write_back on write_back.payment_id = payment.id where line.debit_id = $1`,
      [debitId],
    )
    const references = rows.map(({ reference }) => reference)
    const charged = [...town.cards.world.payments.values()]
      .filter(({ reference }) => references.includes(reference))
      .flatMap(({ charges }) => charges)
      .reduce((sum, { amount }) => sum + amount, 0)
    const credits = town.koha.world
      .creditsOf(102)
      .filter((line) => references.some((reference) => line.description?.includes(reference)))
    const [booked] = await db.query<{ sum: number; batches: number }>(
      `select coalesce(sum(amount), 0)::int8 as sum, count(distinct batch_number) as batches
       from posting left join batch_posting on posting_id = posting.id where cause = any($1)`,
      [references],
    )
    const receipts = await db.query(
      `select 1 from notice join payment on payment.id = payment_id where reference = any($1)`,
      [references],
    )
    const left = town.koha.world.debitsOf(102).find((line) => line.id === debitId)?.outstanding
    return {
      rows,
      charged,
      credited: credits.reduce((sum, line) => sum - line.amount / MICRO, 0),
      booked: booked?.sum,
      receipts: receipts.length,
      left,
    }
  }
  const quits = { charged: 12345, credited: 12345, booked: 12345, receipts: 1, left: 0 }

  it('leaves four books that agree, whichever point it was', async () => {
    const whole = mortal(town.context, Number.POSITIVE_INFINITY)
    const first = owe()
    await live(whole.context, first)
    await town.passTime(120)
    expect(await books(first)).toMatchObject(quits)
    const points = whole.points()
    expect(points).toBeGreaterThan(60)

    for (let dieAt = 1; dieAt <= points; dieAt += 1) {
      const debitId = owe()
      const life = mortal(town.context, dieAt)
      const died = await live(life.context, debitId)
      // The work may have swallowed the death as it does any trouble; then it is dead all the same.
      expect(died || life.refused() > 0, `nobody died at point ${dieAt}`).toBe(true)
      // What a new process finds: leases run out, the plan looks again, what was begun expires.
      await town.passTime(300, 150)
      const found = await books(debitId)
      const words = `point ${dieAt} of ${points}, ${life.lastWords()}: ${JSON.stringify(found)}`
      if (found.charged > 0) {
        expect(found, words).toMatchObject(quits)
        continue
      }
      // Nothing was taken: the debt can be paid anew, at once or when what was begun has expired.
      expect(found, words).toMatchObject({
        charged: 0,
        credited: 0,
        booked: 0,
        receipts: 0,
        left: KRONOR * 1_000_000,
      })
      await town.passTime(2400, 1200)
      await live(town.context, debitId)
      await town.passTime(120, 120)
      expect(await books(debitId), words).toMatchObject(quits)
    }
  }, 240_000)
})
