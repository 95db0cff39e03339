/**
 * MySQL's utf8mb4_unicode_ci, as far as it matters here: case, accents and trailing blanks do not count, so that
 * "Åsa " equals "asa".
 */
export function folded(value: string): string {
  return value.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/ +$/, '')
}

/** SQL's = for a column and a value as they come from JSON; null equals nothing. */
export function equal(column: unknown, value: unknown): boolean {
  if (column === null || column === undefined || value === null) return false
  if (typeof column === 'number') return column === Number(value)
  if (typeof column === 'boolean') return column === (value === true || value === 'true' || value === '1')
  return folded(String(column)) === folded(String(value))
}

/** SQL's order of two values, negative, zero or positive; undefined with null. */
export function compare(column: unknown, value: unknown): number | undefined {
  if (column === null || column === undefined || value === null) return undefined
  if (typeof column === 'number') return column - Number(value)
  return folded(String(column)).localeCompare(folded(String(value)))
}

/** SQL's LIKE: % is anything, _ is any one character, and nobody escapes them. */
export function like(column: unknown, pattern: unknown): boolean {
  if (column === null || column === undefined) return false
  const source = folded(String(pattern))
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('%', '.*')
    .replaceAll('_', '.')
  return new RegExp(`^${source}$`, 'su').test(folded(String(column)))
}
