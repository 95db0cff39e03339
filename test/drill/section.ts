import { startCity } from './city.ts'
import { gather } from './crowd.ts'
import { drill, type Fault, type Outcome } from './drill.ts'
import { faults } from './faults.ts'
import { notPlayed, sequences } from './sequences/all-sequences.ts'
import { line, summary } from './summary.ts'

/** One size of the drill, in a process of its own: how many processes, which names, and whether sequences are played. */
const size = Number(process.argv[2] ?? '1')
const names = new RegExp(process.argv[3] ?? '')
const withSequences = process.argv[4] === 'sequences'

/** Those at Nets Easy first: for the other company the processes are started anew. */
const atStripe = (fault: Fault) => Number(fault.provider === 'stripe')
const chosen = [...faults, ...(withSequences ? sequences : [])]
  .filter(({ name }) => names.test(name))
  .toSorted((a, b) => atStripe(a) - atStripe(b))

const begun = performance.now()
const outcomes: Outcome[] = []
const city = await startCity(size)
let over = false
// Stopped from outside, nothing of it is left running.
for (const signal of ['SIGINT', 'SIGTERM', 'disconnect']) process.once(signal, () => void stop())
try {
  const crowd = await gather(city)
  console.log(`\n${size} ${size === 1 ? 'process' : 'processes'}, ${chosen.length} faults\n`)
  if (withSequences) for (const what of notPlayed) console.log(`– SKIPPED ${what}`)
  for (const fault of chosen) {
    if (over) break
    const why = fault.skipped?.(city)
    if (why === undefined) tell(await drill(city, crowd, fault))
    else console.log(`– SKIPPED ${fault.name} · ${why}`)
  }
} finally {
  await stop()
}
console.log(`\n  ${((performance.now() - begun) / 1000).toFixed(0)} s · ${summary(outcomes)}`)
if (process.connected) process.disconnect()

async function stop(): Promise<void> {
  if (over) return
  over = true
  await city.close()
}

function tell(outcome: Outcome): void {
  outcomes.push(outcome)
  process.send?.(outcome)
  console.log(line(outcome))
  for (const difference of outcome.differences) console.log(`    ${difference}`)
}
