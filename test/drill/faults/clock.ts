import type { City } from '../city.ts'
import { allPay, enter } from '../crowd.ts'
import type { Fault } from '../drill.ts'
import { turnOn, wait } from '../steps.ts'

const HOUR = 3_600_000

/** The first process's clock is so many hours off; the others, the database and the world are right. */
async function off(city: City, hours: number): Promise<void> {
  await city.instances[0]?.setClock(city.passed() * 1000 + hours * HOUR)
}

const words = {
  kvitt:
    'All processes take the time from the database, and count on by steady milliseconds in between: leases, plans and waits are the same for all, whatever the clock of one machine says.',
  staff: 'nothing on payments; sign-in fails while the clock is more than five minutes off',
  passes: 20,
}

/** Everybody stands on the card page; the clock jumps while they pay, and jumps back. */
function jump(name: string, done: string, hours: number): Fault {
  return {
    name,
    done,
    ...words,
    run: async (city, crowd) => {
      await allPay(city, crowd, { press: 'vanish', together: () => off(city, hours) })
      await wait(1500)
      await off(city, 0)
      for (const payer of crowd.people) await enter(city, payer)
    },
  }
}

/** A clock that is wrong for a while, in one of the processes. */
export const clockFaults: Fault[] = [
  jump('clock jumps ahead', 'the clock of a process jumps three hours ahead while people pay, and back', 3),
  jump(
    'clock jumps back',
    'the clock of a process jumps three hours back while people pay, and forward again',
    -3,
  ),
  {
    name: 'clock jumps while Koha is slow',
    done: 'the same, there and back, while Koha books after we have hung up',
    switches: ['Koha slow'],
    ...words,
    run: async (city, crowd) => {
      await allPay(city, crowd, {
        press: 'vanish',
        together: async () => {
          await turnOn(city, 'Koha slow', { times: 8 })
          await off(city, 3)
        },
      })
      for (const hours of [-3, 3, 0]) {
        await wait(800)
        await off(city, hours)
      }
      for (const payer of crowd.people) await enter(city, payer)
    },
  },
]
