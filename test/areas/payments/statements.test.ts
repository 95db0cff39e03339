import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { doDueWriteBacks } from '../../../src/areas/koha-account/do-due-write-backs.ts'
import { applyWebhooks } from '../../../src/areas/payments/apply-webhooks.ts'
import { settleDuePayments } from '../../../src/areas/payments/settle-due-payments.ts'
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
})
