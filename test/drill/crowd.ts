import { type Browser, createBrowser, type Page } from '../../sandbox/visitor/browser.ts'
import { formTo, signIn } from '../../sandbox/visitor/person.ts'
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

/** An address of its own for each hundred requests, as the proxy in front tells it: limits count by address. */
let requests = 0
const anAddress = () => {
  requests += 1
  const number = Math.floor(requests / 100)
  return { 'x-forwarded-for': `10.${Math.floor(number / 250) % 250}.${number % 250}.1` }
}

export function newBrowser(): Browser {
  return createBrowser(anAddress)
}

export async function gather(city: City): Promise<Crowd> {
  const people = NAMES.map((name) => ({
    name,
    browser: newBrowser(),
    patronId: city.koha.world.patron(name).id,
  }))
  await Promise.all(people.map((payer) => enter(city, payer)))
  return { people }
}

/** Somebody who works here, freshly signed in. */
export async function clerk(city: City, name = 'eva', to = '/economy'): Promise<Browser> {
  const browser = newBrowser()
  const page = await signIn(browser, city.baseUrl, name, to)
  if (page.status !== 200) throw new Error(`${name} cannot sign in: ${page.status}`)
  return browser
}

/** Signs a borrower in. */
export async function enter(city: City, payer: Payer): Promise<void> {
  const page = await signIn(payer.browser, city.baseUrl, payer.name)
  if (page.status !== 200) throw new Error(`${payer.name} cannot sign in: ${page.status}`)
}

/** A payment that stands on the card company's page. */
export interface Opened {
  payer: Payer
  debitIds: number[]
  checkout: Page
}

/** How one payment goes, where it differs from the ordinary. */
export interface Way {
  /** Kronor of each debt; one debt of an odd sum when left out. */
  debts?: number[]
  /** When everybody has opened the card page, before the first card is used. */
  together?: (opened: Opened[]) => Promise<void> | void
  /** The same, for each of them. */
  meanwhile?: (opened: Opened) => Promise<void> | void
  /** What is pressed on the card page: `vanish` pays and never comes back. */
  press?: 'pay' | 'vanish' | 'cancel' | 'swish'
  card?: string
}

/** New debts of a borrower, kronor; answers their numbers. */
export function owe(city: City, patronId: number, debts: number[]): number[] {
  return debts.map(
    (amount) => city.koha.world.addDebit({ patronId, type: 'MANUAL', amount, libraryId: 'HUM' }).id,
  )
}

/** What stopped the last payment that did not get to the card page, for whoever reads why there are too few. */
export const stopped = { last: '' }

/** From fresh debts to the card company's page. Undefined where a fault stops it; as often as people would try. */
export async function openCheckout(
  city: City,
  payer: Payer,
  debts = [oddSum()],
  tries = 3,
): Promise<Opened | undefined> {
  const debitIds = owe(city, payer.patronId, debts)
  for (let time = 0; time < tries; time += 1) {
    try {
      const checkout = await startPaying(city, payer, debitIds)
      if (checkout.url.startsWith(city.cards.url)) return { payer, debitIds, checkout }
      stopped.last = `${checkout.status} ${headingOf(checkout)}`
    } catch (error) {
      stopped.last = String(error)
    }
  }
  return undefined
}

/** What a page says first. */
export function headingOf({ text }: Page): string {
  return /<h1[^>]*>([^<]*)/.exec(text)?.[1]?.trim() ?? text.slice(0, 80)
}

/** Chooses these debts and presses pay; answers the page where that leads. */
export async function startPaying(city: City, payer: Payer, debitIds: number[]): Promise<Page> {
  return pressPay(payer, await openCheck(city, payer, debitIds))
}

/** The page with the button that pays. Signs in again when that is asked for. */
export async function openCheck(city: City, payer: Payer, debitIds: number[]): Promise<Page> {
  const address = `${city.baseUrl}/fees/check?${debitIds.map((id) => `debit=${id}`).join('&')}`
  const check = await payer.browser.open(address)
  if (check.url.startsWith(city.baseUrl)) return check
  await enter(city, payer)
  return payer.browser.open(address)
}

/** Returns the page where the button leads. Throws when the page has none. */
export function pressPay(payer: Payer, check: Page): Promise<Page> {
  return payer.browser.send(check, formTo(check, /\/payments$/))
}

/** From the card company's page to the page after paying. */
export async function finish({ payer, checkout }: Opened, way: Way = {}): Promise<Page | undefined> {
  const change = { do: way.press ?? 'pay', ...(way.card && { number: way.card }) }
  return payer.browser.send(checkout, formTo(checkout, /\/checkout\//), change).catch(() => undefined)
}

/** One payment from a fresh debt to the page after paying. Where a fault stops it, it simply ends there. */
export async function payOnce(city: City, payer: Payer, way: Way = {}): Promise<Page | undefined> {
  const opened = await openCheckout(city, payer, way.debts)
  if (!opened) return undefined
  await way.together?.([opened])
  await way.meanwhile?.(opened)
  return finish(opened, way)
}

/** Everybody pays at the same time: all open the card page, and then all use their cards. */
export async function allPay(city: City, { people }: Crowd, way: Way = {}): Promise<Opened[]> {
  const tries = way.together || way.meanwhile ? 3 : 1
  const opening = await Promise.all(people.map((payer) => openCheckout(city, payer, way.debts, tries)))
  const opened = opening.filter((one) => one !== undefined)
  await way.together?.(opened)
  await Promise.all(
    opened.map(async (one) => {
      await way.meanwhile?.(one)
      await finish(one, way)
    }),
  )
  return opened
}

/** So many of them. */
export function some({ people }: Crowd, number: number): Crowd {
  return { people: people.slice(0, number) }
}

/** Whole öre with an odd end, where floats go wrong. */
function oddSum(): number {
  return (1000 + Math.floor(Math.random() * 9000)) / 100
}
