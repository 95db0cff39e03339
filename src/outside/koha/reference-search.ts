/**
 * The query for account lines whose description or note holds a reference. Throws for a blank one, which every line
 * holds.
 */
export function linesHolding(reference: string): Record<string, string> {
  if (reference.trim() === '') throw new RangeError('A blank reference would find every line')
  const holdsIt = { '-like': `%${reference}%` }
  const q = JSON.stringify([{ description: holdsIt }, { internal_note: holdsIt }])
  return { q, _match: 'exact', _per_page: '-1' }
}

/** Case is ignored: a reference that is overlooked leads to a second line, one found too many only to a person. */
export function mentions(
  { description, note }: { description: string | null; note: string | null },
  reference: string,
): boolean {
  const literally = reference.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
  const word = new RegExp(`(?<![\\p{L}\\p{N}_-])${literally}(?![\\p{L}\\p{N}_-])`, 'iu')
  return word.test(description ?? '') || word.test(note ?? '')
}
