import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { finishRefund } from '../../../sandbox/cards/acts.ts'
import { type Kvitt, openKvitt } from '../../support/open-kvitt.ts'
import { castOf, eva, kronor, type RefundCast } from '../refunds/refund-cast.ts'

/** Amir gets some of his money back, Elsa paid for a debt that was paid at the desk meanwhile. */
describe('what the borrower learns of a refund', () => {
  let kvitt: Kvitt
  let cast: RefundCast
  beforeAll(async () => {
    kvitt = await openKvitt()
    cast = castOf(kvitt.town)
  })
  afterAll(() => kvitt.stop())

  const letters = (refund: string) =>
    kvitt.town.mailbox.messages().filter(({ subject }) => subject.includes(refund))
  const pageOf = async (userid: string, reference: string, language: 'sv' | 'en' = 'sv') =>
    (await kvitt.visitor(userid, { language })).get(`/payments/${reference}`)

  it('is told by mail once the money has left, and not before', async () => {
    const { town } = kvitt
    town.cards.world.refunds = 'pending'
    const reference = await cast.paid('amir', [120])
    await cast.propose(reference, { kind: 'sum', amount: kronor(45.5) })
    await town.work()
    expect(letters(`${reference}-R1`)).toEqual([])
    const waiting = await pageOf('amir', reference)
    expect(waiting.text).toContain('Pengar tillbaka På väg tillbaka till dig 45,50 kr')

    town.cards.world.refunds = 'completed'
    const checkout = town.atCards(reference)
    for (const refund of checkout.refunds) finishRefund(town.cards.world, checkout, refund, 'Completed')
    await town.passTime(600)
    const [letter, ...more] = letters(`${reference}-R1`)
    expect(more).toEqual([])
    expect(letter).toMatchObject({
      to: ['amir@demo.kvitt.example'],
      messageId: `<refund-${reference}-R1-1@demo.kvitt.example>`,
    })
    expect(letter?.text).toMatch(/Demouniversitetets bibliotek har betalat tillbaka 45,50\skr till dig\./)
    expect(letter?.text).toContain('samma väg som du betalade (Visa ···· 4242)')
    expect(letter?.text).toContain('Avgiften finns kvar att betala')
    // What staff wrote to each other is theirs.
    expect(letter?.text).not.toContain('Boken var redan återlämnad')
  })

  it('finds it on the receipt, in the list and in the file', async () => {
    const reference = await cast.paid('ingrid', [80])
    await cast.propose(reference, { kind: 'rest' })
    await kvitt.town.work()
    const ingrid = await kvitt.visitor('ingrid', { language: 'en' })
    const { text } = await ingrid.get(`/payments/${reference}`)
    expect(text).toMatch(/Money back Paid back .+ 80\.00 kr The fee is again to be paid\./)
    expect((await ingrid.get('/payments')).text).toContain('80.00 kr paid back')
    expect((await ingrid.get(`/payments/${reference}/receipt.pdf`)).status).toBe(200)
  })

  it('learns that a surplus is hers and goes back by itself', async () => {
    const { town } = kvitt
    const reference = await cast.paying('elsa', [200])
    const patronId = town.koha.world.patron('elsa').id
    const [debit] = town.koha.world.debitsOf(patronId).slice(-1)
    town.koha.world.payAtDesk({ patronId, debitIds: [debit?.id ?? 0], amount: 50 })
    await town.work()
    const page = await pageOf('elsa', reference)
    expect(page.text).toMatch(/Återbetalt .+ 50,00 kr Avgiften hade minskat eller försvunnit/)
    expect(page.text).not.toContain('Kontakta biblioteket om du inte har hört något')
    expect(letters(`${reference}-R1`)[0]?.text).toContain('så pengarna är dina')
  })

  it('hears nothing of a proposal that is taken back, and honestly of one that does not get through', async () => {
    const { town } = kvitt
    const reference = await cast.paid('bengt', [900])
    await cast.propose(reference, { kind: 'rest' }, eva)
    await town.work()
    expect((await pageOf('bengt', reference)).text).not.toContain('Pengar tillbaka')

    town.cards.world.refunds = 'failed'
    const other = await cast.paid('bengt', [30])
    await cast.propose(other, { kind: 'rest' })
    await town.work()
    town.cards.world.refunds = 'completed'
    expect((await pageOf('bengt', other)).text).toContain('Återbetalningen gick inte fram.')
    expect(letters(`${other}-R1`)).toEqual([])
  })
})
