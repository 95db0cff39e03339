import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from '../../src/database/database.ts'
import { startEmbedded } from '../../src/database/embedded/embedded.ts'
import { migrate } from '../../src/database/migrate.ts'
import { compareWhole } from './books.ts'
import { findPoints, goAt, isWhole, line, type Outcome, summary } from './crash-points.ts'
import { type Lane, openLane } from './lane.ts'
import { type People, signAllIn } from './story.ts'

/**
 * `npm run crash-points`: the product is killed (SIGKILL) at every await of a payment, its refund and its export in turn,
 * started again, and the four books are compared each time. `npm run crash-points -- 2` runs two processes side by side
 * instead of four; `npm run crash-points -- 4 refund` takes only the points whose flow or words match. With `stopped` as
 * the first word the process is not killed but stopped (SIGSTOP) past all its leases, and let go again when another has
 * done its work. Ends with 1 when one was not survived.
 */
const stopped = process.argv[2] === 'stopped'
const signal = stopped ? 'SIGSTOP' : 'SIGKILL'
const [lanesAsked = '4', wordAsked = ''] = process.argv.slice(stopped ? 3 : 2)
/** What staff do to money wants a sign-in of the last quarter of an hour. */
const SIGN_IN_EVERY_MS = 8 * 60_000
const lanes = Number(lanesAsked)
const word = new RegExp(wordAsked)

const tables = mkdtempSync(join(tmpdir(), 'kvitt-crash-tables-'))
const cache = mkdtempSync(join(tmpdir(), 'kvitt-crash-cache-'))
// Processes die here, the machine does not: nobody need wait for the disk. The power cut is another run.
const server = await startEmbedded(tables, { fsync: 'off', full_page_writes: 'off', max_connections: '200' })
const outcomes: Outcome[] = []
const wholes: string[] = []
const begun = performance.now()

async function openOn(number: number): Promise<{ lane: Lane; people: People }> {
  const admin = connect({ url: server.url, connections: 1, as: 'owner' })
  await admin.query(`create database lane_${number} template template_kvitt`)
  await admin.close()
  const lane = await openLane(inDatabase(`lane_${number}`), cache)
  return { lane, people: await signAllIn(lane) }
}

function inDatabase(name: string): string {
  const address = new URL(server.url)
  address.pathname = `/${name}`
  return address.href
}

try {
  const admin = connect({ url: server.url, connections: 1, as: 'owner' })
  await admin.query('create database template_kvitt')
  await admin.close()
  await migrate(inDatabase('template_kvitt'))

  const first = await openOn(1)
  const all = await findPoints(first.lane, first.people)
  const points = all.filter(({ what, flow }) => word.test(`${flow} ${what}`))
  console.log(`${points.length} of ${all.length} points found, ${lanes} processes side by side\n`)

  let next = 0
  const run = async ({ lane, people }: { lane: Lane; people: People }) => {
    let signedIn = people
    let signedInAt = performance.now()
    for (let number = next++; number < points.length; number = next++) {
      const point = points[number]
      if (!point) continue
      if (performance.now() - signedInAt > SIGN_IN_EVERY_MS) {
        signedIn = await signAllIn(lane)
        signedInAt = performance.now()
      }
      const outcome = await goAt(lane, signedIn, point, number, signal)
      outcomes.push(outcome)
      console.log(line(outcome))
    }
    wholes.push(...(await compareWhole(lane)))
    await lane.close()
  }
  const others = Array.from({ length: lanes - 1 }, (_, at) => openOn(at + 2).then(run))
  await Promise.all([run(first), ...others])
} finally {
  await server.stop()
  for (const place of [tables, cache]) rmSync(place, { recursive: true, force: true })
}
for (const difference of wholes) console.log(`✗ ${difference}`)
console.log(`\n${((performance.now() - begun) / 1000).toFixed(0)} s`)
console.log(summary(outcomes))
process.exitCode = isWhole(outcomes) && wholes.length === 0 ? 0 : 1
