import { debtsPage } from './debts-page.ts'
import { memory } from './memory.ts'
import type { Figure } from './support/figure.ts'
import { describeMachine } from './support/machine.ts'
import { printFigures } from './support/print.ts'
import { webhooks } from './webhooks.ts'

/** `npm run bench`: all of it; `npm run bench -- NAME`: one. Ratios are taken within one run; absolute figures are for the curious. */
const benches: Record<string, () => Promise<Figure[]>> = { webhooks, 'debts-page': debtsPage, memory }

const [wanted] = process.argv.slice(2)
if (wanted !== undefined && !benches[wanted]) {
  console.error(`There is no bench "${wanted}". There are: ${Object.keys(benches).join(', ')}`)
  process.exit(1)
}
console.log(describeMachine())
const figures: Figure[] = []
for (const [name, bench] of Object.entries(benches)) {
  if (wanted === undefined || wanted === name) figures.push(...(await bench()))
}
printFigures(figures)
