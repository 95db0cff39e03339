import { wellBehaved } from '../../src/sandbox/cards/webhooks.ts'
import { compareBooks, isQuiet, type Verdict } from './books.ts'
import type { City } from './city.ts'
import type { Crowd } from './crowd.ts'

/** One way in which the world goes wrong, and how payments run through it. */
export interface Fault {
  name: string
  /** What was done, in words. */
  done: string
  /** Causes it and lets people pay through it. What it has broken and does not mend itself is mended by `calm`. */
  run(city: City, crowd: Crowd): Promise<void>
  /** How many payments it must have made, so that a fault that stops everything is noticed. Six when left out. */
  payments?: number
  /** How many payments a person is right to have to look at. */
  parked?: number
}

export interface Outcome extends Verdict {
  name: string
  done: string
  seconds: number
  survived: boolean
}

const PATIENCE_SECONDS = 100

/** Runs one fault against the running product and compares the four books when all is quiet again. */
export async function drill(city: City, crowd: Crowd, fault: Fault): Promise<Outcome> {
  const [newest] = await city.sql<{ id: string | null }>('select max(id) as id from payment')
  const since = Number(newest?.id ?? 0)
  await fault.run(city, crowd)
  await calm(city)
  const begun = performance.now()
  while (!(await isQuiet(city, since)) && performance.now() - begun < PATIENCE_SECONDS * 1000) {
    await new Promise((later) => setTimeout(later, 100))
  }
  const seconds = (performance.now() - begun) / 1000
  const verdict = await compareBooks(city, since)
  const { payments, lost, twice, parked } = verdict
  const asExpected = payments >= (fault.payments ?? 6) && parked === (fault.parked ?? 0)
  const survived = lost === 0 && twice === 0 && asExpected && (await isQuiet(city, since))
  return { name: fault.name, done: fault.done, seconds, survived, ...verdict }
}

/** The world behaves again. */
async function calm({ koha, cards }: City): Promise<void> {
  koha.world.faults.clear()
  cards.world.faults.clear()
  cards.world.autoCharge = 'works'
  Object.assign(cards.world.webhooks.behaviour, wellBehaved)
}

/** `name · what was done · payments · paid twice 0 · lost 0 · parked n · recovered in s` */
export function line({ name, done, payments, twice, lost, parked, seconds, survived }: Outcome): string {
  return `${survived ? '✓' : '✗'} ${name} · ${done} · ${payments} payments · paid twice ${twice} · lost ${lost} · parked ${parked} · recovered in ${seconds.toFixed(1)} s`
}

/** The last line of a run. */
export function summary(outcomes: Outcome[]): string {
  const survived = outcomes.filter((outcome) => outcome.survived).length
  const sum = (part: 'lost' | 'twice') => outcomes.reduce((total, outcome) => total + outcome[part], 0)
  return `${outcomes.length} faults, ${survived} survived, ${sum('lost')} öre lost, ${sum('twice')} öre twice`
}
