import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { csvFile } from '../../src/base/csv.ts'
import { type Kvitt, openKvitt } from '../support/open-kvitt.ts'

let kvitt: Kvitt
const hostile = `"><img src=x onerror=alert(1)><script>alert(2)</script>{{7*7}}<%= 7*7 %>=HYPERLINK("http://evil.example")`

beforeAll(async () => {
  kvitt = await openKvitt((settings) => ({ ...settings, mail: { ...settings.mail, titlesInReceipts: true } }))
  const { world } = kvitt.town.koha
  const elsa = world.patron('elsa')
  elsa.firstname = hostile
  for (const line of world.debitsOf(elsa.id)) {
    line.description = hostile
    const item = line.itemId === null ? undefined : world.tables.items.get(line.itemId)
    if (item) item.title = hostile
  }
})
afterAll(() => kvitt?.stop())

describe('titles and names that would like to be programs (ASVS V1.2.1)', () => {
  it('are text on every page of the borrower, and in what is mailed', async () => {
    const elsa = await kvitt.visitor('elsa')
    const [debit] = kvitt.town.koha.world
      .debitsOf(kvitt.town.koha.world.patron('elsa').id)
      .filter(({ outstanding }) => outstanding > 0)
    const before = [await elsa.get('/fees'), await elsa.get(`/fees/check?debit=${debit?.id}`)]
    const reference = await kvitt.town.started('elsa')
    const waiting = await elsa.get(`/payments/${reference}`)
    kvitt.town.payByCard(reference)
    await kvitt.town.work()
    const pages = [
      ...before,
      waiting,
      await elsa.get('/fees'),
      await elsa.get('/payments'),
      await elsa.get(`/payments/${reference}`),
    ]
    for (const page of pages) {
      expect(page.status).toBe(200)
      expect(page.html).not.toMatch(/<img src=x|<script>alert|<%= 7/)
    }
    expect(pages.some(({ html }) => html.includes('&lt;script&gt;alert(2)'))).toBe(true)
    const pdf = await elsa.get(`/payments/${reference}/receipt.pdf`)
    expect([pdf.status, pdf.html.startsWith('%PDF-')]).toEqual([200, true])
    expect(pdf.html).not.toMatch(/\/JavaScript|\/Launch|\/OpenAction|\/URI/)

    const response = await fetch(kvitt.town.mailbox.url)
    expect(await response.text()).not.toMatch(/<img src=x|<script>alert/)
  })

  it('are text at the desk', async () => {
    const dana = await kvitt.visitor('dana')
    const page = await dana.get(`/desk/patrons/${kvitt.town.koha.world.patron('elsa').id}`)
    expect(page.status).toBe(200)
    expect(page.html).not.toMatch(/<img src=x|<script>alert/)
  })

  it('cannot choose a template or its options (ASVS V1.3.7)', async () => {
    const elsa = await kvitt.visitor('elsa')
    const odd =
      '/fees?settings[view%20options][outputFunctionName]=x;process.exit()//&_layout=/etc/passwd&cache=false&client=true&escape=x'
    expect([200, 400]).toContain((await elsa.get(odd)).status)
    expect((await elsa.get('/fees')).status).toBe(200)
  })
})

describe('cells that would like to be formulas (ASVS V1.2.10)', () => {
  it.each(['=1+1', '+1', '-2+3', '@SUM(1)', '\t=1', '\r=1', '\n=1', '\0=1', '＝1', '＋1', '－1', '＠A'])(
    '%j stays text',
    (cell) => {
      const line = csvFile(['a'], [[cell]])
        .toString()
        .split('\r\n')
        .slice(1)
        .join('\r\n')
      expect(line.replace(/^"/, '').startsWith("'")).toBe(true)
    },
  )

  it('and cells that would like to be several', () => {
    expect(csvFile(['a', 'b'], [['x;y', 'say "hi"\r\n;=1']]).toString()).toContain(
      '"x;y";"say ""hi""\r\n;=1"',
    )
  })
})
