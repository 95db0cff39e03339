import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Kvitt, openKvitt } from '../../../support/open-kvitt.ts'

let kvitt: Kvitt
beforeAll(async () => {
  kvitt = await openKvitt()
})
afterAll(() => kvitt.stop())

describe('a payment under way', () => {
  it('that somebody looks up is not called paid, and can be continued or cancelled', async () => {
    const reference = await kvitt.town.started('ingrid')
    const ingrid = await kvitt.visitor('ingrid')
    const page = await ingrid.get(`/payments/${reference}`)
    expect(page.text).toContain('Pågår Betalningen är inte klar')
    expect(page.text).not.toContain('Betald')
    expect(page.html).toContain(kvitt.town.cards.url)
    expect(page.html).not.toContain('http-equiv="refresh"')

    const cancelled = await ingrid.post(`/payments/${reference}/cancel`, [], page)
    expect(cancelled.location).toBe(`/payments/${reference}`)
    const ended = await ingrid.get(`/payments/${reference}`)
    expect(ended.text).toContain(
      'Avbruten Betalningen avbröts Inga pengar har dragits. Dina avgifter är kvar.',
    )
    expect(ended.html).toMatch(/href="\/fees\?chosen=\d+"/)
  })

  it('that the browser comes back from waits, refreshes by itself, and says when it takes long', async () => {
    const reference = await kvitt.town.started('ingrid')
    const ingrid = await kvitt.visitor('ingrid')
    const back = await ingrid.get(`/payments/${reference}/return?paymentid=whatever&status=paid`)
    expect(back.status).toBe(303)
    expect(back.location).toBe(`/payments/${reference}?returned=1`)

    const page = await ingrid.get(back.location ?? '')
    expect(page.text).toContain('Betalningen behandlas')
    expect(page.text).toContain('Du kan stänga sidan. Kvittot kommer med e-post.')
    expect(page.html).toContain(`content="3;url=/payments/${reference}?returned=1&amp;turn=1"`)
    const late = await ingrid.get(`/payments/${reference}?returned=1&turn=20`)
    expect(late.html).toMatch(/<div data-late(?!\s*hidden)/)
    expect(late.text).toContain('Betala inte igen.')
    expect(late.html).toContain('content="10;url=')
    const over = await ingrid.get(`/payments/${reference}?returned=1&turn=200`)
    expect(over.html).not.toContain('http-equiv="refresh"')
    await ingrid.post(`/payments/${reference}/cancel`, [])
  })

  it('becomes a receipt on return, without any webhook', async () => {
    const reference = await kvitt.town.started('asa')
    kvitt.town.payByCard(reference)
    const asa = await kvitt.visitor('asa')
    await asa.get(`/payments/${reference}/return`)
    const page = await asa.get(`/payments/${reference}?returned=1`)
    expect(page.text).toContain('Betald Tack!')
    await kvitt.town.work()
  })

  it('that is paid though giving up was asked for is paid', async () => {
    const reference = await kvitt.town.started('elsa')
    kvitt.town.payByCard(reference)
    const elsa = await kvitt.visitor('elsa')
    expect((await elsa.get(`/payments/${reference}/given-up`)).location).toBe(`/payments/${reference}`)
    expect((await elsa.get(`/payments/${reference}`)).text).toContain('Betald Tack!')
    await kvitt.town.work()
  })

  it('cannot be cancelled while the payment company is silent, and says so', async () => {
    const reference = await kvitt.town.started('gun')
    const gun = await kvitt.visitor('gun')
    kvitt.town.cards.world.faults.add({ on: 'nets.terminate', kind: 'error', times: 9 })
    kvitt.town.cards.world.faults.add({ on: 'nets.retrieve', kind: 'error', times: 9 })
    const answer = await gun.post(`/payments/${reference}/cancel`, [])
    expect(answer.location).toBe(`/payments/${reference}?cancel=1`)
    const page = await gun.get(answer.location ?? '')
    kvitt.town.cards.world.faults.clear()
    expect(page.text).toContain('Vi kunde inte avbryta betalningen nu')
    expect(page.text).toContain('Avbryt betalningen')
    await gun.post(`/payments/${reference}/cancel`, [])
  })

  it('tells a waiting page its state as JSON', async () => {
    const reference = await kvitt.town.started('viggo')
    const viggo = await kvitt.visitor('viggo')
    const status = async () => JSON.parse((await viggo.get(`/payments/${reference}/status`)).html)
    expect(await status()).toEqual({ state: 'open', parked: false, registered: false })
    kvitt.town.payByCard(reference)
    await kvitt.town.work()
    expect(await status()).toEqual({ state: 'paid', parked: false, registered: true })
  })
})

