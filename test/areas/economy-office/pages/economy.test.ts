import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { localDay } from '../../../../src/base/calendar.ts'
import { type Kvitt, openKvitt, type Page, type Visitor } from '../../../support/open-kvitt.ts'
import { readSie } from '../../../support/sie.ts'

/** Elsa has paid her book, Ingrid waits for Koha, Gun has begun and not paid. */
describe('the economy office', () => {
  let kvitt: Kvitt
  let eva: Visitor
  const paid: Record<string, string> = {}
  let today: string

  beforeAll(async () => {
    kvitt = await openKvitt()
    eva = await kvitt.visitor('eva')
    const { town } = kvitt
    today = localDay(town.clock.now())
    for (const userid of ['elsa', 'asa']) {
      const reference = await town.started(userid)
      paid[userid] = reference
      town.payByCard(reference)
      if (userid === 'asa') town.koha.world.faults.add({ kind: '503', on: 'all' })
      await town.work()
    }
    town.koha.world.faults.clear()
    paid.gun = await town.started('gun')
  })
  afterAll(() => kvitt.stop())

  const places = [
    '/economy',
    '/economy/payments',
    '/economy/payments.csv',
    '/economy/parked',
    '/economy/batches',
    '/economy/batches/next',
  ]

  it.each(places)('lets nobody in to %s but the economy office and the auditor', async (path) => {
    const nobody = await (await kvitt.visitor()).get(path)
    expect([nobody.status, nobody.location]).toEqual([303, `/sign-in?to=${encodeURIComponent(path)}`])
    for (const [userid, status] of [
      ['elsa', 403],
      ['dana', 403],
      ['didrik', 403],
      ['eva', 200],
      ['erik', 200],
      ['rut', 200],
    ] as const) {
      expect([userid, (await (await kvitt.visitor(userid)).get(path)).status]).toEqual([userid, status])
    }
  })

  it('shows what has come in, and every figure leads to what is behind it', async () => {
    const page = await eva.get('/economy')
    expect(page.text).toMatch(/Inbetalt idag \S+ kr 2 betalningar/)
    expect(page.text).toMatch(/Väntar på Koha \S+ kr 1 betalning /)
    expect(page.text).toMatch(/Att utreda 0,00 kr 0 betalningar/)
    const tiles = [...page.html.matchAll(/<a href="(\/economy\/payments\?[^"]+)"/g)].map(([, href = '']) =>
      href.replaceAll('&amp;', '&').replaceAll('&#38;', '&'),
    )
    expect(tiles).toHaveLength(4)
    for (const href of tiles) expect((await eva.get(href)).status).toBe(200)
    const waiting = await eva.get(tiles[2] ?? '')
    expect(waiting.text).toContain(paid.asa)
    expect(waiting.text).not.toContain(paid.elsa)
  })

  describe('its list of payments', () => {
    const references = ({ html }: Page) =>
      [...html.matchAll(/class="code" href="\/economy\/payments\/([^"]+)"/g)].map(
        ([, reference]) => reference,
      )

    it('says how many there are and what they come to', async () => {
      const page = await eva.get('/economy/payments')
      expect(references(page)).toEqual([paid.gun, paid.asa, paid.elsa])
      expect(page.text).toMatch(/3 betalningar, [\d\u00a0 ]+,\d\d kr , varav 2 betalda/)
    })

    it.each([
      ['state=under-way', ['gun']],
      ['state=paid', ['asa', 'elsa']],
      ['state=koha', ['asa']],
      ['state=unexported', ['asa', 'elsa']],
      ['state=parked', []],
      ['from=2020-01-01&to=2020-12-31', []],
    ])('chooses by %s', async (query, people) => {
      const page = await eva.get(`/economy/payments?${query}`)
      expect(references(page)).toEqual(people.map((person) => paid[person]))
      if (people.length === 0) expect(page.text).toContain('Inga betalningar stämmer med filtret.')
    })

    it('finds a reference by its beginning, in whatever letters', async () => {
      expect(
        references(await eva.get(`/economy/payments?reference=${paid.elsa?.slice(0, 9).toLowerCase()}`)),
      ).toEqual([paid.elsa])
    })

    it('chooses by the local day of paying, both ends included', async () => {
      expect(references(await eva.get(`/economy/payments?from=${today}&to=${today}`))).toHaveLength(3)
      expect(references(await eva.get(`/economy/payments?to=2020-01-01`))).toEqual([])
    })

    it.each([
      ['from=igår', 'Skriv från-datum som ÅÅÅÅ-MM-DD.'],
      ['to=2026-02-30', 'Skriv till-datum som ÅÅÅÅ-MM-DD.'],
      ['from=2026-02-02&to=2026-02-01', 'Till-datum är före från-datum.'],
      ['state=rich', 'Läget finns inte.'],
      ["reference=' or 1=1--", 'En referens har bara bokstäver'],
    ])('shows nothing but the fault for %s', async (query, fault) => {
      const page = await eva.get(`/economy/payments?${query}`)
      expect(page.status).toBe(422)
      expect(page.text).toContain(fault)
      expect(references(page)).toEqual([])
      expect((await eva.get(`/economy/payments.csv?${query}`)).status).toBe(400)
    })

    it('gives the same as a file', async () => {
      const file = await eva.get('/economy/payments.csv?state=paid')
      expect(file.headers.get('content-disposition')).toMatch(
        /^attachment; filename="?kvitt-betalningar-\d{4}-\d\d-\d\d\.csv"?$/,
      )
      const [header, ...rows] = file.html.trimEnd().split('\r\n')
      expect(header).toContain('Referens;Dag;Läge;Belopp')
      expect(rows.map((row) => row.split(';')[0])).toEqual([paid.asa, paid.elsa])
      expect(rows[1]).toMatch(new RegExp(`^${paid.elsa};${today};Betald;886,00;Visa;nets-easy;`))
    })
  })

  describe('its page of a payment', () => {
    it('follows the money from the click to the books', async () => {
      const { text } = await eva.get(`/economy/payments/${paid.elsa}`)
      for (const part of [
        '886,00 kr',
        '526,00 kr',
        '31910 · 600130 · 70',
        'Ersättningsavgift',
        'LOST',
        'BIO',
        'Visa',
        'nets-easy',
      ]) {
        expect(text).toContain(part)
      }
      expect(text).toMatch(/Betalsidan öppnades .* Betald .* Registrerad i Koha/)
      expect(text).toMatch(/Registrerad \d+ \S+ \d{4} kl\. \d\d\.\d\d\./)
      expect(text).toMatch(/15810 31910 Inte exporterad 526,00 kr/)
      expect(text).toContain('Skickat')
    })

    it('says why it waits', async () => {
      const { text } = await eva.get(`/economy/payments/${paid.asa}`)
      expect(text).toMatch(/Väntar på att registreras\. Försök \d+\. Senaste besked:/)
    })

    it('tells neither who paid nor what was borrowed', async () => {
      for (const person of ['elsa', 'asa', 'gun']) {
        const patron = kvitt.town.koha.world.patron(person)
        const { html } = await eva.get(`/economy/payments/${paid[person]}`)
        const items = await kvitt.town.context.db.query<{ title: string; barcode: string }>(
          'select title, barcode from payment_line join payment on payment.id = payment_id where reference = $1 and title is not null',
          [paid[person]],
        )
        expect(items.length).toBeGreaterThan(0)
        const secrets = [
          patron.surname,
          patron.cardnumber,
          `${person}@`,
          ...items.flatMap(({ title, barcode }) => [title, barcode]),
        ]
        for (const secret of secrets) if (secret) expect(html).not.toContain(secret)
      }
    })

    it.each(['DEMO-2345-6789-AB', 'x', '..%2f..%2fetc'])('does not exist for %s', async (reference) => {
      expect((await eva.get(`/economy/payments/${reference}`)).status).toBe(404)
    })
  })

  describe('its batches', () => {
    it.each([
      ['/economy/journals', '/economy/batches'],
      ['/economy/journals/7/files/sie4i', '/economy/batches/7/files/sie4i'],
      ['/Economy/Journals?before=50', '/economy/batches?before=50'],
    ])('are found from the old address %s', async (old, now) => {
      const { status, location } = await eva.get(old)
      expect([status, location]).toEqual([301, now])
    })

    const fieldsOf = ({ html }: Page): [string, string][] =>
      [...html.matchAll(/name="(until|postings|total)" value="([^"]+)"/g)].map(
        ([, name = '', value = '']) => [name, value],
      )

    it('may be read but not made by the auditor', async () => {
      const rut = await kvitt.visitor('rut')
      const preview = await rut.get('/economy/batches/next')
      expect(preview.text).toContain('Du kan läsa men inte göra bokföringsordrar.')
      const seen = fieldsOf(await eva.get('/economy/batches/next'))
      const answer = await rut.post('/economy/batches', seen, preview)
      expect(answer.status).toBe(403)
      expect((await eva.get('/economy/batches')).text).toContain('Ingen bokföringsorder har gjorts än.')
    })

    it('are previewed, made once, and locked', async () => {
      const preview = await eva.get('/economy/batches/next')
      expect(preview.text).toContain('Förhandsgranskning')
      expect(preview.text).toMatch(/Skapa bokföringsorder 1 på [\d\u00a0 ]+,\d\d kr/)
      const made = await eva.post('/economy/batches', fieldsOf(preview), preview)
      expect([made.status, made.location]).toEqual([303, '/economy/batches/1?made=1'])
      const again = await eva.post('/economy/batches', fieldsOf(preview), preview)
      expect(again.location).toBe('/economy/batches/next?changed=1')
      const after = await eva.get('/economy/batches/next?changed=1')
      expect(after.text).toContain('Ingen bokföringsorder har gjorts. Granska igen.')
      expect(after.text).toContain('Det finns inget att exportera.')
      const page = await eva.get('/economy/batches/1?made=1')
      expect(page.text).toContain('Bokföringsorder 1 är gjord och låst.')
      expect(page.text).toContain('eva@demo.kvitt.example')
      expect((await eva.get(`/economy/payments/${paid.elsa}`)).html).toContain('href="/economy/batches/1"')
    })

    it('refuse a form that is not theirs', async () => {
      const from = await eva.get('/economy/batches')
      for (const fields of [
        [],
        [['until', 'x']],
        [
          ['until', new Date().toISOString()],
          ['postings', '-1'],
          ['total', '1'],
        ],
      ]) {
        expect((await eva.post('/economy/batches', fields as [string, string][], from)).status).toBe(400)
      }
    })

    it('are fetched again as the same bytes, and it shows by whom', async () => {
      const rut = await kvitt.visitor('rut')
      const one = await eva.get('/economy/batches/1/files/sie4i')
      const other = await rut.get('/economy/batches/1/files/sie4i')
      expect(one.html).toBe(other.html)
      expect(one.headers.get('content-disposition')).toMatch(/filename="?KVITT_000001_\d{4}-\d\d-\d\d\.si"?/)
      const page = await eva.get('/economy/batches/1')
      expect(page.text).toMatch(/Rad i granskningsloggen, och dess kontrollsumma \d+:[0-9a-f]{64}/)
      expect(kvitt.town.logged.filter(({ event }) => event === 'audit-head.written')).toHaveLength(1)
      expect(page.text).toMatch(/SIE 4I rut@demo\.kvitt\.example .* SIE 4I eva@demo\.kvitt\.example/)
    })

    it('hold what was paid, coded, and nothing of who or what (ASVS V8.2.3)', async () => {
      const cookie = eva.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
      const answer = await fetch(`${kvitt.url}/economy/batches/1/files/sie4i`, { headers: { cookie } })
      const bytes = Buffer.from(await answer.arrayBuffer())
      const rows = readSie(bytes).vouchers.flatMap((voucher) => voucher.rows)
      expect(rows).toContainEqual(
        expect.objectContaining({
          account: '31910',
          amount: '-526.00',
          objects: { '1': '600130', '20': '70' },
          text: `LOST ${paid.elsa}`,
        }),
      )
      expect(bytes.toString('latin1')).not.toMatch(/Campbell|14001082337/)
    })

    it.each([
      ['/economy/journals', '/economy/batches'],
      ['/economy/journals/1?made=1', '/economy/batches/1?made=1'],
      ['/Economy/Journals/1/files/csv', '/economy/batches/1/files/csv'],
    ])('are found at the address that was kept when they were called journals: %s', async (old, now) => {
      const { status, location } = await eva.get(old)
      expect([status, location]).toEqual([301, now])
    })

    it.each(['0', '99', 'x', '1/files/gl07', '99/files/sie4i'])('do not exist for %s', async (path) => {
      expect((await eva.get(`/economy/batches/${path}`)).status).toBe(404)
    })
  })

  it('speaks English too', async () => {
    const page = await (await kvitt.visitor('eva', { language: 'en' })).get('/economy')
    expect(page.text).toContain('Economy today')
    expect(page.text).toMatch(/Paid today \S+ kr 2 payments/)
  })
})
