import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Kvitt, openKvitt, type Visitor } from '../../../support/open-kvitt.ts'

/** Dana works at every desk, Dag at Biomedicinska's only. Elsa has paid, Åsa waits for Koha, Gun has begun. */
describe('the desk', () => {
  let kvitt: Kvitt
  let dana: Visitor
  let dag: Visitor
  const references: Record<string, string> = {}
  const patron = (userid: string) => kvitt.town.koha.world.patron(userid)
  const pageOf = (userid: string) => `/desk/patrons/${patron(userid).id}`

  beforeAll(async () => {
    kvitt = await openKvitt()
    dana = await kvitt.visitor('dana')
    dag = await kvitt.visitor('dag')
    const { town } = kvitt
    for (const userid of ['elsa', 'asa']) {
      const reference = await town.started(userid)
      references[userid] = reference
      town.payByCard(reference)
      if (userid === 'asa') town.koha.world.faults.add({ kind: '503', on: 'all' })
      await town.work()
    }
    town.koha.world.faults.clear()
    references.gun = await town.started('gun')
  })
  afterAll(() => kvitt.stop())

  const find = async (visitor: Visitor, typed: string) =>
    visitor.post('/desk/find', [['typed', typed]], await visitor.get('/desk'))

  it('lets in the desk and the auditor, and nobody else', async () => {
    for (const path of ['/desk', pageOf('elsa')]) {
      expect((await (await kvitt.visitor()).get(path)).status).toBe(303)
      for (const [userid, status] of [
        ['elsa', 403],
        ['eva', 403],
        ['didrik', 403],
        ['dana', 200],
        ['rut', 200],
      ] as const)
        expect([userid, path, (await (await kvitt.visitor(userid)).get(path)).status]).toEqual([
          userid,
          path,
          status,
        ])
    }
  })

  it('has one field, in focus, and says nothing of taking payment', async () => {
    const page = await dana.get('/desk')
    expect(page.html.match(/<input(?![^>]*type="hidden")[^>]*>/g)).toHaveLength(1)
    expect(page.html).toMatch(/<input id="typed"[^>]* autofocus>/)
    expect(page.text).not.toMatch(/ta betalt|kortterminal|swish/i)
  })

  describe('finds a patron', () => {
    it('by card number as the scanner reads it, and leaves the number out of the address', async () => {
      const { status, location } = await find(dana, ` ${patron('elsa').cardnumber}\n`)
      expect([status, location]).toEqual([303, pageOf('elsa')])
    })

    it.each([
      ['as it stands', (reference: string) => reference],
      ['in small letters', (reference: string) => reference.toLowerCase()],
      ['without hyphens', (reference: string) => reference.replaceAll('-', '')],
      ['with spaces', (reference: string) => reference.replaceAll('-', ' ')],
    ])('by a reference %s', async (_how, written) => {
      const reference = references.elsa ?? ''
      const { location } = await find(dana, written(reference))
      expect(location).toBe(`${pageOf('elsa')}#${reference}`)
    })

    it.each([
      ['half a card number', () => patron('elsa').cardnumber?.slice(0, -2) ?? ''],
      ['a name', () => 'Lindqvist'],
      ['a card of nobody', () => '99999999'],
      ["Koha's wildcards", () => '%%%%'],
      ['a reference of nobody', () => 'DEMO-2222-2222-22'],
      ['hostile letters', () => '"><script>alert(1)</script>'],
    ])('not by %s, and says what is needed', async (_story, typed) => {
      const page = await find(dana, typed())
      expect(page.status).toBe(404)
      expect(page.text).toContain('Hela numret behövs')
      expect(page.html).not.toContain('<script>alert')
      expect(page.html).toMatch(/aria-invalid="true" autofocus>/)
    })

    it('not by nothing, nor by what a broken scanner repeats', async () => {
      expect((await find(dana, '  ')).text).toContain('Skanna eller skriv')
      expect((await find(dana, '7'.repeat(500))).status).toBe(422)
    })

    it('not for the auditor, who reads', async () => {
      const rut = await kvitt.visitor('rut')
      const page = await rut.get('/desk')
      expect(page.text).toContain('Du läser som revisor')
      expect(page.html).not.toContain('action="/desk/find"')
      expect((await rut.post('/desk/find', [['typed', patron('elsa').cardnumber ?? '']])).status).toBe(403)
    })
  })

  describe('shows a patron', () => {
    it('who it is, whether Koha blocks, and what is owed with its reasons', async () => {
      const page = await dana.get(pageOf('gun'))
      expect(page.text).toContain(patron('gun').surname)
      expect(page.text).toContain(patron('gun').cardnumber)
      expect(page.text).toContain('Ingår i en betalning som inte är klar')
      expect(page.text).toContain(references.gun)
      expect(page.text).toMatch(/Pågår påbörjad .*, kan betalas till \d\d[.]\d\d/)
    })

    it('its payments with three proofs', async () => {
      const done = await dana.get(pageOf('elsa'))
      expect(done.text).toContain('Inga avgifter att betala')
      expect(done.text.match(/Klart \d/g)).toHaveLength(3)
      const waiting = await dana.get(pageOf('asa'))
      expect(waiting.text).toContain('Väntar på Koha')
      expect(waiting.text.match(/Klart \d/g)).toHaveLength(2)
      expect(waiting.text).toContain('registreras automatiskt')
    })

    it('a receipt that can be printed', async () => {
      const { status, headers, html } = await dana.get(`/desk/payments/${references.elsa}/receipt.pdf`)
      expect([status, headers.get('content-type')]).toEqual([200, 'application/pdf'])
      expect(headers.get('content-disposition')).toBe(`inline; filename="${references.elsa}.pdf"`)
      expect(headers.get('cache-control')).toBe('no-store')
      expect(html.slice(0, 5)).toBe('%PDF-')
    })

    it.each([
      '/desk/patrons/0',
      '/desk/patrons/999999',
      '/desk/patrons/elsa',
      '/desk/patrons/1e3',
      '/desk/payments/DEMO-2222-2222-22/receipt.pdf',
      '/desk/payments/x/receipt.pdf',
    ])('but none at %s', async (path) => {
      expect((await dana.get(path)).status).toBe(404)
    })

    it('no receipt of what is not paid', async () => {
      expect((await dana.get(`/desk/payments/${references.gun}/receipt.pdf`)).status).toBe(404)
    })

    it('in English when the clerk reads English', async () => {
      const page = await (await kvitt.visitor('dana', { language: 'en' })).get(pageOf('asa'))
      expect(page.text).toContain('Home library')
      expect(page.text).toContain('Waiting for Koha')
    })
  })

  describe('of one library', () => {
    const stranger = 'elsa'
    it('opens the patrons of that library only, and tells which desk to go to', async () => {
      const own = [...kvitt.town.koha.world.tables.patrons.values()].find(
        ({ libraryId }) => libraryId === 'BIO',
      )
      expect((await dag.get(`/desk/patrons/${own?.id}`)).status).toBe(200)
      expect(patron(stranger).libraryId).not.toBe('BIO')
      const page = await dag.get(pageOf(stranger))
      expect(page.status).toBe(403)
      expect(page.text).toMatch(/Låntagaren hör till \S+/)
      expect(page.text).not.toContain(patron(stranger).surname)
    })

    it('prints no receipt of the others', async () => {
      expect((await dag.get(`/desk/payments/${references.elsa}/receipt.pdf`)).status).toBe(403)
    })
  })

  describe('when Koha is silent', () => {
    it('still tells the payments, to those who may see every patron', async () => {
      kvitt.town.koha.world.faults.add({ kind: '503', on: 'all' })
      try {
        const page = await dana.get(pageOf('elsa'))
        expect(page.status).toBe(503)
        expect(page.text).toContain('Koha svarar inte')
        expect(page.text).toContain(references.elsa)
        expect((await dag.get(pageOf('elsa'))).text).not.toContain(references.elsa)
        expect((await find(dana, patron('elsa').cardnumber ?? '')).status).toBe(503)
      } finally {
        kvitt.town.koha.world.faults.clear()
      }
    })
  })

  it('writes no name, no title and no card number into its log', () => {
    const log = JSON.stringify(kvitt.town.logged)
    for (const word of [patron('elsa').surname, patron('elsa').cardnumber, 'Lindqvist'])
      expect(log).not.toContain(word)
  })
})
