import type { City } from '../city.ts'
import { allPay, payOnce } from '../crowd.ts'
import type { Fault } from '../drill.ts'

type CardFault = Parameters<City['cards']['world']['faults']['add']>[0]

/** Everybody pays while the provider fails so, this often. */
function failing(
  name: string,
  done: string,
  fault: Omit<CardFault, 'times'>,
  times: number,
  press: 'pay' | 'vanish' = 'pay',
): Fault {
  return {
    name,
    done,
    run: async (city, crowd) => {
      city.cards.world.faults.add({ ...fault, times })
      await allPay(city, crowd, { press })
    },
  }
}

/** The provider answers anything at all. */
export const providerFaults: Fault[] = [
  failing('provider 500 at start', 'creating a payment fails', { on: 'nets.create', kind: 'error' }, 3),
  failing(
    'provider cut at start',
    'it makes the payment and breaks the line',
    { on: 'nets.create', kind: 'cut-after' },
    3,
  ),
  failing(
    'provider nonsense at start',
    'it answers with a web page',
    { on: 'nets.create', kind: 'invalid-json' },
    3,
  ),
  failing(
    'provider slow at start',
    'longer than we wait',
    { on: 'nets.create', kind: 'slow', milliseconds: 3000 },
    2,
  ),
  failing('provider 500', 'asked about payments it fails', { on: 'nets.retrieve', kind: 'error' }, 9),
  failing('provider 429', 'it has been asked too often', { on: 'nets.retrieve', kind: 'too-many' }, 9),
  failing('provider cut', 'the line breaks when it is asked', { on: 'nets.retrieve', kind: 'cut' }, 9),
  failing(
    'provider nonsense',
    'its answers cannot be read',
    { on: 'nets.retrieve', kind: 'invalid-json' },
    9,
  ),
  {
    name: 'money only reserved',
    done: 'the charge that follows a reservation fails',
    run: async (city, crowd) => {
      city.cards.world.autoCharge = 'fails'
      await allPay(city, crowd)
    },
  },
  {
    name: 'charge cut off',
    done: 'it takes the reserved money and breaks the line',
    run: async (city, crowd) => {
      city.cards.world.autoCharge = 'fails'
      city.cards.world.faults.add({ on: 'nets.charge', kind: 'cut-after', times: 6 })
      await allPay(city, crowd)
    },
  },
  {
    name: 'another sum',
    payments: 1,
    done: 'the provider charges one krona less than asked',
    parked: 1,
    run: async (city, crowd) => {
      const [payer] = crowd.people
      if (!payer) return
      await payOnce(city, payer, {
        press: 'vanish',
        meanwhile: () => {
          const [payment] = [...city.cards.world.payments.values()].slice(-1)
          if (payment) payment.amount -= 100
        },
      })
    },
  },
]
