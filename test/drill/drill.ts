import { allWell, type SwitchName } from '../../sandbox/switches/all-switches.ts'
import { compareBooks, isQuiet, type Verdict } from './books.ts'
import type { Check } from './checks.ts'
import type { City, Provider } from './city.ts'
import { type Crowd, some, stopped } from './crowd.ts'
import { until } from './steps.ts'

/** One way in which the world goes wrong, and how payments run through it. */
export interface Fault {
  name: string
  /** What was done, in words. */
  done: string
  /** What Kvitt does about it, and what those who work at the library see of it; for docs/faults.md. */
  kvitt: string
  staff: string
  /** What it shows of what others have been seen to get wrong. */
  checks?: Check[]
  /** The switches of the sandbox's control panel that it turns. */
  switches?: SwitchName[]
  /** Causes it and lets people pay through it. What it has broken and does not mend itself is mended by `calm`. */
  run(city: City, crowd: Crowd, since: number): Promise<void>
  /** What must be so when all is quiet again, beside the books; answers what is not, in words. */
  after?(city: City, since: number): Promise<string[]>
  /**
   * Seconds by which all clocks are moved on when the world behaves again and a round of the workers did not suffice:
   * in place of waiting for a plan or a lease. Again, when that did not suffice.
   */
  passes?: number
  /** The clocks are moved on at once: nothing that was begun is still on its way. */
  hurried?: boolean
  /** Where it is paid; Nets Easy when left out. */
  provider?: Provider
  /** How many borrowers pay; three when left out. */
  people?: number
  /** How many payments it must have made, so that a fault that stops everything is noticed: as many as borrowers when left out. */
  payments?: number
  /** How many payments a person is right to have to look at. */
  parked?: number
  /** Why it cannot be caused on this machine; it is told and not counted. */
  skipped?(city: City): string | undefined
}

export interface Outcome extends Verdict {
  name: string
  done: string
  /** Until all was quiet again: waited for, and passed by moving the clocks. */
  seconds: number
  passed: number
  survived: boolean
}

/** Milliseconds. Workers look by themselves every two seconds. */
const ROUND = 2200
const PATIENCE = 45_000

/** Runs one fault against the running product and compares the four books when all is quiet again. */
export async function drill(city: City, everybody: Crowd, fault: Fault): Promise<Outcome> {
  const crowd = some(everybody, fault.people ?? 3)
  await city.payAt(fault.provider ?? 'nets-easy')
  const [newest] = await city.sql<{ id: string | null }>('select max(id) as id from payment')
  const since = Number(newest?.id ?? 0)
  const broken: string[] = []
  const told = (error: unknown) => void broken.push(error instanceof Error ? error.message : String(error))
  await fault.run(city, crowd, since).catch(told)
  await allWell(city)
  const begun = performance.now()
  let passed = fault.hurried ? (fault.passes ?? 0) : 0
  if (passed > 0) await city.passTime(passed)
  while (!(await until(() => isQuiet(city, since, fault.parked), ROUND))) {
    if (performance.now() - begun > PATIENCE) break
    await city.passTime(fault.passes ?? 0)
    passed += fault.passes ?? 0
  }
  const seconds = (performance.now() - begun) / 1000
  broken.push(...((await fault.after?.(city, since)) ?? []))
  const verdict = await compareBooks(city, since)
  const { payments, lost, twice, parked } = verdict
  if (payments < (fault.payments ?? crowd.people.length))
    broken.push(`only ${payments} payments (${stopped.last})`)
  if (parked !== (fault.parked ?? 0)) broken.push(`${parked} parked, not ${fault.parked ?? 0}`)
  if (!(await isQuiet(city, since))) broken.push('something is still to be done')
  return {
    ...verdict,
    name: fault.name,
    done: fault.done,
    seconds,
    passed,
    survived: lost === 0 && twice === 0 && broken.length === 0,
    differences: [...verdict.differences, ...broken],
  }
}
