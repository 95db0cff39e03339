import { type SwitchName, switches } from '../../../sandbox/switches/all-switches.ts'
import type { Dose, Switch } from '../../../sandbox/switches/switch.ts'
import { allPay, type Way } from '../crowd.ts'
import type { Fault } from '../drill.ts'
import { meeting } from '../steps.ts'

type Words = Pick<Fault, 'kvitt' | 'staff'> & Partial<Omit<Fault, 'run'>>

/** The name and the words of the switch are the fault's own, unless it says them better. */
function named(name: SwitchName, words: Words): Omit<Fault, 'run'> {
  const one: Switch = switches[name]
  return { name, switches: [name], done: `${one.neighbour}: ${one.what}`, ...words }
}

/** The switch is on from before anybody pays. */
export function throughout(name: SwitchName, words: Words, way: Way = {}, dose: Dose = {}): Fault {
  return {
    ...named(name, words),
    run: (city, crowd) => meeting(city, name, dose, () => allPay(city, crowd, way)),
  }
}

/** The switch is turned when everybody stands on the card page; it hits so many calls, and is over when they were hit. */
export function fromTheCard(name: SwitchName, words: Words, way: Way = {}, dose: Dose = { times: 3 }): Fault {
  return {
    ...named(name, words),
    run: async (city, crowd) => {
      let met: Promise<void> | undefined
      let paid = () => {}
      const paying = new Promise<void>((done) => {
        paid = done
      })
      await allPay(city, crowd, {
        ...way,
        together: async () => {
          met = meeting(city, name, dose, () => paying)
          // Heard of below, when all have paid.
          met.catch(() => {})
        },
      })
      paid()
      await met
    },
  }
}
