import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '../../src/database/embedded/embedded.ts'
import { migrate } from '../../src/database/migrate.ts'
import { count, inWords } from './acknowledged.ts'
import { cutPower } from './cut.ts'
import { type LoopDisk, makeLoopDisk, whyNoLoopDisk } from './loop-disk.ts'

/**
 * `npm run power-cut`: the power goes while people pay, and everything that the world had been told must be in the tables
 * afterwards. The last cut is the control: with fsync off it must lose something, or the instrument shows nothing.
 * Needs root and loop devices, and ends with 3 where they are missing; 1 when something was lost, or the control lost
 * nothing.
 */
interface Plan {
  name: string
  settings: string[]
  /** The cut comes when so many letters have gone out. */
  letters: number
  mayLose: boolean
}

const plans: Plan[] = [
  { name: 'as shipped', settings: [], letters: 2, mayLose: false },
  { name: 'as shipped', settings: [], letters: 7, mayLose: false },
  {
    name: 'server says synchronous_commit=off',
    settings: ['synchronous_commit = off'],
    letters: 4,
    mayLose: false,
  },
  { name: 'control, fsync=off', settings: ['fsync = off'], letters: 4, mayLose: true },
]
const CANNOT_BE_SHOWN = 3

const missing = whyNoLoopDisk()
if (missing) {
  console.log(`NOT SHOWN: a power cut cannot be made here: ${missing}`)
  process.exit(CANNOT_BE_SHOWN)
}
const folder = mkdtempSync(join(tmpdir(), 'kvitt-cut-'))
chmodSync(folder, 0o755)
let base: LoopDisk | undefined
let lost = 0
let controlLost = 0
const begun = performance.now()
try {
  base = makeLoopDisk(folder, 'base')
  base.mount()
  const server = await startEmbedded(join(base.place, 'tables'))
  await migrate(server.url)
  await server.stop()
  base.unmount()
  for (const { name, settings, letters, mayLose } of plans) {
    const cut = await cutPower(base, folder, settings, letters)
    const gone = count(cut.lost)
    if (mayLose) controlLost += gone
    else lost += gone
    const good = mayLose ? gone > 0 : gone === 0 && Object.values(cut.told).every(({ length }) => length > 0)
    console.log(
      `${good ? '✓' : '✗'} ${name} · told ${inWords(cut.told)} · lost ${gone === 0 ? 'nothing' : inWords(cut.lost)}`,
    )
    if (cut.broken) console.log(`    ${cut.broken}`)
    if (!good) process.exitCode = 1
  }
} finally {
  base?.remove()
  rmSync(folder, { recursive: true, force: true })
}
console.log(`\n${((performance.now() - begun) / 1000).toFixed(0)} s`)
console.log(`${plans.length - 1} cuts, ${lost} told and lost; the control lost ${controlLost}`)
if (controlLost === 0) console.log('The control lost nothing: this instrument shows nothing.')
