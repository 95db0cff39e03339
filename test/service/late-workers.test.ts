import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { doDueWriteBacks } from '../../src/areas/koha-account/do-due-write-backs.ts'
import { applyWebhooks } from '../../src/areas/payments/apply-webhooks.ts'
import { settleDuePayments } from '../../src/areas/payments/settle-due-payments.ts'
import { readPayment } from '../../src/areas/payments/store.ts'
import { deliverDueNotices } from '../../src/areas/receipts/deliver-notices.ts'
import { doDueRefunds } from '../../src/areas/refunds/do-due-refunds.ts'
import { proposeRefund } from '../../src/areas/refunds/propose-refund.ts'
import { ore } from '../../src/base/money.ts'
import type { Context } from '../../src/work/context.ts'
import { staffCalled } from '../support/books.ts'
import { fourBooks } from '../support/four-books.ts'
import { startTown, type Town } from '../support/town.ts'

/**
 * A worker takes some work for the time of its lease and freezes at once; an hour goes by, another does that work, and
 * then the first wakes up and goes on with what it had in hand.
 */
describe('a worker that was stopped past its lease', () => {
  let town: Town
  let frozen: string[] = []
  beforeAll(async () => {
    town = await startTown((settings) => ({
      ...settings,
      refunds: { approvalFrom: '100000' },
      koha: { ...settings.koha, readSeconds: 1, writeSeconds: 1 },
    }))
  })
  afterAll(() => town.stop())

  /** Freezes when it has taken work of this table. */
  const freezing = (table: string): Context => {
    const { db } = town.context
    return {
      ...town.context,
      db: {
        ...db,
        query: async (text, values) => {
          const rows = await db.query<never>(text, values)
          const taken =
            text.startsWith(`update ${table} set`) && text.includes('skip locked') && rows.length > 0
          if (!taken || frozen.includes(table)) return rows
          frozen.push(table)
          await town.passTime(3600, 600)
          return rows
        },
      },
    }
  }
  const works: [work: string, table: string, late: (context: Context) => Promise<unknown>][] = [
    ['looks', 'payment', settleDuePayments],
    ['write-backs', 'write_back', doDueWriteBacks],
    ['letters', 'notice', deliverDueNotices],
    ['refunds', 'refund', doDueRefunds],
    ['debits', 'refund', doDueWriteBacks],
  ]
  it.each(works)('does no harm with: %s', async (work, table, late) => {
    frozen = []
    const patronId = town.koha.world.patron('amir').id
    const { id } = town.koha.world.addDebit({ patronId, type: 'MANUAL', amount: 120, libraryId: 'HUM' })
    const reference = await town.started('amir', [id])
    town.payByCard(reference)
    await town.cards.world.webhooks.idle()
    await applyWebhooks(town.context)
    if (work !== 'looks') await settleDuePayments(town.context)
    if (work === 'letters') {
      await doDueWriteBacks(town.context)
    }
    if (work === 'refunds' || work === 'debits') {
      await town.work()
      const shown = ore(town.atCards(reference).amount)
      const proposal = { reference, what: { kind: 'rest' as const }, shown, reason: 'Boken fanns på hyllan' }
      const { kind } = await proposeRefund(town.context, { ...proposal, actor: staffCalled('eva') })
      expect(kind).toBe('approved')
    }
    if (work === 'debits') await doDueRefunds(town.context)

    await late(freezing(table))
    expect(frozen, 'it was never stopped').toEqual([table])
    await town.passTime(600, 60)
    const payment = await readPayment(town.context.db, reference)
    expect(payment).toMatchObject({ state: 'paid', parked: null })
    expect((await fourBooks(town, reference)).differences).toEqual([])
    const letters = town.mailbox.inbox.messages().filter(({ messageId }) => messageId?.includes(reference))
    const once = new Set(letters.map(({ messageId }) => messageId))
    expect([...once]).toHaveLength(work === 'refunds' || work === 'debits' ? 2 : 1)
  })
})
