import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readNetsOrder } from '../../../../sandbox/cards/nets-order.ts'
import { ore } from '../../../../src/base/money.ts'
import {
  cleanText,
  orderBody,
  subscribedEvents,
} from '../../../../src/outside/providers/nets-easy/order-body.ts'
import { anOrder } from '../an-order.ts'

const SECRET = 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6'

describe('an order for Nets Easy', () => {
  it('goes out exact for every amount from 0.01 to 1,000.00', () => {
    for (let amount = 1; amount <= 100_000; amount += 1) {
      const { order } = orderBody(anOrder([{ reference: '1', name: 'Avgift', amount: ore(amount) }]), SECRET)
      const [item] = order.items
      const sums = [order.amount, item?.unitPrice, item?.netTotalAmount, item?.grossTotalAmount]
      if (sums.some((sum) => sum !== amount)) expect(sums).toEqual([amount, amount, amount, amount])
    }
  })

  it('has items that add up to its amount, however many', () => {
    const amounts = fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(amounts, (list) => {
        const lines = list.map((amount, index) => ({
          reference: `${index}`,
          name: 'Avgift',
          amount: ore(amount),
        }))
        const { order } = orderBody(anOrder(lines), SECRET)
        const itemSum = order.items.reduce((sum, item) => sum + item.grossTotalAmount, 0)
        expect(itemSum).toBe(order.amount)
        expect(order.items.map((item) => item.netTotalAmount)).toEqual(list)
      }),
    )
  })

  it('is let through whatever the fee types and references hold', () => {
    const text = fc.oneof(
      fc.string({ maxLength: 300 }),
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({
        unit: fc.constantFrom('<', '>', "'", '"', '&', '\\', '\u0000', '\ud83d', '😀', 'å'),
        maxLength: 300,
      }),
    )
    fc.assert(
      fc.property(text, text, text, (reference, name, orderReference) => {
        const lines = [{ reference, name, amount: ore(100) }]
        const body = orderBody(anOrder(lines, { reference: `K${orderReference}` }), SECRET)
        const [item] = body.order.items
        for (const each of [item?.reference, item?.name, body.order.reference, body.myReference]) {
          expect(each).not.toMatch(/[<>'"&\\\p{Cc}]/u)
          expect(each?.isWellFormed()).toBe(true)
          expect(each?.length).toBeGreaterThan(0)
          expect(each?.length).toBeLessThanOrEqual(128)
        }
        expect(body.myReference.length).toBeLessThanOrEqual(36)
        expect(readNetsOrder(body, { refuseLoopback: true })).toMatchObject({ ok: true })
      }),
      { numRuns: 300 },
    )
  })

  it('leaves ordinary Swedish alone', () => {
    expect(cleanText('Ersättning för förlorat material, 1 st')).toBe('Ersättning för förlorat material, 1 st')
    expect(cleanText('Åsa Žižković-Ångström')).toBe('Åsa Žižković-Ångström')
    expect(cleanText('Förlorad & ersatt <b>')).toBe('Förlorad ersatt b')
  })

  it('is charged at once, on the hosted page, with ten events and one secret', () => {
    const lines = [{ reference: '1', name: 'Avgift', amount: ore(100) }]
    const body = orderBody(anOrder(lines, { publicDevice: true }), SECRET)
    expect(body.checkout).toMatchObject({
      integrationType: 'HostedPaymentPage',
      charge: true,
      merchantHandlesConsumerData: true,
      publicDevice: true,
      countryCode: 'SWE',
    })
    expect(body.notifications.webHooks).toEqual(
      subscribedEvents.map((eventName) => ({
        eventName,
        url: 'https://avgifter.example/webhooks/nets-easy',
        authorization: SECRET,
      })),
    )
    expect(subscribedEvents).toHaveLength(10)
  })

  it('is our own mistake when it does not add up', () => {
    const lines = [{ reference: '1', name: 'Avgift', amount: ore(100) }]
    expect(() => orderBody(anOrder(lines, { total: ore(99) }), SECRET)).toThrow(
      'Lines are 100 öre, the order 99',
    )
  })
})
