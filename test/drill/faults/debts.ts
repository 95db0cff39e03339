import { formTo, payByCard } from '../../../src/sandbox/visitor/person.ts'
import type { City } from '../city.ts'
import { allPay, payOnce } from '../crowd.ts'
import type { Fault } from '../drill.ts'

type Change = (world: City['koha']['world'], debitIds: number[], patronId: number) => void

/** Debts of everybody change between the card page and the card. */
function changed(name: string, done: string, change: Change): Fault {
  return {
    name,
    done,
    run: (city, crowd) =>
      allPay(city, crowd, {
        debts: [50, 30.5],
        meanwhile: ({ debitIds, payer }) => change(city.koha.world, debitIds, payer.patronId),
      }),
  }
}

/** The debts are not what they were; the borrower does the same thing twice. */
export const debtFaults: Fault[] = [
  changed('debt grown', 'the fines job adds 25 kr', (world, [first = 0]) => world.changeDebit(first, 75)),
  changed('debt shrunk', 'half of it is paid at the desk', (world, [first = 0], patronId) =>
    world.payAtDesk({ patronId, debitIds: [first], amount: 25 }),
  ),
  changed('debt gone', 'all of it is paid at the desk', (world, debitIds, patronId) =>
    world.payAtDesk({ patronId, debitIds, amount: 80.5 }),
  ),
  {
    name: 'two tabs, twenty presses',
    payments: 1,
    done: 'the button is pressed twenty times at once for one debt',
    run: async (city, crowd) => {
      const [payer] = crowd.people
      if (!payer) return
      const debit = city.koha.world.addDebit({
        patronId: payer.patronId,
        type: 'MANUAL',
        amount: 44.44,
        libraryId: 'HUM',
      })
      const check = await payer.browser.open(`${city.baseUrl}/fees/check?debit=${debit.id}`)
      const pages = await Promise.all(
        Array.from({ length: 20 }, () => payer.browser.send(check, formTo(check, /\/payments$/))),
      )
      const checkouts = pages.filter((page) => page.url.startsWith(city.cards.url))
      if (checkouts.length > 1) throw new Error(`${checkouts.length} payable pages for one debt`)
      for (const checkout of checkouts) await payByCard(payer.browser, checkout)
    },
  },
  {
    name: 'cancelled, then paid anew',
    payments: 12,
    done: 'given up on the card page, and paid in a second payment',
    run: async (city, crowd) => {
      await allPay(city, crowd, { press: 'cancel' })
      await Promise.all(crowd.people.map((payer) => payOnce(city, payer)))
    },
  },
  {
    name: 'declined, then paid',
    done: 'the first card is refused, the second works',
    run: async (city, crowd) => {
      await Promise.all(
        crowd.people.map(async (payer) => {
          const declined = await payOnce(city, payer, { card: '4000 0000 0000 0002' })
          if (declined?.url.startsWith(city.cards.url)) {
            await payer.browser.send(declined, formTo(declined, /\/checkout\//), {
              do: 'pay',
              number: '4242 4242 4242 4242',
            })
          }
        }),
      )
    },
  },
  {
    name: 'tampered form',
    payments: 0,
    done: 'another borrower’s debt and another sum are posted',
    run: async (city, crowd) => {
      const [payer, other] = crowd.people
      if (!payer || !other) return
      const mine = city.koha.world.addDebit({
        patronId: payer.patronId,
        type: 'MANUAL',
        amount: 20,
        libraryId: 'HUM',
      })
      const theirs = city.koha.world.addDebit({
        patronId: other.patronId,
        type: 'MANUAL',
        amount: 20,
        libraryId: 'HUM',
      })
      const check = await payer.browser.open(`${city.baseUrl}/fees/check?debit=${mine.id}`)
      for (const change of [
        { debit: String(theirs.id) },
        { shown: '1' },
        { amount: '1' },
        { shown: '-2000' },
      ]) {
        const page = await payer.browser.send(check, formTo(check, /\/payments$/), change)
        if (page.url.startsWith(city.cards.url)) throw new Error(`Accepted ${JSON.stringify(change)}`)
      }
    },
  },
]
