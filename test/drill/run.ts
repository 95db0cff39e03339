import { startCity } from './city.ts'
import { gather } from './crowd.ts'
import { drill, type Fault, line, type Outcome, summary } from './drill.ts'
import { faults } from './faults.ts'
import { notPlayed, sequences } from './sequences/all-sequences.ts'

/**
 * `npm run drill`: each named fault is caused against the running product, payments run through it, and at the end every
 * payment is looked up in four books; with one process, with two, and with four on one database.
 * `npm run drill -- 2 Koha` runs two processes and only the faults whose names match. Ends with 1 when one was not
 * survived.
 */
const sizes = process.argv[2] === undefined ? [1, 2, 4] : process.argv[2].split(',').map(Number)
/** Those at Nets Easy first: for the other company the processes are started anew. */
const atStripe = (fault: Fault) => fault.provider === 'stripe'
const everything = [...faults, ...sequences].toSorted((a, b) => Number(atStripe(a)) - Number(atStripe(b)))
const chosen = everything.filter(({ name }) => new RegExp(process.argv[3] ?? '').test(name))
const outcomes: Outcome[] = []

for (const what of notPlayed) console.log(`– SKIPPED ${what}`)
for (const size of sizes) await section(size)
console.log(`\n${summary(outcomes)}`)
process.exitCode = outcomes.every(({ survived }) => survived) ? 0 : 1

/** All faults against so many processes. */
async function section(size: number): Promise<void> {
  const city = await startCity(size)
  try {
    const crowd = await gather(city)
    const begun = performance.now()
    console.log(
      `\n${size} ${size === 1 ? 'process' : 'processes'}, ${chosen.length} faults, ${crowd.people.length} borrowers\n`,
    )
    const here: Outcome[] = []
    for (const fault of chosen) {
      const why = fault.skipped?.(city)
      if (why === undefined) here.push(await tell(drill(city, crowd, fault)))
      else console.log(`– SKIPPED ${fault.name} · ${why}`)
    }
    outcomes.push(...here)
    console.log(`\n  ${((performance.now() - begun) / 1000).toFixed(0)} s · ${summary(here)}`)
  } finally {
    await city.close()
  }
}

async function tell(drilling: Promise<Outcome>): Promise<Outcome> {
  const outcome = await drilling
  console.log(line(outcome))
  for (const difference of outcome.differences) console.log(`    ${difference}`)
  return outcome
}
