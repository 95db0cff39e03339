import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noticesOf, writeReceiptAgain } from '../../../src/areas/notices/store.ts'
import { linesOf } from '../../../src/areas/payments/line-store.ts'
import { readPayment } from '../../../src/areas/payments/store.ts'
import { deliverDueNotices } from '../../../src/areas/receipts/deliver-notices.ts'
import { startTown, type Town } from '../../support/town.ts'

describe('the receipt by mail', () => {
  let town: Town
  beforeAll(async () => {
    town = await startTown()
  })
  afterAll(() => town.stop())

  const pay = async (userid: string, debitIds?: number[]) => {
    const reference = await town.started(userid, debitIds)
    town.payByCard(reference)
    await town.work()
    return reference
  }
  const lettersAbout = (reference: string) =>
    town.mailbox.messages().filter(({ subject }) => subject.includes(reference))
  const noticesAbout = async (reference: string) => {
    const payment = await readPayment(town.context.db, reference)
    return noticesOf(town.context.db, payment?.id ?? 0)
  }

  it('comes to Elsa once, when Koha has her payment, with the PDF and without her book', async () => {
    const reference = await pay('elsa')
    const [letter, ...more] = lettersAbout(reference)
    expect(more).toEqual([])
    expect(letter).toMatchObject({
      to: ['elsa@demo.kvitt.example'],
      messageId: `<receipt-${reference}-1@demo.kvitt.example>`,
      attachments: [{ filename: `kvitto-${reference}.pdf`, contentType: 'application/pdf' }],
    })
    expect(letter?.text).toContain('886,00')
    expect(letter?.text).not.toMatch(/Väntar|Campbell/)
  })

  it('says so when Koha does not answer: Åsa is not kept waiting for it', async () => {
    const reference = await town.started('asa')
    town.payByCard(reference)
    town.koha.world.faults.add({ kind: '503', on: 'all' })
    await town.work()
    expect(lettersAbout(reference)).toEqual([])
    await town.passTime(90)
    town.koha.world.faults.clear()
    const [letter] = lettersAbout(reference)
    expect(letter?.text).toContain('Väntar på att registreras i Koha')
    await town.passTime(600)
    expect(lettersAbout(reference)).toHaveLength(1)
  })

  it('waits for the mail server to come up again', async () => {
    await town.mailbox.goDown()
    const reference = await pay('ingrid')
    expect((await noticesAbout(reference)).map(({ state }) => state)).toEqual(['waiting'])
    await town.mailbox.comeUp()
    await town.passTime(120)
    expect((await noticesAbout(reference)).map(({ state }) => state)).toEqual(['sent'])
    expect(lettersAbout(reference)).toHaveLength(1)
  })

  it('is given up when nobody lives at the address, and comes when another is given', async () => {
    town.mailbox.inbox.refused.add('bengt@demo.kvitt.example')
    const reference = await pay('bengt')
    expect((await noticesAbout(reference)).map(({ state }) => state)).toEqual(['given-up'])
    const payment = await readPayment(town.context.db, reference)
    await town.context.db.transaction((tx) =>
      writeReceiptAgain(tx, {
        paymentId: payment?.id ?? 0,
        reference,
        address: 'bengt.privat@demo.kvitt.example',
        language: 'en',
        now: town.clock.now(),
      }),
    )
    await town.work()
    const [letter] = lettersAbout(reference)
    expect(letter).toMatchObject({
      to: ['bengt.privat@demo.kvitt.example'],
      messageId: `<receipt-${reference}-2@demo.kvitt.example>`,
    })
    expect(letter?.text).toContain('You have paid')
  })

  it('names the book where the library has decided so', async () => {
    const { id } = town.koha.world.addDebit({
      patronId: town.koha.world.patron('elsa').id,
      type: 'LOST',
      amount: 20,
      libraryId: 'BIO',
      itemId: 601,
    })
    const reference = await pay('elsa', [id])
    const payment = await readPayment(town.context.db, reference)
    const { config } = town.context
    await town.context.db.transaction((tx) =>
      writeReceiptAgain(tx, {
        paymentId: payment?.id ?? 0,
        reference,
        address: 'elsa@demo.kvitt.example',
        language: 'sv',
        now: town.clock.now(),
      }),
    )
    await deliverDueNotices({
      ...town.context,
      config: { ...config, mail: { ...config.mail, titlesInReceipts: true } },
    })
    // Newest first.
    const [open, discreet] = lettersAbout(reference)
    const titles = (await linesOf(town.context.db, payment?.id ?? 0)).flatMap(({ title }) => title ?? [])
    expect(titles.length).toBeGreaterThan(0)
    for (const title of titles) {
      expect(discreet?.text).not.toContain(title)
      expect(open?.text).toContain(title)
    }
  })

  it('leaves no address and no title in the log', async () => {
    const lines = JSON.stringify(town.logged)
    expect(lines).not.toMatch(/@demo\.kvitt\.example|Campbell/)
  })
})
