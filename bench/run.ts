import { debtsPage } from './debts-page.ts'
import { drain } from './drain.ts'
import { eventLoop } from './event-loop.ts'
import { flatCost } from './flat-cost.ts'
import { memory } from './memory.ts'
import { processes } from './processes.ts'
import { settledEffects } from './settled-effects.ts'
import { slowDisk } from './slow-disk.ts'
import type { Figure } from './support/figure.ts'
import { describeMachine } from './support/machine.ts'
import { printFigures } from './support/print.ts'
import { webhookAccepted } from './webhook-accepted.ts'
import { webhookToCredit } from './webhook-to-credit.ts'

/**
 * `npm run bench`: all of it; `npm run bench -- NAME [SIZE]`: one, and for those that count payments how many. Ratios
 * are taken within one run; absolute figures are for the curious. docs/benchmarks.md says what each measures.
 */
const benches: Record<string, (size?: number) => Promise<Figure[]>> = {
  'webhook-accepted': () => webhookAccepted(),
  'slow-disk': () => slowDisk(),
  'settled-effects': settledEffects,
  'webhook-to-credit': webhookToCredit,
  processes: () => processes(),
  drain,
  'flat-cost': flatCost,
  'debts-page': () => debtsPage(),
  'event-loop': eventLoop,
  memory,
}

const [wanted, size] = process.argv.slice(2)
if (wanted !== undefined && !benches[wanted]) {
  console.error(`There is no bench "${wanted}". There are: ${Object.keys(benches).join(', ')}`)
  process.exit(1)
}
console.log(describeMachine())
const figures: Figure[] = []
for (const [name, bench] of Object.entries(benches)) {
  if (wanted === undefined || wanted === name)
    figures.push(...(await bench(size === undefined ? undefined : Number(size))))
}
printFigures(figures)
