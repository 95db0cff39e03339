import { approve } from '../../../sandbox/cards/acts.ts'
import { swish } from '../../../sandbox/cards/card.ts'
import { formTo } from '../../../sandbox/visitor/person.ts'
import { allPay, openCheckout, owe, payOnce, some, startPaying } from '../crowd.ts'
import type { Fault } from '../drill.ts'
import { referencesSince, statesSince, turnOff, turnOn, until, wait } from '../steps.ts'
import { fromTheCard, throughout } from './shapes.ts'
import { resolveByHand } from './staff-steps.ts'
import { paymentOf } from './webhook-steps.ts'

const watched = 'the operations page says that the provider does not answer, and since when'
const atStart = {
  kvitt:
    'The payment is kept as begun and holds its debts; the borrower is told that it did not start. It ends by itself when its time is up.',
  staff: watched,
  checks: ['unknown at the start' as const],
}
const asked = {
  kvitt: 'No answer is no fact: the payment stays open and is asked about again by plan.',
  staff: watched,
}

/** The provider answers anything at all. */
export const providerFaults: Fault[] = [
  throughout('provider 500 at start', atStart, {}, { times: 2 }),
  throughout('provider cut at start', atStart, {}, { times: 2 }),
  throughout('provider nonsense at start', atStart, {}, { times: 2 }),
  throughout('provider slow at start', atStart, {}, { times: 2 }),
  {
    ...throughout('provider 500', { ...asked, passes: 65 }, {}, { times: 9 }),
    checks: ['unknown is not failed'],
  },
  throughout('provider 429', { ...asked, passes: 65 }, {}, { times: 9 }),
  throughout('provider cut', { ...asked, passes: 65 }, {}, { times: 9 }),
  throughout('provider slow', { ...asked, passes: 65 }, {}, { times: 3 }),
  throughout('provider nonsense', { ...asked, passes: 65 }, {}, { times: 9 }),
  {
    ...fromTheCard('card company down', { ...asked, passes: 65 }, {}, {}),
    checks: ['unknown is not failed'],
    after: async (city, since) => {
      const states = await statesSince(city, since)
      return states.paid === 3 ? [] : [`states ${JSON.stringify(states)}`]
    },
  },
  throughout('money only reserved', {
    kvitt: 'Charges what is reserved, with a key of its own.',
    staff: 'nothing',
  }),
  {
    ...throughout('money only reserved', {
      name: 'charge cut off',
      done: 'the company takes the reserved money and breaks the line',
      kvitt: 'Asks what became of it before it charges again, with the same key.',
      staff: 'nothing',
    }),
    switches: ['money only reserved', 'charge cut off'],
    run: async (city, crowd) => {
      await turnOn(city, 'money only reserved')
      await turnOn(city, 'charge cut off', { times: 3 })
      await allPay(city, crowd)
    },
  },
  {
    name: 'reserved and never charged',
    switches: ['money only reserved', 'charge refused'],
    done: 'the company will not charge what it has reserved, until long after the expiry',
    kvitt:
      'Tries by plan; when its time is up it is still asked about. Nothing is booked that was not charged.',
    staff: 'the payment stands as open on its page, with the events of each try',
    checks: ['tries are tries'],
    passes: 3700,
    run: async (city, crowd, since) => {
      await turnOn(city, 'money only reserved')
      await turnOn(city, 'charge refused')
      await allPay(city, crowd, { press: 'vanish' })
      for (const minutes of [1, 10, 35]) {
        await city.passTime(minutes * 60)
        await wait(2100)
      }
      const states = await statesSince(city, since)
      if (states.paid) throw new Error(`paid without a charge: ${JSON.stringify(states)}`)
    },
  },
  {
    name: 'paid after it was given up',
    done: 'given up by the borrower, and charged by the company all the same',
    kvitt: 'Money wins: what was cancelled and turns out to be paid is paid, and takes its debts again.',
    staff: 'the event "paid after all" on the payment',
    checks: ['money wins'],
    run: async (city, crowd) => {
      const opened = await allPay(city, crowd, { press: 'cancel' })
      for (const one of opened) {
        const payment = paymentOf(city, one)
        payment.closed = null
        if (!approve(city.cards.world, payment, swish)) throw new Error('It could not be charged')
      }
    },
    after: async (city, since) => {
      const states = await statesSince(city, since)
      return states.paid === 3 ? [] : [`states ${JSON.stringify(states)}`]
    },
  },
  {
    name: 'given up and paid in the same second',
    done: 'the borrower gives up in one tab and pays in the other; the closing is refused or cut off',
    switches: ['closing cut off'],
    kvitt: 'Closing is asked for and not believed: the provider is asked what is true.',
    staff: 'nothing',
    checks: ['money wins'],
    run: async (city, crowd) => {
      await turnOn(city, 'closing cut off', { times: 2 })
      await allPay(city, crowd, {
        meanwhile: async ({ payer }) => {
          const fees = await payer.browser.open(`${city.baseUrl}/fees`)
          const cancel = formTo(fees, /\/cancel$/)
          // Both at once; whoever is first.
          void payer.browser.send(fees, cancel).catch(() => undefined)
        },
      })
    },
    passes: 25,
  },
  {
    name: 'killed while a checkout is made',
    switches: ['provider slow at start'],
    done: 'every process gets SIGKILL while the company makes the payments',
    kvitt:
      'The row stands before the call; nobody has got an address to pay at. It ends when its time is up, and the debts can be paid again.',
    staff: 'a payment that was never opened, on its page',
    checks: ['a row before the call'],
    payments: 6,
    run: async (city, crowd, since) => {
      const payers = some(crowd, 3).people
      await turnOn(city, 'provider slow at start')
      const debts = payers.map((payer) => owe(city, payer.patronId, [33.33]))
      const starting = payers.map((payer, at) =>
        startPaying(city, payer, debts[at] ?? []).catch(() => undefined),
      )
      await until(async () => (await statesSince(city, since)).created === 3, 5000)
      for (const instance of city.instances) instance.signal('SIGKILL')
      await Promise.all(city.instances.map((instance) => instance.ended()))
      await Promise.all(starting)
      await turnOff(city, 'provider slow at start')
      await Promise.all(city.instances.map((instance) => instance.start()))
      await city.passTime(35 * 60)
      await until(async () => (await statesSince(city, since)).failed === 3, 6000)
      await Promise.all(
        payers.map(async (payer, at) => {
          const checkout = await startPaying(city, payer, debts[at] ?? [])
          await payer.browser.send(checkout, formTo(checkout, /\/checkout\//), { do: 'pay' })
        }),
      )
    },
    after: async (city, since) => {
      const states = await statesSince(city, since)
      return states.failed === 3 && states.paid === 3 ? [] : [`states ${JSON.stringify(states)}`]
    },
  },
  {
    name: 'another sum',
    done: 'the provider charges one krona less than asked',
    kvitt: 'Books and credits nothing, and puts it on the list of parked payments.',
    staff:
      'parked: "the sum is another than asked for"; ask the provider again, or resolve by hand with a reason',
    checks: ['another sum stops'],
    payments: 1,
    parked: 1,
    run: async (city, crowd) => {
      const [payer] = crowd.people
      if (!payer) return
      await payOnce(city, payer, {
        press: 'vanish',
        meanwhile: (opened) => {
          paymentOf(city, opened).amount -= 100
        },
      })
    },
  },
  {
    name: 'resolved by hand',
    done: 'another sum was charged; a clerk gives it back at the company and resolves it with a reason',
    kvitt:
      'Asks for a reason, and writes who, when and why as an event of the payment. The debt can be paid again.',
    staff: 'a form with a reason; without one it is refused',
    checks: ['by hand needs a reason', 'another sum stops'],
    payments: 2,
    run: async (city, crowd, since) => {
      const [payer] = crowd.people
      if (!payer) return
      const opened = await openCheckout(city, payer, [61])
      if (!opened) throw new Error('not opened')
      paymentOf(city, opened).amount -= 100
      await payer.browser.send(opened.checkout, formTo(opened.checkout, /\/checkout\//), { do: 'vanish' })
      const [reference = ''] = await referencesSince(city, since)
      await resolveByHand(city, reference)
      const checkout = await startPaying(city, payer, opened.debitIds)
      await payer.browser.send(checkout, formTo(checkout, /\/checkout\//), { do: 'pay' })
    },
  },
]
