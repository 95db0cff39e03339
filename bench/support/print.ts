import { type Figure, holds } from './figure.ts'

/** A table for people, then one line of JSON for each figure. */
export function printFigures(figures: Figure[]): void {
  console.log('')
  for (const figure of figures) {
    const goal = `${figure.goal.at === 'least' ? '≥' : '≤'} ${figure.goal.ratio}`
    console.log(
      `${holds(figure) ? '✓' : '✗'} ${figure.name.padEnd(28)} ${figure.ratio.toFixed(2).padStart(7)}  (goal ${goal})  ${figure.words}`,
    )
  }
  console.log('')
  for (const figure of figures) {
    const { name, ratio, goal } = figure
    console.log(
      JSON.stringify({ name, ratio: Number(ratio.toFixed(4)), goal: goal.ratio, holds: holds(figure) }),
    )
  }
}
