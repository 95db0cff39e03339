import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ore } from '../../../../src/base/money.ts'
import { formBody } from '../../../../src/outside/providers/stripe/form.ts'
import { sessionFields } from '../../../../src/outside/providers/stripe/session-fields.ts'
import { anOrder } from '../an-order.ts'

const now = new Date('2026-11-21T12:00:00.900Z')
const seconds = (iso: string) => Date.parse(iso) / 1000

interface Row {
  quantity: number
  price_data: { currency: string; unit_amount: number; product_data: { name: string } }
}

function rows(fields: ReturnType<typeof sessionFields>): Row[] {
  return fields.line_items as unknown as Row[]
}

describe('a session at Stripe', () => {
  it('goes out exact for every amount from 0.01 to 1,000.00', () => {
    for (let amount = 1; amount <= 100_000; amount += 1) {
      const fields = sessionFields(anOrder([{ reference: '1', name: 'Avgift', amount: ore(amount) }]), now)
      const sent = rows(fields)[0]?.price_data.unit_amount
      if (sent !== amount) expect(sent).toBe(amount)
    }
  })

  it('has at most 100 rows that add up, however many fees there are', () => {
    const line = fc.record({
      amount: fc.integer({ min: 1, max: 1_000_000 }),
      kind: fc.integer({ min: 0, max: 200 }),
    })
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 400 }), (list) => {
        const lines = list.map(({ amount, kind }, index) => {
          return { reference: `${index}`, name: `Avgift ${kind}`, amount: ore(amount) }
        })
        const order = anOrder(lines)
        const sent = rows(sessionFields(order, now))
        expect(sent.length).toBeLessThanOrEqual(100)
        const total = sent.reduce((sum, row) => sum + row.quantity * row.price_data.unit_amount, 0)
        expect(total).toBe(order.total)
      }),
    )
  })

  it('has a name on each row, whatever the fee types hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
        const fields = sessionFields(anOrder([{ reference: '1', name, amount: ore(100) }]), now)
        const sent = rows(fields)[0]?.price_data.product_data.name ?? ''
        expect(sent.length).toBeGreaterThan(0)
        expect(sent.length).toBeLessThanOrEqual(250)
        expect(sent.isWellFormed()).toBe(true)
        expect(sent).not.toMatch(/\p{Cc}/u)
      }),
    )
  })

  it.each([
    ['half an hour, plus a minute for clocks that differ', '2026-11-21T12:05:00Z', '2026-11-21T12:31:00Z'],
    ['as long as we say', '2026-11-21T13:00:00Z', '2026-11-21T13:00:00Z'],
    ['less than a day', '2026-11-30T12:00:00Z', '2026-11-22T11:59:00Z'],
  ])('lives %s', (_how, expiresAt, expected) => {
    const order = anOrder([{ reference: '1', name: 'Avgift', amount: ore(100) }], { expiresAt })
    expect(sessionFields(order, now).expires_at).toBe(seconds(expected))
  })

  it('says whose it is, in the order and in the payment, and keeps kronor kronor', () => {
    const order = anOrder([{ reference: '31900.600130', name: 'Avgift', amount: ore(100) }], {
      language: 'en',
    })
    expect(sessionFields(order, now)).toMatchObject({
      mode: 'payment',
      ui_mode: 'hosted_page',
      client_reference_id: 'KV-26-0417',
      locale: 'en-GB',
      metadata: { kvitt_reference: 'KV-26-0417', coding_1: '31900.600130 1.00' },
      payment_intent_data: { metadata: { kvitt_reference: 'KV-26-0417', coding_1: '31900.600130 1.00' } },
      adaptive_pricing: { enabled: false },
      line_items: [{ quantity: 1, price_data: { currency: 'sek', unit_amount: 100 } }],
    })
  })

  it('tells where the money belongs: one key for each code string, never more keys than Stripe keeps', () => {
    const line = (reference: string, amount: number) => ({ reference, name: 'Avgift', amount: ore(amount) })
    const metadata = (lines: ReturnType<typeof line>[]) => sessionFields(anOrder(lines), now).metadata
    expect(metadata([line('31900.1', 16000), line('32010.1', 52600), line('31900.1', 1)])).toEqual({
      kvitt_reference: 'KV-26-0417',
      coding_1: '31900.1 160.01',
      coding_2: '32010.1 526.00',
    })
    const many = metadata(Array.from({ length: 60 }, (_, index) => line(`31900.${index}`, 100)))
    expect(Object.keys(many as object).length).toBeLessThanOrEqual(50)
    expect(many).toMatchObject({ coding_40: 'and 21 more' })
  })

  it("offers no remembered cards on a library's computer", () => {
    const lines = [{ reference: '1', name: 'Avgift', amount: ore(100) }]
    const never = { link: { display: 'never' } }
    expect(sessionFields(anOrder(lines, { publicDevice: true }), now).wallet_options).toEqual(never)
    expect(sessionFields(anOrder(lines), now).wallet_options).toBeUndefined()
  })

  it('is our own mistake when it does not add up', () => {
    const lines = [{ reference: '1', name: 'Avgift', amount: ore(100) }]
    expect(() => sessionFields(anOrder(lines, { total: ore(99) }), now)).toThrow(RangeError)
  })
})

describe("Stripe's form encoding", () => {
  it('writes keys in brackets, lists by number, and leaves out what is undefined', () => {
    const body = formBody({ a: 1, b: { c: true, d: [{ e: 'å&=' }, 'f'] }, g: undefined })
    expect(decodeURIComponent(body)).toBe('a=1&b[c]=true&b[d][0][e]=å&=&b[d][1]=f')
    expect(body).toContain('%C3%A5%26%3D')
  })
})
