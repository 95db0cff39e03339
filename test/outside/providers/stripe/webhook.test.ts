import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createStripeWebhookReader } from '../../../../src/outside/providers/stripe/webhook.ts'

const SECRET = 'whsec_madeup'
const TIME = 1_793_696_005
const BODY =
  '{"id":"evt_1","type":"checkout.session.completed","data":{"object":{"object":"checkout.session","id":"cs_test_1"}}}'

const signed = (body: string, time: number | string = TIME, secret = SECRET) =>
  createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')

const read = (header: string | string[] | undefined, { body = BODY, now = TIME, secrets = [SECRET] } = {}) =>
  createStripeWebhookReader({ secrets, toleranceSeconds: 300 })(
    { body: Buffer.from(body), headers: { 'stripe-signature': header } },
    new Date(now * 1000),
  )

describe("Stripe's signature (ASVS V4.1.5)", () => {
  const right = `t=${TIME},v1=${signed(BODY)}`

  it('proves the sender, with any of our secrets and any of its signatures', () => {
    const event = {
      kind: 'event',
      event: 'checkout.session.completed',
      eventId: 'evt_1',
      subject: 'cs_test_1',
    }
    expect(read(right)).toEqual(event)
    expect(read(right, { secrets: ['whsec_new', SECRET] })).toEqual(event)
    expect(read(`t=${TIME},v1=${signed(BODY, TIME, 'whsec_old')},v1=${signed(BODY)},v0=abc`)).toEqual(event)
  })

  it('holds for five minutes, in both directions', () => {
    expect(read(right, { now: TIME + 300 }).kind).toBe('event')
    expect(read(right, { now: TIME + 301 }).kind).toBe('refused')
    expect(read(right, { now: TIME - 300 }).kind).toBe('event')
    expect(read(right, { now: TIME - 301 }).kind).toBe('refused')
  })

  it.each([
    ['no header', undefined],
    ['two headers', [right, right]],
    ['an empty one', ''],
    ['no time', `v1=${signed(BODY)}`],
    ['no signature', `t=${TIME}`],
    ['another scheme', `t=${TIME},v0=${signed(BODY)}`],
    ['half a signature', `t=${TIME},v1=${signed(BODY).slice(0, 32)}`],
    ['letters that are no hex', `t=${TIME},v1=${'z'.repeat(64)}`],
    ['a time that is none, signed', `t=soon,v1=${signed(BODY, 'soon')}`],
    ['a time of the distant past, signed', `t=1,v1=${signed(BODY, 1)}`],
    ['a negative time, signed', `t=-${TIME},v1=${signed(BODY, -TIME)}`],
    ['too many parts to try', `${'v1=0,'.repeat(5000)}t=${TIME},v1=${signed(BODY)}`],
  ])('refuses %s, always with the same answer', (_what, header) => {
    expect(read(header)).toEqual({ kind: 'refused', reason: expect.any(String) })
    expect(read(header)).toEqual(read(`t=${TIME},v1=${'0'.repeat(64)}`))
  })

  it('files events about other things than sessions without a checkout', () => {
    const body =
      '{"id":"evt_2","type":"payment_intent.succeeded","data":{"object":{"object":"payment_intent","id":"pi_1"}}}'
    const reading = read(`t=${TIME},v1=${signed(body)}`, { body })
    expect(reading).toEqual({
      kind: 'event',
      event: 'payment_intent.succeeded',
      eventId: 'evt_2',
      subject: null,
    })
  })
})
