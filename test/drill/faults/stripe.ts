import { createBrowser } from '../../../sandbox/visitor/browser.ts'
import { formTo } from '../../../sandbox/visitor/person.ts'
import type { City } from '../city.ts'
import { allPay, some } from '../crowd.ts'
import type { Fault } from '../drill.ts'
import { referencesSince, until, untilQuiet } from '../steps.ts'
import { throughout } from './shapes.ts'

/** The payer's bank takes the money back, and decides: by the buttons on the card company's page. */
async function disputed(city: City, since: number, verdict: 'won' | 'lost'): Promise<void> {
  await untilQuiet(city, since)
  const browser = createBrowser()
  for (const reference of await referencesSince(city, since)) {
    const [id = ''] = [...city.cards.world.payments].find(([, one]) => one.reference === reference) ?? []
    const page = await browser.open(city.cards.url)
    await browser.send(page, formTo(page, new RegExp(`/admin/dispute/${id}$`)))
    const known = async () => {
      const [row] = await city.sql<{ parked: string | null }>(
        'select parked from payment where reference = $1',
        [reference],
      )
      return row?.parked === 'disputed'
    }
    if (!(await until(known, 8000))) throw new Error(`the dispute of ${reference} was not heard of`)
    const again = await browser.open(city.cards.url)
    await browser.send(again, formTo(again, new RegExp(`/admin/end-dispute/${id}$`)), { state: verdict })
  }
}

function dispute(name: string, done: string, verdict: 'won' | 'lost', kvitt: string): Fault {
  return {
    name,
    done,
    kvitt,
    staff: 'parked: "disputed", with what the bank has taken; the account for disputes in the journal',
    provider: 'stripe',
    payments: 2,
    parked: 2,
    run: async (city, crowd, since) => {
      await allPay(city, some(crowd, 2), { debts: [60, 30.5] })
      await disputed(city, since, verdict)
    },
  }
}

const words = {
  kvitt: 'The same as with Nets Easy.',
  staff: 'the same as with Nets Easy',
  provider: 'stripe' as const,
}

/** The same world with the other card company, and what only that tells of. */
export const stripeFaults: Fault[] = [
  throughout(
    'webhook doubled',
    { ...words, name: 'Stripe: webhook doubled', checks: ['many times is once'] },
    { press: 'vanish' },
  ),
  throughout('webhook lost', { ...words, name: 'Stripe: both lost', passes: 25 }, { press: 'vanish' }),
  throughout('webhook forged', {
    ...words,
    name: 'Stripe: webhook forged',
    checks: ['no proof is wrong proof'],
  }),
  throughout('provider cut at start', { ...words, name: 'Stripe: cut at start' }, {}, { times: 2 }),
  throughout('provider nonsense', { ...words, name: 'Stripe: nonsense', passes: 65 }, {}, { times: 9 }),
  dispute(
    'dispute won',
    'payers dispute their payments, and the bank decides for the library',
    'won',
    'Books what was taken on an account of its own, and books it back when the bank gives it back.',
  ),
  dispute(
    'dispute lost',
    'payers dispute their payments, and the bank decides for them',
    'lost',
    'Books what was taken on an account of its own; income stays until a person has decided what it was.',
  ),
]
