/** Nets's times: four fraction digits and an offset, never Z; the same second appears in two offsets. */
export function netsTime(at: Date, offset: '+00:00' | '+01:00' = '+00:00'): string {
  const shifted = offset === '+01:00' ? new Date(at.getTime() + 3_600_000) : at
  return `${shifted.toISOString().slice(0, 23)}0${offset}`
}
