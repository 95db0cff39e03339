import { fileURLToPath } from 'node:url'
import { buildProduct } from '../build/build-product.ts'
import type { Tables } from '../sandbox/koha/tables.ts'
import { createBrowser } from '../sandbox/visitor/browser.ts'
import { formTo, payByCard, signIn } from '../sandbox/visitor/person.ts'
import { type Product, startProduct } from '../test/support/product.ts'
import type { Figure } from './support/figure.ts'

const AT_ONCE = 12
const GOAL_MEGABYTES = 200
const TURNS = 5000
const KEPT_LINES = 200

/** Resident memory of the product's process after so many payments, made through its pages as borrowers make them. */
export async function memory(payments = 10_000): Promise<Figure[]> {
  const built = new URL('../dist/', import.meta.url)
  buildProduct(fileURLToPath(built))
  const product = await startProduct(
    (settings) => ({
      ...settings,
      debts: { ...settings.debts, minimum: '1' },
      service: { ...settings.service, trustProxy: 1 },
    }),
    { built },
  )
  try {
    const begun = performance.now()
    let left = payments
    const payers = Array.from(
      { length: AT_ONCE },
      (_, number) => ['amir', 'ingrid', 'siv'][number % 3] as string,
    )
    await Promise.all(
      payers.map(async (person) => {
        const browser = createBrowser(fromManyAddresses)
        await signIn(browser, product.baseUrl, person)
        while (left > 0) {
          left -= 1
          await payOne(product, browser, person)
        }
      }),
    )
    await untilRegistered(product)
    const megabytes = product.residentMegabytes()
    const perSecond = payments / ((performance.now() - begun) / 1000)
    const words = `${Math.round(megabytes)} MB resident after ${payments} payments at ${Math.round(perSecond)}/s; goal ${GOAL_MEGABYTES} MB`
    return [
      {
        name: 'memory-after-10000',
        ratio: megabytes / GOAL_MEGABYTES,
        goal: { at: 'most', ratio: 1 },
        words,
      },
    ]
  } finally {
    await product.close()
  }
}

let visits = 0

/** As the proxy in front tells it: a library's borrowers do not share one address, and limits count by address. */
function fromManyAddresses(): Record<string, string> {
  visits += 1
  return { 'x-forwarded-for': `198.51.100.${visits % 250}` }
}

type Browser = ReturnType<typeof createBrowser>

async function payOne({ koha, baseUrl }: Product, browser: Browser, person: string): Promise<void> {
  const { id: patronId } = koha.world.patron(person)
  const debit = koha.world.addDebit({ patronId, type: 'MANUAL', amount: 10, libraryId: 'HUM' })
  const check = await browser.open(`${baseUrl}/fees/check?debit=${debit.id}`)
  const checkout = await browser.send(check, formTo(check, /\/payments$/))
  const back = await payByCard(browser, checkout)
  if (back.status !== 200) throw new Error(`After paying: ${back.status} at ${back.url}`)
  dropOldLines(koha.world.tables, patronId)
}

/** What a real patron has paid stands in Koha in dozens, not in thousands: the sandbox must not be what is slow. */
function dropOldLines({ linesByPatron, offsets }: Tables, patronId: number): void {
  const lines = linesByPatron.get(patronId) ?? []
  if (lines.length < 2 * KEPT_LINES) return
  const old = lines.slice(0, -KEPT_LINES).filter(({ outstanding }) => outstanding !== 0)
  linesByPatron.set(patronId, [...old, ...lines.slice(-KEPT_LINES)])
  offsets.splice(0, Math.max(0, offsets.length - 3 * KEPT_LINES))
}

async function untilRegistered({ koha }: Product): Promise<void> {
  const people = ['amir', 'ingrid', 'siv'].map((person) => koha.world.patron(person).id)
  const owed = () =>
    people.reduce(
      (total, id) =>
        total +
        koha.world.debitsOf(id).filter((line) => line.type === 'MANUAL' && line.outstanding > 0).length,
      0,
    )
  for (let turn = 0; turn < TURNS && owed() > 0; turn += 1)
    await new Promise((later) => setTimeout(later, 100))
  if (owed() > 0) throw new Error(`${owed()} payments are not registered`)
}