describe('a payment that did not come to be', () => {
  it.each([
    ['declined', 'Nekad Betalningen nekades'],
    ['expired', 'Avbruten Tiden gick ut'],
    ['failed', 'Avbruten Betalningen kunde inte startas'],
  ])('(%s) says that no money was taken and what to do now', async (state, words) => {
    const reference = await kvitt.town.started('bengt')
    await kvitt.town.context.db.query('update payment set state = $2, look_at = null where reference = $1', [
      reference,
      state,
    ])
    await kvitt.town.context.db.query(
      'update payment_line set holds = false where payment_id = (select id from payment where reference = $1)',
      [reference],
    )
    const page = await (await kvitt.visitor('bengt')).get(`/payments/${reference}`)
    expect(page.text).toContain(words)
    expect(page.text).toContain('Inga pengar har dragits. Dina avgifter är kvar.')
    expect(page.text).toContain('Försök igen')
    expect(page.text).toContain(reference)
  })

  it('that a person must look at says not to pay again', async () => {
    const reference = await kvitt.town.started('bengt')
    await kvitt.town.context.db.query(
      `update payment set parked = 'amount-differs', look_at = null where reference = $1`,
      [reference],
    )
    const bengt = await kvitt.visitor('bengt')
    const page = await bengt.get(`/payments/${reference}`)
    expect(page.text).toContain(
      'Kontrolleras Vi kontrollerar din betalning Pengar kan ha dragits. Betala inte igen.',
    )
    expect((await bengt.get('/fees')).text).toContain('Vi kontrollerar en betalning')
    expect((await bengt.get('/payments')).text).toContain('Kontrolleras')
  })
})

describe("somebody else's payment", () => {
  it('is as unknown as one that never was, on every route', async () => {
    const reference = await kvitt.town.started('priya', [
      kvitt.town.koha.world
        .debitsOf(kvitt.town.koha.world.patron('priya').id)
        .find(({ type }) => type === 'NEW_CARD')?.id ?? 0,
    ])
    const karin = await kvitt.visitor('karin')
    const never = 'DEMO-2222-2222-22'
    const token = await karin.get('/payments')
    for (const path of ['', '/status', '/return', '/given-up', '/receipt.pdf']) {
      const [theirs, none] = [
        await karin.get(`/payments/${reference}${path}`),
        await karin.get(`/payments/${never}${path}`),
      ]
      expect(theirs.status).toBe(404)
      expect(theirs.text.replaceAll(reference, never)).toBe(none.text)
    }
    for (const path of ['/cancel', '/receipt']) {
      const fields: [string, string][] = path === '/receipt' ? [['email', 'a@b.se']] : []
      expect((await karin.post(`/payments/${reference}${path}`, fields, token)).status).toBe(404)
    }
    const [payment] = await kvitt.town.context.db.query<{ state: string }>(
      'select state from payment where reference = $1',
      [reference],
    )
    expect(payment?.state).toBe('open')
  })

  it('is no reference that a search could be tricked with', async () => {
    const karin = await kvitt.visitor('karin')
    for (const strange of ['%25', "DEMO-2222-2222-22'--", '..%2f..', 'a'.repeat(500)])
      expect((await karin.get(`/payments/${strange}`)).status).toBe(404)
  })
})
