import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cardOutcome } from '../../../sandbox/cards/card.ts'
import { type SandboxCards, startSandboxCards } from '../../../sandbox/cards/server.ts'
import { ore } from '../../../src/base/money.ts'
import type { PaymentProvider } from '../../../src/outside/ports/provider.ts'
import { knownProviders } from '../../../src/outside/providers/list.ts'
import { anOrder } from '../../outside/providers/an-order.ts'
import { atTheCardPage } from './borrower.ts'

let sandbox: SandboxCards
let nets: PaymentProvider

beforeAll(async () => {
  const secretKey = 'test-secret-key-0123456789'
  sandbox = await startSandboxCards({ port: 0, nets: { secretKey }, stripe: { secretKey: 'sk_test_unused' } })
  const settings = {
    apiUrl: sandbox.url,
    checkoutOrigins: [sandbox.url],
    secretKey,
    webhookSecret: 'a1B2c3D4e5F6g7H8',
  }
  nets = knownProviders['nets-easy'].create(settings, { now: () => new Date() })
  // Nobody listens to these payments.
  sandbox.world.webhooks.behaviour.drop = 'all'
})

afterAll(async () => {
  await sandbox.stop()
})

async function started(language: 'sv' | 'en' = 'sv'): Promise<{ checkoutId: string; url: string }> {
  const lines = [{ reference: '1', name: 'Förseningsavgift', amount: ore(16000) }]
  const outcome = await nets.createCheckout(
    anOrder(lines, { language, cancelUrl: 'https://avgifter.example/avbruten' }),
  )
  if (outcome.kind !== 'created') throw new Error(JSON.stringify(outcome))
  return outcome
}

describe('what a card number leads to', () => {
  const now = new Date('2026-11-21T12:00:00Z')
  const card = { number: '4242 4242 4242 4242', expiry: '12/28', cvc: '123' }

  it.each([
    ['4242 4242 4242 4242', 'approved'],
    ['4268270087374847', 'approved'],
    ['5213199803453465', 'approved'],
    ['4000000000000002', 'declined'],
    ['4000000000000069', 'declined'],
    ['4000 0025 0000 3155', 'asks-for-code'],
    ['4000000000000119', 'broken'],
    ['4242424242424241', 'invalid'],
    ['1234', 'invalid'],
    ['', 'invalid'],
  ])('%s: %s', (number, kind) => {
    expect(cardOutcome({ ...card, number }, now).kind).toBe(kind)
  })

  it.each([
    ['11/26', 'approved'],
    ['12/26', 'approved'],
    ['1230', 'approved'],
    ['10/26', 'invalid'],
    ['13/28', 'invalid'],
    ['', 'invalid'],
  ])('valid until %s: %s', (expiry, kind) => {
    expect(cardOutcome({ ...card, expiry }, now).kind).toBe(kind)
  })
})

