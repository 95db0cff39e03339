import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeBatch } from '../../src/areas/exports/make-batch.ts'
import { staffCalled } from '../support/books.ts'
import { type Kvitt, openKvitt } from '../support/open-kvitt.ts'

/** What nobody but the borrower, Koha and the desk may see, in the ways that people write it. */
const seeded = {
  number: '199003141234',
  short: '9003141234',
  hyphen: '900314-1234',
  long: '19900314-1234',
  title: 'En mycket hemlig boktitel',
  firstname: 'Hemlignamn',
  surname: 'Skyddadsson',
  barcode: '9999777755',
}
const email = 'hemlig.adress@demo.kvitt.example'
const secrets = Object.values(seeded)

let kvitt: Kvitt
let pages: { path: string; html: string }[]

beforeAll(async () => {
  kvitt = await openKvitt()
  const { town } = kvitt
  const { world } = town.koha
  const elsa = world.patron('elsa')
  Object.assign(elsa, {
    cardnumber: seeded.number,
    firstname: seeded.firstname,
    surname: seeded.surname,
    preferredName: seeded.firstname,
    email,
  })
  elsa.attributes.push({ id: 9999, type: 'PNR', value: seeded.hyphen })
  for (const line of world.debitsOf(elsa.id)) {
    line.description = `${seeded.title} ${seeded.long}`
    const item = line.itemId === null ? undefined : world.tables.items.get(line.itemId)
    if (item) Object.assign(item, { title: `${seeded.title} ${seeded.short}`, barcode: seeded.barcode })
  }

  // A day in the life: looking, declining, paying, giving up, a receipt once more, the books, the desk, the operator.
  const visitor = await kvitt.visitor('elsa')
  const visit = async (path: string) => ({ path, html: (await visitor.get(path)).html })
  pages = [await visit('/fees')]
  const reference = await town.started('elsa', undefined, { receiptEmail: email })
  pages.push(await visit(`/payments/${reference}`))
  town.declineCard(reference)
  await town.work()
  town.payByCard(reference)
  await town.work()
  pages.push(await visit(`/payments/${reference}`), await visit('/payments'))
  await visitor.post(`/payments/${reference}/receipt`, [['email', email]])
  world.addDebit({
    patronId: elsa.id,
    type: 'MANUAL',
    amount: 20,
    description: seeded.title,
    libraryId: 'HUM',
  })
  const second = await town.started('elsa', undefined, { receiptEmail: email })
  await visitor.post(`/payments/${second}/cancel`, [])
  town.koha.world.faults.add({ kind: '500-after', on: 'credits', times: 2 })
  await town.started('ingrid')
  await town.passTime(3600, 600)
  await makeBatch(town.context, { actor: staffCalled('eva') })
  const dana = await kvitt.visitor('dana')
  await dana.get(`/desk/patrons/${elsa.id}`)
  await dana.post('/desk/find', [['find', seeded.number]])
  for (const [userid, path] of [
    ['eva', '/economy'],
    ['eva', '/economy/payments'],
    ['eva', '/economy/payments.csv'],
    ['eva', `/economy/payments/${reference}`],
    ['eva', '/economy/batches/1'],
    ['eva', '/economy/batches/1/files/csv'],
    ['eva', '/economy/batches/1/files/sie4i'],
    ['didrik', '/operations'],
    ['rut', '/audit'],
  ] as const) {
    const { html, status } = await (await kvitt.visitor(userid)).get(path)
    expect([path, status]).toEqual([path, 200])
    staffPages.push({ path, html })
  }
  pages.push({ path: 'reference', html: reference })
})
const staffPages: { path: string; html: string }[] = []
afterAll(() => kvitt?.stop())

const heldIn = (text: string) => [...secrets, email].filter((secret) => text.includes(secret))

describe('a personal number, a name, a title, an address (ASVS V14.2.1, V14.2.3, V14.2.4, V14.2.6, V15.3.1, V16.2.5)', () => {
  it('were there to be found: the borrower and the desk see what they should', () => {
    expect(pages.some(({ html }) => html.includes(seeded.title))).toBe(true)
  })

  it('stand in no line of the log', () => {
    expect(kvitt.town.logged.length).toBeGreaterThan(20)
    expect(heldIn(JSON.stringify(kvitt.town.logged))).toEqual([])
  })

  it('have not gone to the payment company', () => {
    const { payments, webhooks } = kvitt.town.cards.world
    const known = JSON.stringify([[...payments.values()], webhooks], (_key, value) =>
      value instanceof Map ? [...value] : typeof value === 'function' ? undefined : value,
    )
    expect(known.includes('DEMO-')).toBe(true)
    expect(heldIn(known)).toEqual([])
  })

  it('stand in no address, neither ours nor in what we ask Koha', () => {
    const links = [...pages, ...staffPages].flatMap(({ html }) =>
      [...html.matchAll(/(?:href|src|action)="([^"]*)"/g)].map(([, address]) =>
        decodeURIComponent(address ?? ''),
      ),
    )
    // The library's own address for questions is nobody's secret.
    expect(heldIn(links.join('\n'))).toEqual([])
    const asked = kvitt.town.koha.world.requests.map(({ path, query }) =>
      decodeURIComponent(`${path}${query}`),
    )
    const elsewhere = asked.filter((address) => !/^\/patrons\?.*(?:cardnumber|_match)/.test(address))
    expect(heldIn(elsewhere.join('\n'))).toEqual([])
  })

  it('stand in no page of the economy office, the operator or the auditor, and in no file of theirs', () => {
    for (const { path, html } of staffPages) expect([path, heldIn(html)]).toEqual([path, []])
  })

  it('are in no figure', async () => {
    const metrics = await (await fetch(`${kvitt.url}/metrics`)).text()
    expect(metrics).toContain('kvitt_')
    expect(heldIn(metrics)).toEqual([])
  })

  it('stand in the columns that are for them, and in no other of the whole database', async () => {
    const { db } = kvitt.town.context
    const mayHold: Record<string, RegExp> = {
      payment: /"receipt_email":"[^"]*"/g,
      payment_line: /"(?:title|barcode)":"[^"]*"/g,
      notice: /"address":"[^"]*"/g,
      // Who is signed in, until they sign out: the name is shown on their pages.
      session: /.*/g,
    }
    const tables = await db.query<{ name: string }>(
      `select c.relname as name from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and has_table_privilege(c.oid, 'select')`,
    )
    expect(tables.length).toBeGreaterThan(15)
    for (const { name } of tables) {
      const rows = await db.query<{ row: string }>(`select to_jsonb(t)::text as row from "${name}" t`)
      const text = rows
        .map(({ row }) => row.replaceAll('": "', '":"').replace(mayHold[name] ?? /^$/, ''))
        .join('\n')
      // Bytes are shown as hex: look inside.
      const bytes = [...text.matchAll(/\\\\x([0-9a-f]+)/g)].map(([, hex]) =>
        Buffer.from(hex ?? '', 'hex').toString(),
      )
      expect([name, heldIn(text + bytes.join('\n'))]).toEqual([name, []])
    }
  })
})
