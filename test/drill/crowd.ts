import { type Browser, createBrowser, type Page } from '../../src/sandbox/visitor/browser.ts'
import { formTo, payByCard, signIn } from '../../src/sandbox/visitor/person.ts'
import type { City } from './city.ts'

/** Borrowers who are signed in and ready to pay. */
export interface Crowd {
  people: Payer[]
}

export interface Payer {
  name: string
  patronId: number
  browser: Browser
}

const NAMES = ['amir', 'ingrid', 'siv', 'asa', 'lars', 'bengt']

export async function gather(city: City): Promise<Crowd> {
  const people = []
  for (const name of NAMES) {
    // An address of their own, as the proxy in front tells it: limits count by address.
    const address = `192.0.2.${people.length + 1}`
    const browser = createBrowser(() => ({ 'x-forwarded-for': address }))
    const page = await signIn(browser, city.baseUrl, name)
    if (page.status !== 200) throw new Error(`${name} cannot sign in: ${page.status}`)
    people.push({ name, browser, patronId: city.koha.world.patron(name).id })
  }
  return { people }
}

/** How one payment goes, where it differs from the ordinary. */
export interface Way {
  /** Kronor of each debt; one debt of an odd sum when left out. */
  debts?: number[]
  /** After the checkout was opened and before the card is used. */
  meanwhile?: (payment: { debitIds: number[]; payer: Payer }) => Promise<void> | void
  /** What is pressed on the card page: `vanish` pays and never comes back. */
  press?: 'pay' | 'vanish' | 'cancel' | 'swish'
  card?: string
}

/** One payment from a fresh debt to the page after paying. Where a fault stops it, it simply ends there. */
export async function payOnce(city: City, payer: Payer, way: Way = {}): Promise<Page | undefined> {
  const debitIds = (way.debts ?? [oddSum()]).map(
    (amount) =>
      city.koha.world.addDebit({ patronId: payer.patronId, type: 'MANUAL', amount, libraryId: 'HUM' }).id,
  )
  try {
    const check = await payer.browser.open(
      `${city.baseUrl}/fees/check?${debitIds.map((id) => `debit=${id}`).join('&')}`,
    )
    const checkout = await payer.browser.send(check, formTo(check, /\/payments$/))
    if (!checkout.url.startsWith(city.cards.url)) return checkout
    await way.meanwhile?.({ debitIds, payer })
    const change: Record<string, string> = {
      do: way.press ?? 'pay',
      ...(way.card ? { number: way.card } : {}),
    }
    if (way.press === undefined && !way.card) return await payByCard(payer.browser, checkout)
    return await payer.browser.send(checkout, formTo(checkout, /\/checkout\//), change)
  } catch {
    return undefined
  }
}

/** Everybody pays at the same time. */
export async function allPay(city: City, crowd: Crowd, way: Way = {}): Promise<void> {
  await Promise.all(crowd.people.map((payer) => payOnce(city, payer, way)))
}

/** Whole öre with an odd end, where floats go wrong. */
function oddSum(): number {
  return (1000 + Math.floor(Math.random() * 9000)) / 100
}