describe('the payment page', () => {
  it('says in its own language that it is a test, what is paid, and how much', async () => {
    const swedish = await started('sv')
    const page = await (await fetch(swedish.url)).text()
    for (const text of ['Testsida – inga pengar dras', 'Förseningsavgift', '160,00'])
      expect(page).toContain(text)
    expect(page).not.toContain('<script')
    const english = await started('en')
    expect(await (await fetch(english.url)).text()).toContain('Test page – no money is taken')
  })

  it('escapes what an order holds', async () => {
    const { checkoutId, url } = await started()
    const payment = sandbox.world.payments.get(checkoutId)
    if (payment)
      Object.assign(payment, { reference: '<script>alert(1)</script>', cancelUrl: 'javascript:alert(1)' })
    expect(await (await fetch(url)).text()).not.toContain('<script')
    await atTheCardPage(sandbox.url, checkoutId)
    expect(await (await fetch(url)).text()).not.toContain('javascript:')
    expect(await (await fetch(sandbox.url)).text()).not.toContain('<script')
  })

  it('asks the bank for a code: the right one pays, a wrong one is declined', async () => {
    const { checkoutId } = await started()
    const number = '4000002500003155'
    expect((await atTheCardPage(sandbox.url, checkoutId, { number })).page).toContain('1234')
    const wrong = await atTheCardPage(sandbox.url, checkoutId, { do: 'code', code: '9999' })
    expect(wrong.page).toContain('Koden var fel')
    const again = await atTheCardPage(sandbox.url, checkoutId, { do: 'code', code: '1234' })
    expect(again.goesTo).toBeNull()
    await atTheCardPage(sandbox.url, checkoutId, { number })
    const right = await atTheCardPage(sandbox.url, checkoutId, { do: 'code', code: ' 1234 ' })
    expect(right.status).toBe(303)
    expect(await nets.look(checkoutId)).toMatchObject({ kind: 'paid', with: { lastDigits: '3155' } })
  })

  it('says what is wrong with a form, and breaks when asked to, taking nothing', async () => {
    const { checkoutId } = await started()
    expect(await atTheCardPage(sandbox.url, checkoutId, { number: '1' })).toMatchObject({ status: 422 })
    expect(await atTheCardPage(sandbox.url, checkoutId, { number: '4000000000000119' })).toMatchObject({
      status: 500,
    })
    expect(await nets.look(checkoutId)).toMatchObject({ kind: 'open' })
  })

  it('takes a payment once, however often the button is pressed', async () => {
    const { checkoutId } = await started()
    await Promise.all(Array.from({ length: 5 }, () => atTheCardPage(sandbox.url, checkoutId)))
    expect(sandbox.world.payments.get(checkoutId)?.charges).toHaveLength(1)
    expect((await atTheCardPage(sandbox.url, checkoutId)).page).toContain('stängd')
  })

  it('knows no payment of nobody', async () => {
    expect((await fetch(`${sandbox.url}/hostedpaymentpage/?pid=1`)).status).toBe(404)
    expect((await fetch(`${sandbox.url}/c/pay/cs_test_1`)).status).toBe(404)
    expect((await atTheCardPage(sandbox.url, 'nobody')).status).toBe(404)
  })
})

describe("the card company's back office", () => {
  const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(sandbox.url + path, {
      method: 'POST',
      body: new URLSearchParams(fields),
      redirect: 'manual',
      headers,
    })

  it('shows payments, their sums and their webhooks', async () => {
    const { checkoutId } = await started()
    await atTheCardPage(sandbox.url, checkoutId)
    const page = await (await fetch(sandbox.url)).text()
    for (const text of [
      checkoutId,
      'charged',
      'payment.charge.created.v2: dropped',
      'Send again',
      'Refund',
    ]) {
      expect(page).toContain(text)
    }
  })

  it('makes the next call fail, once', async () => {
    const { checkoutId } = await started()
    expect((await post('/admin/faults', { on: 'nets.retrieve', kind: 'error', times: '1' })).status).toBe(303)
    expect(await (await fetch(sandbox.url)).text()).toContain('nets.retrieve: error, 1 more')
    expect(await nets.look(checkoutId)).toMatchObject({ kind: 'unknown' })
    expect(await nets.look(checkoutId)).toMatchObject({ kind: 'open' })
    await post('/admin/faults', { on: 'any', kind: 'cut', times: '9' })
    await post('/admin/faults/clear', {})
    expect(await nets.look(checkoutId)).toMatchObject({ kind: 'open' })
  })

  it('sets how webhooks and money behave', async () => {
    const behaviour = {
      delayMs: '10',
      copies: '2',
      order: 'backwards',
      drop: 'all',
      hold: 'yes',
      versions: 'both',
      numbersAsStrings: 'yes',
      extraKeys: 'no',
      proof: 'wrong',
    }
    await post('/admin/behaviour', behaviour)
    expect(sandbox.world.webhooks.behaviour).toEqual({
      ...behaviour,
      delayMs: 10,
      copies: 2,
      hold: true,
      numbersAsStrings: true,
      extraKeys: false,
    })
    await post('/admin/money', { autoCharge: 'fails', charges: 'declined', refunds: 'pending' })
    expect(sandbox.world).toMatchObject({ autoCharge: 'fails', charges: 'declined', refunds: 'pending' })
    await post('/admin/money', { autoCharge: 'works', charges: 'work', refunds: 'completed' })
  })

  it('is not turned by forms of other sites, nor by forms that do not fit', async () => {
    const money = { autoCharge: 'never', charges: 'work', refunds: 'completed' }
    expect((await post('/admin/money', money, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await post('/admin/money', { ...money, refunds: 'tomorrow' })).status).toBe(422)
    expect((await post('/admin/faults', { on: 'any', kind: 'cut', times: '-1' })).status).toBe(422)
    expect(sandbox.world.autoCharge).toBe('works')
  })
})
