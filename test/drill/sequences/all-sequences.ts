import type { City, Provider } from '../city.ts'
import { type Crowd, type Opened, openCheckout } from '../crowd.ts'
import type { Fault } from '../drill.ts'
import { readRows } from '../rows.ts'
import { until } from '../steps.ts'
import { playNets } from './nets.ts'
import { inKoha, outcomes, type Scenario, scenariosOf } from './scenario.ts'
import { playStripe } from './stripe.ts'

const players: Record<Provider, (city: City, opened: Opened, scenario: Scenario) => Promise<void>> = {
  'nets-easy': playNets,
  stripe: playStripe,
}

/** Sums of the example's debts, kronor. */
const DEBTS = [60, 350]

/** A provider's events in an order that has been seen or may be, against the running product. */
function sequence(provider: Provider, scenario: Scenario): Fault {
  const { name, deliver, expect } = scenario
  const judge = outcomes[expect.status]
  const wanted = `${expect.status}, ${expect.credited} öre credited`
  return {
    name: `${provider}: ${name}`,
    done: `${deliver.length} webhooks of the examples; expected: ${wanted}${expect.action ? `, ${expect.action}` : ''}`,
    kvitt: '',
    staff: '',
    provider,
    people: 1,
    ...(parksAs(expect) && { parked: 1 }),
    run: async (city: City, { people: [payer] }: Crowd, since: number) => {
      const opened = payer && (await openCheckout(city, payer, DEBTS))
      if (!opened) throw new Error('no payment was opened')
      await players[provider](city, opened, scenario)
      const isSo = async () => {
        const [row] = await readRows(city, since)
        return row !== undefined && (judge?.(row, inKoha(city, row.reference), expect) ?? false)
      }
      if (await until(isSo, 2500)) return
      // Not every event leads to its payment; the plan does.
      await city.passTime(25)
      if (await until(isSo, 4000)) return
      const [row] = await readRows(city, since)
      const koha = row && inKoha(city, row.reference)
      throw new Error(`not ${wanted}, but ${row?.state} ${row?.parked ?? ''} ${JSON.stringify(koha)}`)
    },
  }
}

/** What a person is told of. */
function parksAs({ status, action }: Scenario['expect']): boolean {
  return ['partially_paid', 'partially_refunded', 'charged_back'].includes(status) || action === 'tell staff'
}

/** One for each scenario of each provider that we have. */
export const sequences: Fault[] = (Object.keys(players) as Provider[]).flatMap((provider) =>
  scenariosOf(provider).map((scenario) => sequence(provider, scenario)),
)

/** What is not played, to be said aloud. */
export const notPlayed: string[] = [
  `the ${scenariosOf('swish').length} sequences of Swish: Kvitt takes Swish through Nets Easy, not by itself`,
]
