import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ageOf } from '../../../../src/areas/operations/pages/age.ts'
import { settingRows } from '../../../../src/areas/operations/pages/setting-rows.ts'
import { type Kvitt, openKvitt, type Visitor } from '../../../support/open-kvitt.ts'

describe('the state of operations', () => {
  let kvitt: Kvitt
  let didrik: Visitor

  beforeAll(async () => {
    kvitt = await openKvitt()
    didrik = await kvitt.visitor('didrik')
  })
  afterAll(() => kvitt.stop())

  it('is for operators and the auditor', async () => {
    for (const [userid, status] of [
      ['elsa', 403],
      ['dana', 403],
      ['eva', 403],
      ['didrik', 200],
      ['rut', 200],
    ] as const)
      expect([userid, (await (await kvitt.visitor(userid)).get('/operations')).status]).toEqual([
        userid,
        status,
      ])
    expect((await (await kvitt.visitor()).get('/operations')).status).toBe(303)
  })

  it('says on a quiet morning that nothing waits', async () => {
    const page = await didrik.get('/operations')
    expect(page.text).toMatch(/Koha Inte frågad än/)
    expect(page.text).toMatch(/Nexi Checkout Inte frågad än/)
    expect(page.text).toContain('Inget väntar på en människa')
    expect(page.text).toMatch(/PostgreSQL \d+[.]\d+/)
    expect(page.text).toMatch(/Senaste migrering \d{4}_/)
  })

  it('shows every setting and no secret', async () => {
    const { html } = await didrik.get('/operations')
    const { config } = kvitt.town.context
    expect(html).toContain('koha.paymentType')
    const secrets =
      JSON.stringify(config).match(/"(?:[^"]*[sS]ecret[^"]*)":(?:"([^"]{8,})"|\["([^"]+)"\])/g) ?? []
    expect(secrets.length).toBeGreaterThan(4)
    for (const pair of secrets) {
      const value = /:\[?"([^"]+)"\]?$/.exec(pair)?.[1] ?? ''
      if (value !== 'KVITT') expect(html).not.toContain(value)
    }
  })

  it('tells a neighbour in trouble in a word, a shape and a colour, with its last words', async () => {
    const { town } = kvitt
    const reference = await town.started('asa')
    town.payByCard(reference)
    town.koha.world.faults.add({ kind: '503', on: 'all' })
    await town.work()
    const page = await didrik.get('/operations')
    expect(page.html).toMatch(/class="tag bad">\s*<svg class="icon"[\s\S]{0,600}?Svarar inte som den ska/)
    expect(page.text).toMatch(/Försöks igen mot Koha/)
    expect(page.text).toContain(reference)
    expect(page.text).toMatch(/Betalda, inte i Koha 1 äldst \d+ s/)
    town.koha.world.faults.clear()
    await town.passTime(1800, 300)
    const later = await didrik.get('/operations')
    expect(later.text).toMatch(/Koha Svarar/)
    expect(later.text).not.toContain(reference)
  })

  it('lists what waits for a person, by reference and without whose it is', async () => {
    const { town } = kvitt
    const reference = await town.started('elsa')
    await town.context.db.query(
      `update payment set parked = 'checkout-unknown', parked_detail = 'the provider says no', parked_at = $2, look_at = null where reference = $1`,
      [reference, town.clock.now()],
    )
    const page = await didrik.get('/operations')
    expect(page.text).toContain(reference)
    expect(page.text).toContain('Betalbolaget känner inte till betalningen')
    expect(page.text).toContain('the provider says no')
    expect(page.html).not.toContain(`/economy/payments/${reference}`)
    expect(page.text).not.toMatch(/Elsa|Lindqvist/)
    const rut = await (await kvitt.visitor('rut')).get('/operations')
    expect(rut.html).toContain(`href="/economy/payments/${reference}#case-`)
  })
})

describe('an age', () => {
  it.each([
    [0, 'seconds', 0],
    [89, 'seconds', 89],
    [90, 'minutes', 2],
    [3600, 'minutes', 60],
    [3 * 3600, 'hours', 3],
    [47 * 3600, 'hours', 47],
    [72 * 3600, 'days', 3],
  ] as const)('of %d seconds is told in %s: %d', (seconds, unit, count) => {
    expect(ageOf(seconds)).toEqual({ unit, count })
  })
})

describe('settings as rows', () => {
  it('are named by their place', () => {
    const rows = settingRows({
      service: { port: 0, notice: undefined },
      people: { staff: [{ id: 'eva', roles: ['economy', 'desk'] }], match: [] },
    })
    expect(rows).toEqual([
      { name: 'service.port', value: '0' },
      { name: 'people.staff 1.id', value: 'eva' },
      { name: 'people.staff 1.roles', value: 'economy, desk' },
      { name: 'people.match', value: '–' },
    ])
  })
})
