/** Returns Koha's number of a patron as it stands in an address; undefined for what cannot be one. */
export function patronIdIn(text: unknown): number | undefined {
  return typeof text === 'string' && /^[1-9]\d{0,9}$/.test(text) ? Number(text) : undefined
}
