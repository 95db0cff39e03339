/**
 * Returns the query for account lines whose description or note contains a reference. Throws for a blank one, which
 * every line contains.
 */
export function linesMentioning(reference: string): Record<string, string> {
  if (reference.trim() === '') throw new RangeError('A blank reference would find every line')
  const mentionsIt = { '-like': `%${reference}%` }
  const q = JSON.stringify([{ description: mentionsIt }, { internal_note: mentionsIt }])
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
