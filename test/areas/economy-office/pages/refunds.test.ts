import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPayment } from '../../../../src/areas/payments/store.ts'
import { refundsOf } from '../../../../src/areas/refunds/store.ts'
import { type Kvitt, openKvitt, type Page, type Visitor } from '../../../support/open-kvitt.ts'

/** Eva proposes, Erik approves, Rut the auditor reads; Elsa and Åsa have paid. */
describe('giving money back, on the pages', () => {
  let kvitt: Kvitt
  let eva: Visitor
  let erik: Visitor
  const paid: Record<string, string> = {}

  beforeAll(async () => {
    kvitt = await openKvitt()
    eva = await kvitt.visitor('eva')
    erik = await kvitt.visitor('erik')
    for (const userid of ['elsa', 'ingrid']) {
      paid[userid] = await kvitt.town.started(userid)
      kvitt.town.payByCard(paid[userid])
    }
    await kvitt.town.work()
  })
  afterAll(() => kvitt.stop())

  const at = (userid: string) => `/economy/payments/${paid[userid]}`
  const shownIn = ({ html }: Page) => /name="shown" value="(\d+)"/.exec(html)?.[1] ?? ''
  const propose = async (
    userid: string,
    sum: string,
    more: { shown?: string; reason?: string; line?: string } = {},
  ) => {
    const page = await eva.get(at(userid))
    const fields: [string, string][] = [
      ['shown', more.shown ?? shownIn(page)],
      ['sum', sum],
      ['line', more.line ?? ''],
      ['reason', more.reason ?? 'Boken var återlämnad'],
    ]
    return eva.post(`${at(userid)}/refunds`, fields, page)
  }
  const refunds = async (userid: string) => {
    const payment = await readPayment(kvitt.town.context.db, paid[userid] ?? '')
    return refundsOf(kvitt.town.context.db, payment?.id ?? 0)
  }

  it('says how much can be given back, and offers that', async () => {
    const { text, html } = await eva.get(at('elsa'))
    expect(text).toContain('Kan återbetalas: 886,00 kr.')
    expect(html).toContain('name="sum" type="text" value="886,00"')
    expect(text).toContain('Från 500,00 kr krävs att en annan person godkänner.')
  })

  it.each([
    ['no sum', 'mycket', {}, 422, 'Skriv ett belopp'],
    ['no reason', '10', { reason: '  ' }, 422, 'Skriv varför.'],
    ['too much', '886,01', {}, 422, 'Högst 886,00 kr'],
    ['nothing', '0', {}, 422, 'Så mycket går inte att återbetala'],
    ['another sum shown', '10', { shown: '88599' }, 409, 'har ändrats från 885,99 kr till 886,00 kr'],
    ['a line of nobody', '10', { line: '999999' }, 422, 'Så mycket går inte att återbetala'],
  ])('refuses %s, says why, and keeps what was written', async (_what, sum, more, status, words) => {
    const answer = await propose('elsa', sum, more)
    expect(answer.status).toBe(status)
    expect(answer.text).toContain(words)
    expect(answer.html).toContain(`name="sum" type="text" value="${sum}"`)
    expect(await refunds('elsa')).toEqual([])
  })

  it('refuses forms that no page of ours holds', async () => {
    const page = await eva.get(at('elsa'))
    const odd = await eva.post(
      `${at('elsa')}/refunds`,
      [
        ['shown', '-1'],
        ['sum', '1'],
        ['reason', 'x'],
      ],
      page,
    )
    expect(odd.status).toBe(400)
    expect((await eva.post('/economy/refunds/..%2f/approve', [], page)).status).toBe(403)
    expect(
      (await erik.post('/economy/refunds/DEMO-2345-6789-AB-R1/approve', [], await erik.get(at('elsa'))))
        .status,
    ).toBe(404)
  })

  it('wants two for much money: Eva proposes, only Erik approves', async () => {
    const proposed = await propose('elsa', '600')
    expect([proposed.status, proposed.location]).toEqual([303, `${at('elsa')}?done=proposed`])
    const list = await erik.get('/economy/parked')
    expect(list.text).toContain(`${paid.elsa}-R1`)
    expect(list.text).toContain('Boken var återlämnad')
    expect((await eva.get(at('elsa'))).text).toContain('En annan person måste godkänna.')
    const evas = await eva.post(`/economy/refunds/${paid.elsa}-R1/approve`, [], await eva.get(at('elsa')))
    expect(evas.status).toBe(403)
    const again = await propose('elsa', '10', { shown: '88600' })
    expect(again.status).toBe(409)
    expect(again.text).toContain('En annan återbetalning är redan på väg')

    const page = await erik.get(at('elsa'))
    expect(page.text).toContain('Godkänn 600,00 kr')
    const approved = await erik.post(`/economy/refunds/${paid.elsa}-R1/approve`, [], page)
    expect([approved.status, approved.location]).toEqual([303, `${at('elsa')}?done=approved`])
    const twice = await erik.post(`/economy/refunds/${paid.elsa}-R1/approve`, [], page)
    expect([twice.status, twice.text.includes('Någon annan har redan godkänt')]).toEqual([409, true])
    await kvitt.town.work()
    const { text } = await erik.get(at('elsa'))
    expect(text).toContain('Återbetald')
    expect(text).toContain('Kan återbetalas: 286,00 kr.')
    expect(text).toMatch(/31910 15810 Inte exporterad/)
    expect(text).toMatch(/Återbetalning godkänd erik@/)
  })

  it('lets a proposal be declined with a reason', async () => {
    await propose('elsa', '286')
    const page = await erik.get(at('elsa'))
    const withdraw = (reason: string) =>
      erik.post(`/economy/refunds/${paid.elsa}-R2/withdraw`, [['reason', reason]], page)
    expect((await withdraw(' ')).status).toBe(422)
    expect((await withdraw('Fel betalning')).location).toBe(`${at('elsa')}?done=withdrawn`)
    expect((await refunds('elsa')).map(({ state }) => state)).toEqual(['done', 'withdrawn'])
  })

  it('lets the auditor read all of it and do none of it', async () => {
    const rut = await kvitt.visitor('rut')
    const page = await rut.get(at('elsa'))
    expect(page.text).toContain('Återbetald')
    expect(page.html).not.toContain('/refunds"')
    for (const path of [
      `${at('elsa')}/refunds`,
      `${at('elsa')}/resolve`,
      `/economy/refunds/${paid.elsa}-R1/approve`,
    ])
      expect([path, (await rut.post(path, [], page)).status]).toEqual([path, 403])
  })

  it('lists cases and lets one be resolved by hand, with a reason', async () => {
    const { town } = kvitt
    town.cards.world.refunds = 'failed'
    await propose('ingrid', '10')
    await town.work()
    town.cards.world.refunds = 'completed'
    expect((await eva.get('/economy/parked')).text).toMatch(/En återbetalning kom inte fram\. 10,00.kr/)
    const page = await eva.get(at('ingrid'))
    expect(page.text).toContain('Vad vill du göra?')
    const [open] = await town.context.db.query<{ id: number }>(
      'select id from work_case where closed_at is null',
    )
    const resolve = (how: string, reason: string, id = open?.id) =>
      eva.post(
        `${at('ingrid')}/resolve`,
        [
          ['case', String(id)],
          ['how', how],
          ['reason', reason],
        ],
        page,
      )
    expect((await resolve('by-hand', '')).status).toBe(422)
    expect((await resolve('try-again', '')).status).toBe(409)
    expect((await resolve('by-hand', 'x', 999)).text).toContain('Det är redan avgjort.')
    expect((await resolve('by-hand', 'Utbetalt från bankkontot')).location).toBe(
      `${at('ingrid')}?done=resolved`,
    )
    expect((await resolve('by-hand', 'x')).text).toContain('Det är redan avgjort.')
    expect((await eva.get(at('ingrid'))).text).toContain('Utbetalt från bankkontot')
    const trail = await kvitt.town.context.db.query('select act from audit order by id')
    expect(trail.map(({ act }) => act)).toEqual([
      'refund-asked',
      'refund-approved',
      'refund-asked',
      'refund-refused',
      'refund-asked',
      'case-resolved',
    ])
  })
})
