import { startCity } from './city.ts'
import { gather } from './crowd.ts'
import { drill, line, type Outcome, summary } from './drill.ts'
import { faults } from './faults.ts'

/**
 * `npm run drill`: each named fault is caused against the running product, payments run through it, and at the end every
 * payment is looked up in four books. `npm run drill -- 2` runs two processes on one database; `npm run drill -- 1 Koha`
 * only the faults whose names match. Ends with 1 when one was not survived.
 */
const instances = Number(process.argv[2] ?? '1')
const word = process.argv[3] ?? ''
const chosen = faults.filter(({ name }) => new RegExp(word).test(name))

const city = await startCity(instances)
const outcomes: Outcome[] = []
try {
  const crowd = await gather(city)
  console.log(
    `${chosen.length} faults, ${instances} ${instances === 1 ? 'process' : 'processes'}, ${crowd.people.length} borrowers\n`,
  )
  for (const fault of chosen) {
    const outcome = await drill(city, crowd, fault)
    outcomes.push(outcome)
    console.log(line(outcome))
    for (const difference of outcome.differences) console.log(`    ${difference}`)
  }
} finally {
  await city.close()
}
console.log(`\n${summary(outcomes)}`)
process.exitCode = outcomes.every(({ survived }) => survived) ? 0 : 1
