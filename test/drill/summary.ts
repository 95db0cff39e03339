import type { Outcome } from './drill.ts'

/** `name · what was done · payments · paid twice 0 · lost 0 · parked n · recovered in s` */
export function line({ survived, ...one }: Outcome): string {
  const { name, done, payments, twice, lost, parked, seconds, passed } = one
  const clock = passed > 0 ? `, clocks moved on ${timeInWords(passed)}` : ''
  return `${survived ? '✓' : '✗'} ${name} · ${done} · ${payments} payments · paid twice ${twice} · lost ${lost} · parked ${parked} · recovered in ${seconds.toFixed(1)} s${clock}`
}

function timeInWords(seconds: number): string {
  if (seconds < 120) return `${seconds} s`
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} days`
}

/** The last line of a run. */
export function summary(outcomes: Pick<Outcome, 'survived' | 'lost' | 'twice'>[]): string {
  const survived = outcomes.filter((outcome) => outcome.survived).length
  const sum = (part: 'lost' | 'twice') => outcomes.reduce((total, outcome) => total + outcome[part], 0)
  return `${outcomes.length} faults, ${survived} survived, ${sum('lost')} öre lost, ${sum('twice')} öre twice`
}
