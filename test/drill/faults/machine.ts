import type { City } from '../city.ts'
import { allPay } from '../crowd.ts'
import type { Fault } from '../drill.ts'

const wait = (milliseconds: number) => new Promise((later) => setTimeout(later, milliseconds))

/** Everybody pays and does not come back; then this happens to the machine, at a bad moment. */
function struck(
  name: string,
  done: string,
  strike: (city: City) => Promise<void>,
  delays = [0, 20, 60, 150],
): Fault {
  return {
    name,
    done,
    run: async (city, crowd) => {
      for (const delay of delays) {
        await allPay(city, crowd, { press: 'vanish' })
        await wait(delay)
        await strike(city)
      }
    },
  }
}

async function killAndRestart(city: City): Promise<void> {
  const [first] = city.instances
  first?.signal('SIGKILL')
  await first?.ended()
  await first?.start()
}

/** Processes die, pause and come back; the database and the mail go away for a while. */
export const machineFaults: Fault[] = [
  struck('killed', 'a process gets SIGKILL in the middle, four times', killAndRestart),
  struck(
    'paused',
    'a process is stopped for 4 s and let go again',
    async ({ instances: [first] }) => {
      first?.signal('SIGSTOP')
      await wait(4000)
      first?.signal('SIGCONT')
    },
    [30],
  ),
  struck(
    'database down',
    'PostgreSQL is stopped for 3 s',
    async ({ database }) => {
      await database.stop()
      await wait(3000)
      await database.start()
    },
    [10, 80],
  ),
  struck(
    'database silent',
    'PostgreSQL is frozen for 3 s',
    async ({ database }) => {
      database.signal('SIGSTOP')
      await wait(3000)
      database.signal('SIGCONT')
    },
    [10],
  ),
  {
    name: 'mail down',
    done: 'the mail server is closed while people pay',
    run: async (city, crowd) => {
      await city.mailbox.goDown()
      await allPay(city, crowd)
      await wait(500)
      await city.mailbox.comeUp()
    },
  },
]
