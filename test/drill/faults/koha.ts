import type { City } from '../city.ts'
import { allPay } from '../crowd.ts'
import type { Fault } from '../drill.ts'

type KohaFault = Parameters<City['koha']['world']['faults']['add']>[0]

/** Everybody pays; Koha fails from the moment when the first has opened the card page. */
function failing(name: string, done: string, fault: KohaFault): Fault {
  return {
    name,
    done,
    run: async (city, crowd) => {
      let broken = false
      await allPay(city, crowd, {
        meanwhile: () => {
          if (!broken) city.koha.world.faults.add(fault)
          broken = true
        },
      })
      // Long enough for every payment to have met it.
      await new Promise((later) => setTimeout(later, 1500))
    },
  }
}

/** Koha has no idempotency key, takes no lock, and may answer 500 after it has booked. */
export const kohaFaults: Fault[] = [
  failing('Koha 500 after commit', 'it books and then answers 500', {
    kind: '500-after',
    on: 'credits',
    times: 6,
  }),
  failing('Koha time-out after commit', 'it books and falls silent', {
    kind: 'timeout-after',
    on: 'credits',
    times: 6,
    milliseconds: 4000,
  }),
  failing('Koha cut after commit', 'it books and breaks the line', {
    kind: 'cut-after',
    on: 'credits',
    times: 6,
  }),
  failing('Koha 500', 'it fails and books nothing', { kind: '500-before', on: 'credits', times: 6 }),
  failing('Koha slow', 'it books after we have hung up', {
    kind: 'slow',
    on: 'credits',
    times: 6,
    milliseconds: 2600,
  }),
  failing('Koha 401', 'it forgets our token in the middle', { kind: '401', on: 'all', times: 4 }),
  failing('Koha 403', 'the permission is taken away for a while', { kind: '403', on: 'credits', times: 6 }),
  failing('Koha HTML', 'it answers with a web page', { kind: 'html', on: 'all', times: 12 }),
  failing('Koha 503', 'it is closed for maintenance', { kind: '503', on: 'all', times: 12 }),
  {
    name: 'Koha down',
    done: 'its port is closed for 5 s after the money was taken',
    run: async (city, crowd) => {
      let down: Promise<void> | undefined
      await allPay(city, crowd, {
        press: 'vanish',
        meanwhile: async () => {
          down ??= city.koha.goDown()
          await down
        },
      })
      await new Promise((later) => setTimeout(later, 5000))
      await city.koha.comeUp()
    },
  },
]
