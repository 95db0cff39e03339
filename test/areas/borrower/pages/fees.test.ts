import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Kvitt, openKvitt } from '../../../support/open-kvitt.ts'

let kvitt: Kvitt
beforeAll(async () => {
  kvitt = await openKvitt()
})
afterAll(() => kvitt.stop())

const debitsOf = (userid: string) =>
  kvitt.town.koha.world
    .debitsOf(kvitt.town.koha.world.patron(userid).id)
    .filter(({ outstanding }) => outstanding > 0)

const ticked = (html: string) =>
  [...html.matchAll(/name="debit" value="(\d+)"[^>]*\schecked/g)].map(([, id]) => Number(id))

describe('the fees page', () => {
  it('shows Elsa her sum, her book once, and all three fees ticked', async () => {
    const page = await (await kvitt.visitor('elsa')).get('/fees')
    expect(page.status).toBe(200)
    expect(page.text).toContain('Summa att betala 886,00 kr')
    expect(page.text.match(/Campbell biology/g)).toHaveLength(1)
    expect(page.text).toContain('Förseningsavgift 160,00 kr')
    expect(page.text).toContain('Streckkod 14001082337')
    expect(page.text).toContain('Återlämna boken så försvinner 526,00 kr.')
    expect(page.text).toContain('Du kan inte låna just nu')
    expect(ticked(page.html)).toHaveLength(3)
    expect(page.html).toContain('lang="sv"')
    expect(page.headers.get('cache-control')).toBe('no-store')
  })

  it('keeps a selection that the address carries', async () => {
    const [first] = debitsOf('elsa')
    const page = await (await kvitt.visitor('elsa')).get(`/fees?chosen=${first?.id}`)
    expect(ticked(page.html)).toEqual([first?.id])
  })

  it('says in English what it says in Swedish', async () => {
    const page = await (await kvitt.visitor('elsa', { language: 'en' })).get('/fees')
    expect(page.text).toContain('Total to pay 886.00 kr')
    expect(page.text).toContain('Return the book and 526.00 kr goes away.')
    expect(page.html).toContain('<html lang="en"')
  })

  it('speaks to Priya in the language that Koha knows of her', async () => {
    const priya = await kvitt.visitor('priya')
    const page = await priya.get('/fees', { 'accept-language': 'sv' })
    expect(page.text).toContain('Your fees')
    expect((await priya.get('/payments', { 'accept-language': 'sv' })).text).toContain('My payments')
  })

  it('tells Amir that he is quits', async () => {
    const page = await (await kvitt.visitor('amir')).get('/fees')
    expect(page.text).toContain('Du är kvitt Du har inga avgifter att betala.')
    expect(page.text).not.toContain('Betala valda')
  })

  it('tells Siv that she is blocked though she owes nothing', async () => {
    const page = await (await kvitt.visitor('siv')).get('/fees')
    expect(page.text).toContain('Du är kvitt')
    expect(page.text).toContain('ditt bibliotekskonto är ändå spärrat')
  })

  it('tells Lars what the library owes him', async () => {
    const page = await (await kvitt.visitor('lars')).get('/fees')
    expect(page.text).toContain('Du har 450,00 kr till godo hos biblioteket')
  })

  it('shows what grows beside what can be paid, and says why', async () => {
    const page = await (await kvitt.visitor('priya', { language: 'sv' })).get('/fees')
    expect(page.text).toContain('Summa att betala 120,00 kr')
    expect(page.text).toContain('Av det kan 50,00 kr betalas här nu.')
    expect(page.text).toContain('avgiften växer tills den är återlämnad')
    expect(page.text).toContain('Nytt kort')
  })

  it('shows what is with the debt collectors, and says that it is not paid here', async () => {
    const page = await (await kvitt.visitor('karin')).get('/fees')
    expect(page.text).toContain('Avgift hos inkasso 1 240,00 kr')
    expect(page.text).toContain('Betalas inte här.')
  })

  it('offers Pelle no button for less than the minimum', async () => {
    const page = await (await kvitt.visitor('pelle')).get('/fees')
    expect(page.text).toContain('Minsta belopp är 10,00 kr')
    expect(page.html).not.toContain('data-button')
    expect(page.html).not.toContain('type="checkbox"')
  })

  it("parts Gun's 42 fees by library, each with its sum", async () => {
    const page = await (await kvitt.visitor('gun')).get('/fees')
    expect(page.html.match(/<section class="part"/g)).toHaveLength(5)
    expect(page.text).toMatch(/Konstbiblioteket [\d ]+,\d\d kr/)
    expect(page.text).toContain('3 239,99 kr')
    expect(ticked(page.html)).toHaveLength(42)
  })

  it('writes hostile titles as the text they are', async () => {
    const page = await (await kvitt.visitor('tove')).get('/fees')
    expect(page.html).not.toMatch(/<script>|<img/i)
    expect(page.html).toContain('&lt;')
    expect(page.html).toContain('Tove O&#39;Brien &lt;Tabell&gt;')
  })

  it('shows no old list when Koha is silent, and keeps the way to the receipts', async () => {
    const elsa = await kvitt.visitor('elsa')
    expect((await elsa.get('/fees')).text).toMatch(/\d\skr/)
    kvitt.town.koha.world.faults.add({ kind: '503', on: 'reads' })
    const page = await elsa.get('/fees')
    kvitt.town.koha.world.faults.clear()
    expect(page.status).toBe(503)
    expect(page.headers.get('retry-after')).toBe('60')
    expect(page.text).toContain('Vi kan inte visa dina avgifter just nu')
    expect(page.text).toContain('Inga pengar har dragits och dina avgifter är kvar.')
    expect(page.html).toContain('href="/payments"')
    expect(page.text).not.toMatch(/\d\skr/)
  })

  it('shows a payment that is not finished, with its debts held and a way on and out', async () => {
    const reference = await kvitt.town.started('ingrid')
    const ingrid = await kvitt.visitor('ingrid')
    const page = await ingrid.get('/fees')
    expect(page.text).toContain('Du har en betalning som inte är klar')
    expect(page.text).toContain('Ingår i en betalning som inte är klar.')
    expect(page.html).toContain(`action="/payments/${reference}/cancel"`)
    expect(page.html).not.toContain('data-button')

    expect((await ingrid.post(`/payments/${reference}/cancel`, [], page)).location).toBe(
      `/payments/${reference}`,
    )
    expect((await ingrid.get('/fees')).text).not.toContain('inte är klar')
  })

  it('has news of a payment that became paid while the browser was closed', async () => {
    const reference = await kvitt.town.started('asa')
    kvitt.town.payByCard(reference)
    await kvitt.town.work()
    const page = await (await kvitt.visitor('asa')).get('/fees')
    expect(page.text).toContain('Din betalning på 75,50 kr är klar')
    expect(page.html).toContain(`href="/payments/${reference}"`)
    expect(page.text).toContain('Du är kvitt')
  })

  it('counts no fee twice that is paid and not yet registered', async () => {
    const reference = await kvitt.town.started('bengt')
    kvitt.town.koha.world.faults.add({ kind: '503', on: 'credits' })
    kvitt.town.payByCard(reference)
    await kvitt.town.work()
    const page = await (await kvitt.visitor('bengt')).get('/fees')
    kvitt.town.koha.world.faults.clear()
    expect(page.text).toContain('Betala inte igen.')
    expect(page.text).toContain('Summa att betala 0,00 kr')
    expect(page.text).toContain('Betalt, och på väg till Koha')
    expect(page.text).not.toContain('Kan inte betalas')
  })

  it('refuses addresses that it does not understand, and minds no strange marks in them', async () => {
    const elsa = await kvitt.visitor('elsa')
    expect((await elsa.get('/fees?chosen=all')).status).toBe(400)
    expect((await elsa.get('/fees?chosen=1.5')).status).toBe(400)
    expect((await elsa.get('/fees?fbclid=abc')).status).toBe(200)
  })

  it('sends who is not signed in to sign in, and back', async () => {
    const page = await (await kvitt.visitor()).get('/fees')
    expect(page.status).toBe(303)
    expect(page.location).toBe('/sign-in?to=%2Ffees')
  })

  it('tells Frida that she has no library account', async () => {
    const page = await (await kvitt.visitor('frida')).get('/fees')
    expect(page.status).toBe(403)
    expect(page.text).toContain('Vi hittar inget bibliotekskonto')
    expect(page.html).toContain('action="/sign-out"')
  })
})

describe('with payments closed', () => {
  it('the fees are shown, and why nothing can be paid', async () => {
    const closed = await openKvitt((settings) => ({
      ...settings,
      payments: { ...settings.payments, open: false },
    }))
    const elsa = await closed.visitor('elsa')
    const page = await elsa.get('/fees')
    expect(page.text).toContain('886,00 kr')
    expect(page.text).toContain('Betalning på nätet är stängd just nu')
    expect(page.html).not.toContain('data-button')
    const forced = await elsa.post('/payments', [
      ['debit', '1'],
      ['shown', '100'],
      ['email', ''],
    ])
    expect(forced.status).toBe(503)
    expect(forced.text).toContain('Inga pengar har dragits')
    await closed.stop()
  })
})
