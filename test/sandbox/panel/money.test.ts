import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compareMoney } from '../../../sandbox/panel/money.ts'
import { switches } from '../../../sandbox/switches/all-switches.ts'
import { type Product, startProduct } from '../../support/product.ts'

/** A person lets six people pay from the control panel, with Koha well and with Koha broken. */
describe('the money on the control panel', () => {
  let product: Product
  beforeAll(async () => {
    product = await startProduct()
  })
  afterAll(() => product.close())

  const letSixPay = () => fetch(`${product.panel.url}/six-pay`, { method: 'POST' })
  const page = async () => (await fetch(product.panel.url)).text()
  const until = async (holds: () => boolean) => {
    for (let tries = 0; tries < 400 && !holds(); tries += 1)
      await new Promise((later) => setTimeout(later, 50))
  }

  it('is the same in both when all is well', async () => {
    expect((await letSixPay()).status).toBe(200)
    await until(() => compareMoney(product).apart.length === 0)
    const { payments, charged, credited } = compareMoney(product)
    expect(payments).toBe(6)
    expect(credited).toBe(charged)
    expect(await page()).toContain('Koha and the card company agree')
    expect(await page()).toContain('Bengt paid.')
  })

  it('is apart while Koha takes no credit, and the same again when it does', async () => {
    const broken = switches['Koha dies between credits']
    await broken.turnOn(product)
    await letSixPay()
    expect(compareMoney(product).apart).toHaveLength(6)
    expect(await page()).toMatch(/6 payments are not the same in both yet[\s\S]+ kr not in Koha/)
    await broken.turnOff(product)
    await until(() => compareMoney(product).apart.length === 0)
    expect(compareMoney(product).apart).toEqual([])
  }, 60_000)
})
