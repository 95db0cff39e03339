import type { City } from '../city.ts'
import { allPay } from '../crowd.ts'
import type { Fault } from '../drill.ts'
import { until, wait } from '../steps.ts'

const restarted = {
  kvitt:
    'What remains to be done stands in rows, not in memory. What a dead process had claimed comes free when its lease runs out.',
  staff: 'nothing; the log of the new process',
  passes: 100,
  hurried: true,
}

/** Everybody pays and does not come back; then this happens to the machine, at a bad moment. */
function struck(
  name: string,
  done: string,
  words: Pick<Fault, 'kvitt' | 'staff'> & Partial<Fault>,
  strike: (city: City) => Promise<void>,
  delays = [30],
): Fault {
  return {
    name,
    done,
    ...words,
    payments: 3 * delays.length,
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

async function killAll(city: City): Promise<void> {
  for (const instance of city.instances) instance.signal('SIGKILL')
  await Promise.all(city.instances.map((instance) => instance.ended()))
  await Promise.all(city.instances.map((instance) => instance.start()))
}

/** Processes die and pause; the database goes away for a while. */
export const machineFaults: Fault[] = [
  struck('killed', 'a process gets SIGKILL in the middle, twice', restarted, killAndRestart, [0, 60]),
  struck('all killed', 'every process gets SIGKILL in the middle', restarted, killAll, [30]),
  {
    name: 'killed after it said ok',
    done: 'every process gets SIGKILL as soon as the webhooks have been answered 200, and no browser comes back',
    ...restarted,
    kvitt:
      'It said so after the commit: the new process finds the webhooks in the table and asks the provider.',
    checks: ['stored before it is acknowledged'],
    run: async (city, crowd, since) => {
      const before = city.cards.world.webhooks.deliveries.at(-1)?.id ?? 0
      const acknowledged = () =>
        city.cards.world.webhooks.deliveries.filter(({ id, state }) => id > before && state === 'delivered')
      const opened = allPay(city, crowd, { press: 'vanish' })
      await until(() => acknowledged().length > 0, 5000)
      for (const instance of city.instances) instance.signal('SIGKILL')
      await Promise.all(city.instances.map((instance) => instance.ended()))
      await opened
      const said = acknowledged().map(({ message }) => JSON.parse(message.body).id as string)
      const stored = await city.sql<{ event_id: string }>(
        'select event_id from webhook where event_id = any($1)',
        [said],
      )
      const there = new Set(stored.map((row) => row.event_id))
      await Promise.all(city.instances.map((instance) => instance.start()))
      const missing = said.filter((id) => !there.has(id))
      if (said.length === 0) throw new Error('no webhook was answered before the kill')
      if (missing.length > 0) throw new Error(`${missing.length} webhooks were answered and not stored`)
      void since
    },
  },
  struck(
    'paused',
    'a process is stopped for 4 s and let go again',
    {
      kvitt: 'Who wakes up late finds its turn taken, and looks before it writes.',
      staff: 'nothing',
    },
    async ({ instances: [first] }) => {
      first?.signal('SIGSTOP')
      await wait(4000)
      first?.signal('SIGCONT')
    },
  ),
  struck(
    'paused past its lease',
    'a process is stopped, two minutes pass for the others, and it is let go again',
    {
      kvitt: 'The others take its work over; when it wakes up, its own answers find the row changed.',
      staff: 'nothing',
      passes: 100,
    },
    async (city) => {
      const [first] = city.instances
      first?.signal('SIGSTOP')
      await city.passTime(120)
      await wait(2500)
      first?.signal('SIGCONT')
    },
  ),
  struck(
    'database down',
    'PostgreSQL is stopped for 2 s',
    {
      kvitt:
        'Webhooks are answered 503 and come again; pages say that it does not work just now; it comes back by itself.',
      staff: '/readyz says 503; pages say so',
      checks: ['stored before it is acknowledged'],
      passes: 100,
    },
    async ({ database }) => {
      await database.stop()
      await wait(2000)
      await database.start()
    },
  ),
  struck(
    'database silent',
    'PostgreSQL is frozen for 3 s',
    { kvitt: 'Waits, and goes on.', staff: 'pages are slow', checks: ['stored before it is acknowledged'] },
    async ({ database }) => {
      database.signal('SIGSTOP')
      await wait(3000)
      database.signal('SIGCONT')
    },
  ),
]
