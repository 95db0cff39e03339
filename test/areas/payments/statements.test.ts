import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { doDueWriteBacks } from '../../../src/areas/koha-account/do-due-write-backs.ts'
import { applyWebhooks } from '../../../src/areas/payments/apply-webhooks.ts'
import { settleDuePayments } from '../../../src/areas/payments/settle-due-payments.ts'
import { doDueRefunds } from '../../../src/areas/refunds/do-due-refunds.ts'
import { proposeRefund } from '../../../src/areas/refunds/propose-refund.ts'
import { ore } from '../../../src/base/money.ts'
import { staffCalled } from '../../support/books.ts'
import { fourBooks } from '../../support/four-books.ts'
import { statementsOf } from '../../support/statements.ts'
import { startTown, type Town } from '../../support/town.ts'

let town: Town
beforeAll(async () => {
  town = await startTown()
})
afterAll(() => town?.stop())

/** How many of Koha's accounts were read. */
const accountsRead = () =>
  town.koha.world.requests.filter(({ method, path }) => method === 'GET' && /\/account$/.test(path)).length

const transactions = (statements: string[]) => statements.filter((text) => text === 'BEGIN').length

describe('what one payment costs the database', () => {
  it('is at most 30 statements from the webhook to the credit, and reads the account twice', async () => {
    const [debit] = town.koha.world.debitsOf(town.koha.world.patron('elsa').id)
    const reference = await town.started('elsa', [debit?.id ?? 0])
    const read = accountsRead()
    const statements = await statementsOf(async () => {
      town.payByCard(reference)
      await town.cards.world.webhooks.idle()
      await applyWebhooks(town.context)
      await settleDuePayments(town.context)
      await doDueWriteBacks(town.context)
    })
    const filed = statements.filter((text) => text.startsWith('with filed as')).length
    const seen = statements.join('\n')
    // The company sends several webhooks; one of them is the payment's.
    expect(statements.length - (filed - 1), seen).toBeLessThanOrEqual(30)
    expect(accountsRead() - read).toBe(2)
    expect((await fourBooks(town, reference)).differences).toEqual([])
  })

  it('is at most 20 statements in two transactions to send a refund', async () => {
    const patronId = town.koha.world.patron('amir').id
    const { id } = town.koha.world.addDebit({ patronId, type: 'MANUAL', amount: 120, libraryId: 'HUM' })
    const reference = await town.started('amir', [id])
    town.payByCard(reference)
    await town.work()
    const shown = ore(town.atCards(reference).amount)
    const { kind } = await proposeRefund(town.context, {
      reference,
      what: { kind: 'rest' },
      shown,
      reason: 'Boken fanns på hyllan',
      actor: staffCalled('eva'),
    })
    expect(kind).toBe('approved')
    // What the company's webhooks and the looks at other payments cost is not the refund's.
    const others = /^with filed as|^update payment set look_at = [$]1::timestamptz [+]/
    const statements = (await statementsOf(() => doDueRefunds(town.context))).filter(
      (text) => !others.test(text),
    )
    const seen = statements.join('\n')
    expect(transactions(statements), seen).toBeLessThanOrEqual(2)
    expect(statements.length, seen).toBeLessThanOrEqual(20)
  })
})
