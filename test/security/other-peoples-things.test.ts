import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areas } from '../../src/areas.ts'
import { createMetrics } from '../../src/base/metrics.ts'
import { createApp } from '../../src/service/app.ts'
import { type Kvitt, openKvitt, type Visitor } from '../support/open-kvitt.ts'
import { addressOf, routesOf } from '../support/routes.ts'

let kvitt: Kvitt
let elsas: string
let references: string[]
let bengt: Visitor
let token: string

beforeAll(async () => {
  kvitt = await openKvitt((settings) => ({
    ...settings,
    service: { ...settings.service, requestsPerMinute: 100_000 },
  }))
  elsas = await kvitt.town.started('elsa')
  references = [elsas, await kvitt.town.started('ingrid'), await kvitt.town.started('gun')]
  kvitt.town.payByCard(elsas)
  await kvitt.town.work()
  bengt = await kvitt.visitor('bengt')
  token = /name="_csrf" value="([^"]+)"/.exec((await bengt.get('/payments')).html)?.[1] ?? ''
})
afterAll(() => kvitt?.stop())

/** The page without what is different in every answer. */
const shapeOf = (html: string, reference: string) =>
  html.replaceAll(reference, 'REF').replace(/value="[^"]{40,}"/g, 'value=""')

describe("somebody else's payment (ASVS V8.2.2)", () => {
  it('is, on every route that names one, what a payment is that does not exist', async () => {
    const app = createApp({
      areas,
      ...kvitt.town.wired,
      metrics: createMetrics(() => new Date()),
      stopping: () => false,
    })
    const routes = routesOf(app).filter(({ path }) => path.startsWith('/payments/:reference'))
    expect(routes.length).toBeGreaterThan(6)
    const nobodys = `${elsas.slice(0, -2)}${elsas.endsWith('22') ? '33' : '22'}`
    for (const { method, path } of routes) {
      const answers = await Promise.all(
        [elsas, nobodys].map(async (reference) => {
          const address = addressOf(path, { reference })
          const page =
            method === 'GET'
              ? await bengt.get(address)
              : await bengt.post(
                  address,
                  path.endsWith('/receipt') ? [['email', 'bengt@demo.kvitt.example']] : [],
                  {
                    status: 200,
                    location: null,
                    headers: new Headers(),
                    html: `name="_csrf" value="${token}"`,
                    text: '',
                  },
                )
          return [page.status, shapeOf(page.html, reference)]
        }),
      )
      expect([path, answers[0]]).toEqual([path, answers[1]])
      expect([path, answers[0]?.[0]]).toEqual([path, 404])
    }
    const after = await kvitt.town.context.db.query<{ n: number }>('select count(*)::int n from notice')
    // Her own receipt, and none that Bengt has asked for.
    expect(after[0]?.n).toBe(1)
  })

  it('takes as long to not find as one that does not exist', async () => {
    const time = async (reference: string) => {
      const times: number[] = []
      for (let round = 0; round < 15; round += 1) {
        const start = performance.now()
        await bengt.get(`/payments/${reference}`)
        times.push(performance.now() - start)
      }
      return times.sort((a, b) => a - b)[7] ?? 0
    }
    const [theirs, nobodys] = [await time(elsas), await time('KV-0000-0000-00')]
    expect(Math.abs(theirs - nobodys)).toBeLessThan(40)
  })

  it('has a reference that cannot be guessed from another', async () => {
    const numbers = references.map((reference) => reference.replace(/\D/g, ''))
    expect(new Set(numbers).size).toBe(3)
  })
})

describe("somebody else's debts (ASVS V8.2.2, V2.2.1)", () => {
  const debitsOf = (userid: string) => {
    const { world } = kvitt.town.koha
    return world.debitsOf(world.patron(userid).id).filter(({ outstanding }) => outstanding > 0)
  }

  it('cannot be paid, nor looked at, by putting their numbers into a form or an address', async () => {
    const [lars] = debitsOf('lars').concat(debitsOf('gun'))
    const title = 'Korttidslån'
    const check = await bengt.get(`/fees/check?debit=${lars?.id}`)
    expect(check.text).not.toContain(title)
    const form = await bengt.get('/fees')
    const started = await bengt.post(
      '/payments',
      [
        ['debit', String(lars?.id)],
        ['shown', '1000'],
      ],
      form,
    )
    expect([303].includes(started.status) && started.location?.includes('checkout')).toBe(false)
    const rows = await kvitt.town.context.db.query(
      `select 1 from payment_line where debit_id = $1 and holds`,
      [lars?.id],
    )
    const gunHolds = await kvitt.town.context.db.query(
      `select 1 from payment_line l join payment p on p.id = l.payment_id where l.debit_id = $1 and p.patron_id = 104`,
      [lars?.id],
    )
    expect(gunHolds).toEqual([])
    expect(rows.length).toBeLessThanOrEqual(1)
  })
})

describe('a desk that is for one library (ASVS V8.2.2)', () => {
  it('opens no patron and no receipt of another, however it is asked', async () => {
    const { world } = kvitt.town.koha
    const dag = await kvitt.visitor('dag')
    const elsa = world.patron('elsa')
    const ingrid = world.patron('ingrid')
    expect((await dag.get(`/desk/patrons/${elsa.id}`)).status).toBeGreaterThanOrEqual(403)
    expect((await dag.get(`/desk/payments/${elsas}/receipt.pdf`)).status).toBeGreaterThanOrEqual(403)
    expect((await dag.get(`/desk/patrons/${ingrid.id}`)).status).toBe(200)
    const dana = await kvitt.visitor('dana')
    expect((await dana.get(`/desk/patrons/${elsa.id}`)).status).toBe(200)
  })
})
