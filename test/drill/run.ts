import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Outcome } from './drill.ts'
import { summary } from './summary.ts'

/**
 * `npm run drill`: each named fault is caused against the running product, payments run through it, and at the end every
 * payment is looked up in four books; with one process, with two, and with four on one database.
 * `npm run drill -- 2 Koha` runs two processes and only the faults whose names match. Ends with 1 when one was not
 * survived. The largest town runs beside the two smaller ones: most of the time is waiting.
 */
const sizes = (process.argv[2] ?? '1,2,4').split(',').map(Number)
const pattern = process.argv[3] ?? ''
const outcomes: Pick<Outcome, 'survived' | 'lost' | 'twice'>[] = []
let broken = false

const largest = Math.max(...sizes)
const others = sizes.filter((size) => size !== largest)
await Promise.all([
  section(largest),
  others.reduce((before, size) => before.then(() => section(size)), Promise.resolve()),
])
console.log(`\n${summary(outcomes)}`)
process.exitCode = !broken && outcomes.every(({ survived }) => survived) ? 0 : 1

/** One size, in a process of its own; what it says is told when it is done, or at once when it is alone. */
async function section(size: number): Promise<void> {
  const alone = sizes.length === 1
  if (!alone) console.log(`… ${size} ${size === 1 ? 'process' : 'processes'}`)
  const file = fileURLToPath(new URL('./section.ts', import.meta.url))
  // The sequences are about orders of events: once is enough, and where it is hardest.
  const child = fork(file, [String(size), pattern, size === largest ? 'sequences' : ''], {
    stdio: ['ignore', alone ? 'inherit' : 'pipe', 'inherit', 'ipc'],
  })
  const said: string[] = []
  child.stdout?.setEncoding('utf8').on('data', (text: string) => said.push(text))
  child.on('message', (outcome: Outcome) => outcomes.push(outcome))
  const [code] = await once(child, 'close')
  if (!alone) process.stdout.write(said.join(''))
  if (code !== 0) broken = true
}
