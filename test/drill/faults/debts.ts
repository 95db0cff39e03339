import { formTo } from '../../../sandbox/visitor/person.ts'
import type { City } from '../city.ts'
import {
  allPay,
  finish,
  newBrowser,
  openCheck,
  openCheckout,
  owe,
  payOnce,
  pressPay,
  some,
  startPaying,
} from '../crowd.ts'
import type { Fault } from '../drill.ts'
import { atCards, referencesSince, turnOff, turnOn, untilQuiet } from '../steps.ts'

type Change = (world: City['koha']['world'], debitIds: number[], patronId: number) => void

/** Debts of everybody change between the card page and the card. */
function changed(name: string, done: string, words: Pick<Fault, 'kvitt' | 'staff'>, change: Change): Fault {
  return {
    name,
    done,
    ...words,
    checks: ['only the chosen debts'],
    run: async (city, crowd) => {
      await allPay(city, crowd, {
        debts: [50, 30.5],
        meanwhile: ({ debitIds, payer }) => change(city.koha.world, debitIds, payer.patronId),
      })
    },
  }
}

const surplus = {
  kvitt:
    'Reads the account again before it writes, credits what is left of each debt, and gives the rest back to the card.',
  staff: 'a refund with the cause "surplus" on the payment; parked instead when payments.surplus says so',
}

