/**
 * Where two JSON values differ in shape: keys that one of them lacks, and types that differ. Null fits everything, lists are
 * compared by their first entries, and objects that hold whatever a caller put there (`free`) are not looked into.
 */
export function shapeDifferences(
  example: unknown,
  ours: unknown,
  { free = [], path = '' }: { free?: string[]; path?: string } = {},
): string[] {
  if (example === null || ours === null) return []
  const kinds = [kindOf(example), kindOf(ours)]
  if (kinds[0] !== kinds[1]) return [`${path}: ${kinds[0]} there, ${kinds[1]} here`]
  if (Array.isArray(example) && Array.isArray(ours)) {
    if (example.length === 0 || ours.length === 0) return []
    return shapeDifferences(example[0], ours[0], { free, path: `${path}[]` })
  }
  if (!isObject(example) || !isObject(ours)) return []
  const keys = new Set([...Object.keys(example), ...Object.keys(ours)])
  return [...keys].flatMap((key) => {
    const here = path === '' ? key : `${path}.${key}`
    if (free.includes(key)) return []
    if (!(key in ours)) return [`${here}: missing here`]
    if (!(key in example)) return [`${here}: not there`]
    return shapeDifferences(example[key], ours[key], { free, path: here })
  })
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'list' : typeof value
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
