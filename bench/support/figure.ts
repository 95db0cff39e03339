/** One measured figure. A goal is a claim that the run itself can refute. */
export interface Figure {
  name: string
  /** Measured against the denominator of the same run; for memory, megabytes against megabytes. */
  ratio: number
  goal: { at: 'least' | 'most'; ratio: number }
  /** What was compared, in words with numbers. */
  words: string
}

export function holds({ ratio, goal }: Figure): boolean {
  return goal.at === 'least' ? ratio >= goal.ratio : ratio <= goal.ratio
}

/** The middle of an odd number of figures: one disturbed round does not decide. */
export function median(figures: number[]): number {
  const sorted = figures.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
