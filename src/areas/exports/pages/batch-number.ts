/** Returns a batch's number as it stands in an address; undefined for what cannot be one. */
export function batchNumber(text: unknown): number | undefined {
  return typeof text === 'string' && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined
}
