import { type Browser, type Form, formsOf, type Page } from './browser.ts'

/** A form of a page, found by where it goes. Throws when it is not there: the page is not the one that was expected. */
export function formTo(page: Page, action: RegExp): Form {
  const form = formsOf(page).find((one) => action.test(one.action))
  if (!form) throw new Error(`${page.url} (${page.status}) has no form to ${action}`)
  return form
}

/** Signs a person in by clicking the name, and returns the page where that leads. */
export async function signIn(browser: Browser, baseUrl: string, person: string, to = '/fees'): Promise<Page> {
  const people = await browser.open(`${baseUrl}/sign-in?to=${encodeURIComponent(to)}`)
  const carry = await browser.send(people, formTo(people, /\/sign-on$/), { person })
  return browser.send(carry, formTo(carry, /\/saml\/acs$/))
}

/** Pays on the card company's page with a card that works; returns the page where that leads. */
export function payByCard(browser: Browser, checkout: Page): Promise<Page> {
  return browser.send(checkout, formTo(checkout, /\/checkout\//), { do: 'pay' })
}
