/** How long something has waited, roughly: the largest unit that it fills. */
export interface Age {
  unit: 'seconds' | 'minutes' | 'hours' | 'days'
  count: number
}

export function ageOf(seconds: number): Age {
  if (seconds < 90) return { unit: 'seconds', count: Math.round(seconds) }
  if (seconds < 90 * 60) return { unit: 'minutes', count: Math.round(seconds / 60) }
  if (seconds < 48 * 3600) return { unit: 'hours', count: Math.round(seconds / 3600) }
  return { unit: 'days', count: Math.round(seconds / 86_400) }
}
