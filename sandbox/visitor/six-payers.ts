import type { SandboxKoha } from '../koha/sandbox-koha.ts'
import { createBrowser } from './browser.ts'
import { formTo, payByCard, signIn } from './person.ts'

const PAYERS = ['amir', 'ingrid', 'siv', 'asa', 'lars', 'bengt']

/**
 * Six people of the cast each get a new fee and pay it, at once, as visitors do: by the product's own pages and the card
 * company's. Answers who got as far as the page after paying; the others met what was broken.
 */
export async function letSixPay(
  baseUrl: string,
  koha: SandboxKoha['world'],
): Promise<{ name: string; paid: boolean }[]> {
  return Promise.all(
    PAYERS.map(async (name) => ({
      name,
      paid: await pay(baseUrl, koha, name).then(
        () => true,
        () => false,
      ),
    })),
  )
}

/** Throws where a page is not the one that was expected. */
async function pay(baseUrl: string, koha: SandboxKoha['world'], name: string): Promise<void> {
  // Whole öre with an odd end, where floats go wrong.
  const amount = (1000 + Math.floor(Math.random() * 9000)) / 100
  const { id: patronId, libraryId } = koha.patron(name)
  const { id } = koha.addDebit({ patronId, type: 'MANUAL', amount, libraryId })
  const browser = createBrowser()
  await signIn(browser, baseUrl, name)
  const check = await browser.open(`${baseUrl}/fees/check?debit=${id}`)
  const checkout = await browser.send(check, formTo(check, /\/payments$/))
  const after = await payByCard(browser, checkout)
  if (after.status !== 200) throw new Error(`${after.status} after paying`)
}