/** The debts are not what they were; the borrower does the same thing twice. */
export const debtFaults: Fault[] = [
  changed(
    'debt grown',
    'the fines job adds 25 kr',
    { kvitt: 'Credits what was paid, in a credit of its own; the rest stays owed.', staff: 'nothing' },
    (world, [first = 0]) => world.changeDebit(first, 75),
  ),
  changed('debt shrunk', 'half of it is paid at the desk', surplus, (world, [first = 0], patronId) =>
    world.payAtDesk({ patronId, debitIds: [first], amount: 25 }),
  ),
  changed('debt gone', 'all of it is paid at the desk', surplus, (world, debitIds, patronId) =>
    world.payAtDesk({ patronId, debitIds, amount: 80.5 }),
  ),
  changed('debt waived', 'one of two is taken away', surplus, (world, [first = 0]) =>
    world.changeDebit(first, 0),
  ),
  {
    name: 'two tabs, twenty presses',
    done: 'the button is pressed twenty times at once for one debt',
    kvitt: 'A unique index holds each debt; whoever is late is led to the payment that there is.',
    staff: 'nothing',
    checks: ['one payable payment'],
    payments: 1,
    run: async (city, crowd) => {
      const [payer] = crowd.people
      if (!payer) return
      const debits = owe(city, payer.patronId, [44.44])
      const check = await openCheck(city, payer, debits)
      const pages = await Promise.all(Array.from({ length: 20 }, () => pressPay(payer, check)))
      const checkouts = pages.filter((page) => page.url.startsWith(city.cards.url))
      if (new Set(checkouts.map(({ url }) => url)).size !== 1)
        throw new Error(`${checkouts.length} payable pages for one debt`)
      const [checkout] = checkouts
      if (checkout) await finish({ payer, debitIds: debits, checkout })
    },
    after: async (city, since) => {
      const number = (await referencesSince(city, since)).length
      return number === 1 ? [] : [`${number} payments for one debt`]
    },
  },
  {
    name: 'two devices',
    done: 'the same debts are chosen on the phone and on the computer, and paid on both',
    kvitt: 'The second device is shown the payment that has been begun on the first.',
    staff: 'nothing',
    checks: ['one payable payment'],
    payments: 3,
    run: async (city, crowd) => {
      await Promise.all(
        some(crowd, 3).people.map(async (payer) => {
          const phone = { ...payer, browser: newBrowser() }
          const debitIds = owe(city, payer.patronId, [71])
          const pages = await Promise.all(
            [payer, phone].map((one) => startPaying(city, one, debitIds).catch(() => undefined)),
          )
          const [first, second] = pages
          for (const [checkout, one] of [[first, payer] as const, [second, phone] as const])
            if (checkout?.url.startsWith(city.cards.url)) await finish({ payer: one, debitIds, checkout })
        }),
      )
    },
  },
  {
    name: 'cancelled, then paid anew',
    done: 'given up on the card page, and paid in a second payment',
    kvitt: 'Closes the checkout, asks, and lets the debts go.',
    staff: 'a cancelled payment beside the paid one',
    payments: 6,
    run: async (city, crowd) => {
      await allPay(city, crowd, { press: 'cancel' })
      await Promise.all(crowd.people.map((payer) => payOnce(city, payer)))
    },
  },
  {
    name: 'declined, then paid',
    done: 'the first card is refused, the second works',
    kvitt: 'A refused card ends nothing while the checkout is open.',
    staff: 'nothing',
    checks: ['money wins'],
    run: async (city, crowd) => {
      await Promise.all(
        crowd.people.map(async (payer) => {
          const declined = await payOnce(city, payer, { card: '4000 0000 0000 0002' })
          if (!declined?.url.startsWith(city.cards.url)) return
          const number = '4242 4242 4242 4242'
          await payer.browser.send(declined, formTo(declined, /\/checkout\//), { do: 'pay', number })
        }),
      )
    },
  },
  {
    name: 'tampered form',
    done: 'another borrower’s debt and another sum are posted',
    kvitt:
      'Reads the debts again from Koha under the signed-in patron; a form carries ids and what was seen, no price.',
    staff: 'nothing',
    checks: ["nobody else's debts"],
    payments: 0,
    run: async (city, crowd) => {
      const [payer, other] = crowd.people
      if (!payer || !other) return
      const [mine] = owe(city, payer.patronId, [20])
      const [theirs] = owe(city, other.patronId, [20])
      const check = await payer.browser.open(`${city.baseUrl}/fees/check?debit=${mine}`)
      for (const change of [{ debit: String(theirs) }, { shown: '1' }, { amount: '1' }, { shown: '-2000' }]) {
        const page = await payer.browser.send(check, formTo(check, /\/payments$/), change)
        if (page.url.startsWith(city.cards.url)) throw new Error(`Accepted ${JSON.stringify(change)}`)
      }
    },
  },
  {
    name: 'debt without a code',
    done: 'two debts are posted, one of them of a kind that the accounts do not know',
    kvitt:
      'Such a debt is shown with the reason and cannot be paid; with it in the form nothing starts, without it the other is paid.',
    staff: 'the borrower is told to ask the library; the reason stands beside the debt',
    checks: ['no code, no payment'],
    payments: 1,
    run: async (city, crowd) => {
      const [payer] = crowd.people
      if (!payer) return
      const { patronId } = payer
      const [coded = 0] = owe(city, patronId, [12.5])
      const strange = city.koha.world.addDebit({ patronId, type: 'STRANGE', amount: 10, libraryId: 'HUM' }).id
      const both = await startPaying(city, payer, [coded, strange]).catch(() => undefined)
      const wrong = both?.url.startsWith(city.cards.url) && !(await isSumOf(city, both.url, 1250))
      if (wrong) throw new Error('a debt without a code was paid')
      const check = await payer.browser.open(`${city.baseUrl}/fees/check?debit=${coded}`)
      const posted = await payer.browser.send(check, formTo(check, /\/payments$/), { debit: String(strange) })
      if (posted.url.startsWith(city.cards.url)) throw new Error('a debt without a code was started')
      if (both?.url.startsWith(city.cards.url)) {
        await finish({ payer, debitIds: [coded], checkout: both })
        return
      }
      const checkout = await startPaying(city, payer, [coded])
      await finish({ payer, debitIds: [coded], checkout })
    },
  },
  {
    name: 'sums that floats get wrong',
    done: '0.29, 1.15, 4.35, 19.99, 1001.10 kr and their like, alone and together',
    kvitt: 'Counts in whole öre from the text on; the lines that go out add up to the sum that goes out.',
    staff: 'nothing',
    checks: ['exactly that many öre'],
    people: 6,
    run: async (city, crowd, since) => {
      const sums = [[1.15], [4.35, 0.29], [19.99], [1001.1, 8.2], [64.1, 0.07, 2.3], [9.95, 9.95, 9.95]]
      const opened = await Promise.all(
        crowd.people.map((payer, at) => openCheckout(city, payer, sums[at] ?? [17.17])),
      )
      await Promise.all(opened.map((one) => one && finish(one)))
      await untilQuiet(city, since)
      const wanted = sums.map((debts) => debts.reduce((sum, debt) => sum + Math.round(debt * 100), 0))
      const sent = (await referencesSince(city, since)).map((reference) => {
        const { amount, items } = atCards(city, reference)
        const added = items.reduce((sum, item) => sum + item.grossTotalAmount, 0)
        if (added !== amount) throw new Error(`${reference}: lines of ${added} öre, sum ${amount}`)
        return amount
      })
      const sorted = (numbers: number[]) => numbers.toSorted((a, b) => a - b).join(' ')
      if (sorted(sent) !== sorted(wanted)) throw new Error(`sent ${sorted(sent)}, wanted ${sorted(wanted)}`)
    },
  },
  {
    name: 'Koha dies between debts',
    done: 'five debts have grown, so each gets a credit of its own; Koha dies after the second',
    switches: ['Koha dies between credits'],
    kvitt: 'Knows from its own rows which credits were begun, looks for those in Koha, and makes the rest.',
    staff: 'the payment says that Koha has not got all of it yet',
    checks: ['the rest is completed'],
    payments: 2,
    run: async (city, crowd) => {
      for (const payer of some(crowd, 2).people) {
        await payOnce(city, payer, {
          debts: [11, 12, 13, 14, 15],
          press: 'vanish',
          meanwhile: async ({ debitIds }) => {
            for (const [at, id] of debitIds.entries()) city.koha.world.changeDebit(id, 30 + at)
            await turnOn(city, 'Koha dies between credits', { after: 2, times: 2 })
          },
        })
        await untilQuiet(city, 0)
        await turnOff(city, 'Koha dies between credits')
      }
    },
    after: async (city, since) => {
      const found = await Promise.all(
        (await referencesSince(city, since)).map(async (reference) => {
          const [row] = await city.sql<{ booked: string }>(
            `select count(*) as booked from koha_credit join payment on payment.id = payment_id
             where payment.reference = $1 and koha_credit.state = 'booked'`,
            [reference],
          )
          return Number(row?.booked)
        }),
      )
      return found.every((number) => number === 5) ? [] : [`credits ${found.join(', ')}`]
    },
  },
  {
    name: 'signed out before Koha has it',
    done: 'paid while Koha is closed; the borrower signs out and the window is closed',
    switches: ['Koha 503'],
    kvitt: 'Writes with a key of its own; nobody needs to be there.',
    staff: 'the payment says that Koha has not got it yet',
    checks: ['no password is needed'],
    passes: 20,
    hurried: true,
    run: async (city, crowd) => {
      await allPay(city, crowd, { together: () => turnOn(city, 'Koha 503') })
      await Promise.all(
        crowd.people.map(async ({ browser }) => {
          const page = await browser.open(`${city.baseUrl}/payments`)
          await browser.send(page, formTo(page, /\/sign-out$/)).catch(() => undefined)
        }),
      )
    },
  },
]

/** Whether the checkout that a browser was led to is of so many öre. */
async function isSumOf(city: City, url: string, ore: number): Promise<boolean> {
  return city.cards.world.payments.get(new URL(url).searchParams.get('pid') ?? '')?.amount === ore
}
