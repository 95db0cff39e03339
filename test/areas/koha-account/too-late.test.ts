import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { doDueWriteBacks } from '../../../src/areas/koha-account/do-due-write-backs.ts'
import { applyWebhooks } from '../../../src/areas/payments/apply-webhooks.ts'
import { settleDuePayments } from '../../../src/areas/payments/settle-due-payments.ts'
import { readPayment } from '../../../src/areas/payments/store.ts'
import { doDueRefunds } from '../../../src/areas/refunds/do-due-refunds.ts'
import { proposeRefund } from '../../../src/areas/refunds/propose-refund.ts'
import { ore } from '../../../src/base/money.ts'
import type { Context } from '../../../src/work/context.ts'
import { staffCalled } from '../../support/books.ts'
import { fourBooks } from '../../support/four-books.ts'
import { startTown, type Town } from '../../support/town.ts'

/** A machine freezes between the intent and the request; another takes over, and then the first wakes up. */
describe('a process that was stopped past its turn', () => {
  let town: Town
  beforeAll(async () => {
    town = await startTown()
  })
  afterAll(() => town.stop())

  /** Freezes once, when what begins so has been committed; meanwhile an hour goes by and somebody else works. */
  const freezing = (statement: string): Context => {
    const { db } = town.context
    let frozen = false
    return {
      ...town.context,
      db: {
        ...db,
        query: async (text, values) => {
          const rows = await db.query<never>(text, values)
          if (frozen || !text.trimStart().startsWith(statement)) return rows
          frozen = true
          await town.passTime(3600, 600)
          return rows
        },
      },
    }
  }
  const paid = async (userid: string) => {
    const reference = await town.started(userid)
    town.payByCard(reference)
    await town.cards.world.webhooks.idle()
    await applyWebhooks(town.context)
    await settleDuePayments(town.context)
    return reference
  }

  it('sends no credit any more', async () => {
    const reference = await paid('elsa')
    const patronId = town.koha.world.patron('elsa').id
    await doDueWriteBacks(freezing('insert into koha_credit'))
    const credits = town.koha.world
      .creditsOf(patronId)
      .filter(({ description }) => description?.startsWith(reference))
    expect(credits).toHaveLength(1)
    await town.work()
    expect((await fourBooks(town, reference)).differences).toEqual([])
  })

  it.each([
    [
      'bengt',
      'before it reads the account: what is paid there is not taken for a surplus',
      'select id, reference, amount',
    ],
    ['gun', 'after it has taken its turn', 'insert into koha_turn'],
  ])('does no harm (%s) %s', async (userid, _when, statement) => {
    const reference = await paid(userid)
    await doDueWriteBacks(freezing(statement))
    await town.passTime(600, 60)
    expect(town.atCards(reference).refunds).toEqual([])
    expect((await readPayment(town.context.db, reference))?.parked).toBeNull()
    expect((await fourBooks(town, reference)).differences).toEqual([])
  })

  it('sends no debit any more', async () => {
    const reference = await paid('ingrid')
    await town.work()
    const sum = town.atCards(reference).amount
    await proposeRefund(town.context, {
      reference,
      what: { kind: 'rest' },
      shown: ore(sum),
      reason: 'Boken fanns på hyllan',
      actor: staffCalled('eva'),
    })
    await doDueRefunds(town.context)
    await doDueWriteBacks(freezing('insert into koha_debit'))
    const owedAgain = town.koha.world
      .debitsOf(town.koha.world.patron('ingrid').id)
      .filter(({ description }) => description?.startsWith(`${reference}-R`))
    expect(owedAgain.reduce((total, { amount }) => total + amount / 10_000, 0)).toBe(sum)
    await town.work()
    expect((await fourBooks(town, reference)).differences).toEqual([])
  })
})
