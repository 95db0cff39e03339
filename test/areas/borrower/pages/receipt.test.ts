import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Kvitt, openKvitt } from '../../../support/open-kvitt.ts'

let kvitt: Kvitt
beforeAll(async () => {
  kvitt = await openKvitt()
})
afterAll(() => kvitt.stop())

async function paid(userid: string, debitIds?: number[]): Promise<string> {
  const reference = await kvitt.town.started(userid, debitIds)
  kvitt.town.payByCard(reference)
  await kvitt.town.work()
  return reference
}

describe('a receipt', () => {
  it('shows three proofs with their times, the lines, the receiver and the block', async () => {
    const reference = await paid('elsa')
    const page = await (await kvitt.visitor('elsa')).get(`/payments/${reference}`)
    expect(page.text).toContain('Betald Tack! Betalningen är klar.')
    expect(page.text).toContain('Betalt 886,00 kr')
    for (const proof of [
      'Betald hos Nexi Checkout',
      'Registrerad i bibliotekets system, Koha',
      'Bokförd hos Demouniversitetet',
    ])
      expect(page.text).toMatch(new RegExp(`${proof} Klart, \\d+ \\p{L}+ \\d{4} kl\\. \\d\\d\\.\\d\\d`, 'u'))
    expect(page.text).toContain('Campbell biology')
    expect(page.text).toContain('Visa ···· 4242')
    expect(page.text).toContain(`Referens ${reference}`)
    expect(page.text).toContain('202199-0011')
    expect(page.text).toContain('Ditt bibliotekskonto är inte spärrat.')
    expect(page.text).toContain('Om du lämnar tillbaka boken')
    expect(page.html).not.toContain('data-status')
  })

  it('says what waits when Koha has not got it yet, and that nobody should pay again', async () => {
    kvitt.town.koha.world.faults.add({ kind: '503', on: 'credits' })
    const reference = await paid('bengt')
    const page = await (await kvitt.visitor('bengt')).get(`/payments/${reference}`)
    kvitt.town.koha.world.faults.clear()
    expect(page.text).toContain('Tack! Du har betalat.')
    expect(page.text).toContain('Väntar på bibliotekets system, Koha Väntar')
    expect(page.text).toContain('Betala inte igen.')
    expect(page.text).toContain('Spärren kan ligga kvar tills betalningen är registrerad i Koha.')
    expect(page.html).toContain('data-until="registered"')
  })

  it('says when a person is checking the registration', async () => {
    const reference = await paid('ingrid')
    await kvitt.town.context.db.query(
      `update write_back set state = 'parked', done_at = null where payment_id = (select id from payment where reference = $1)`,
      [reference],
    )
    const page = await (await kvitt.visitor('ingrid')).get(`/payments/${reference}`)
    expect(page.text).toContain('Biblioteket kontrollerar registreringen i Koha Kontrolleras')
  })

  it('lives though Koha is silent, and says that the block is not known', async () => {
    const reference = await paid('asa')
    const asa = await kvitt.visitor('asa')
    kvitt.town.koha.world.faults.add({ kind: '503', on: 'reads' })
    const page = await asa.get(`/payments/${reference}`)
    kvitt.town.koha.world.faults.clear()
    expect(page.status).toBe(200)
    expect(page.text).toContain('vi ser inte just nu om ditt konto är spärrat')
  })

  it('does not wait long for a Koha that is slow', async () => {
    const reference = await paid('karin', karinsPayable())
    const karin = await kvitt.visitor('karin')
    kvitt.town.koha.world.faults.add({ kind: 'slow', on: 'reads', milliseconds: 60_000 })
    const page = await karin.get(`/payments/${reference}`)
    kvitt.town.koha.world.faults.clear()
    expect(page.text).toContain('vi ser inte just nu om ditt konto är spärrat')
  })

  it('tells of money that was not needed and could not be given back by itself', async () => {
    const { koha, cards } = kvitt.town
    cards.world.refunds = 'failed'
    const viggo = koha.world.patron('viggo')
    const [debit] = koha.world.debitsOf(viggo.id)
    const reference = await kvitt.town.started('viggo')
    koha.world.changeDebit(debit?.id ?? 0, 60)
    kvitt.town.payByCard(reference)
    await kvitt.town.work()
    cards.world.refunds = 'completed'
    const page = await (await kvitt.visitor('viggo')).get(`/payments/${reference}`)
    expect(page.text).toContain('35,00 kr behövdes inte')
  })

  it('tells who is blocked for another reason that the block remains', async () => {
    const { world } = kvitt.town.koha
    world.restrict(world.patron('nova').id, { type: 'OR', comment: 'by hand', liftsWhenPaid: false })
    const reference = await paid('nova')
    const page = await (await kvitt.visitor('nova')).get(`/payments/${reference}`)
    expect(page.text).toContain('Ditt bibliotekskonto är fortfarande spärrat.')
    expect(page.text).toContain('så spärren beror på något annat')
  })

  it('can be kept as a PDF', async () => {
    const reference = await paid('tove')
    const tove = await kvitt.visitor('tove')
    const file = await tove.get(`/payments/${reference}/receipt.pdf`)
    expect(file.status).toBe(200)
    expect(file.headers.get('content-type')).toContain('application/pdf')
    expect(file.headers.get('content-disposition')).toContain(`${reference}.pdf`)
    expect(file.html.startsWith('%PDF-')).toBe(true)
    const unpaid = await kvitt.town.started('omar.haddad')
    expect((await (await kvitt.visitor('omar.haddad')).get(`/payments/${unpaid}/receipt.pdf`)).status).toBe(
      404,
    )
  })

  it('can be sent again, to a proper address, five times in all', async () => {
    const reference = await paid('gun')
    const gun = await kvitt.visitor('gun')
    const wrong = await gun.post(`/payments/${reference}/receipt`, [['email', 'gun']])
    expect(wrong.status).toBe(422)
    expect(wrong.text).toContain('Skriv en e-postadress, som namn@exempel.se.')
    for (let round = 0; round < 4; round += 1) {
      const sent = await gun.post(`/payments/${reference}/receipt`, [['email', 'gun@annan.example']])
      expect(sent.location).toBe(`/payments/${reference}?sent=1`)
    }
    expect((await gun.get(`/payments/${reference}?sent=1`)).text).toContain(
      'Kvittot skickas till gun@annan.example.',
    )
    const enough = await gun.post(`/payments/${reference}/receipt`, [['email', 'gun@annan.example']])
    expect(enough.status).toBe(429)
    expect(enough.text).toContain('Kvittot har redan skickats många gånger')
    await kvitt.town.work()
  })

  it('stands among the payments', async () => {
    const page = await (await kvitt.visitor('elsa')).get('/payments')
    expect(page.text).toMatch(/886,00 kr DEMO-[\dA-Z-]+ Betald/)
    const amir = await (await kvitt.visitor('amir')).get('/payments')
    expect(amir.text).toContain('Du har inte betalat något här än.')
  })
})

function karinsPayable(): number[] {
  const { world } = kvitt.town.koha
  return world
    .debitsOf(world.patron('karin').id)
    .filter(({ type }) => type === 'OVERDUE')
    .map(({ id }) => id)
}
