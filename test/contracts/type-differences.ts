import type { Fields, Shape, Type } from '../fixtures/koha/notation.ts'
import type { Schema } from './koha-api.ts'

/** `sent`: Koha must take all that we may send. `answered`: we must be ready for all that Koha may answer. */
export type Side = 'sent' | 'answered'

const inSwagger: Record<string, { type: string; format?: string }> = {
  integer: { type: 'integer' },
  number: { type: 'number' },
  amount: { type: 'number' },
  boolean: { type: 'boolean' },
  text: { type: 'string' },
  json: { type: 'string' },
  date: { type: 'string', format: 'date' },
  time: { type: 'string', format: 'date-time' },
}

/** Returns where our type of a value is not what Koha's document says, each as "place: what differs". */
export function typeDifferences(ours: Type, theirs: Schema, at: string, side: Side): string[] {
  if (typeof ours === 'string') return kindDifferences(ours, theirs, at, side)
  if ('oneOf' in ours) {
    const strangers = theirs.enum ? ours.oneOf.filter((one) => !theirs.enum?.includes(one)) : []
    return [...kindDifferences('text', theirs, at, side), ...strangers.map((one) => `${at}: no ${one} there`)]
  }
  if (!('listOf' in ours)) return shapeDifferences(ours, theirs, at, side)
  if (theirs.type !== 'array' || !theirs.items) return [`${at}: a list here, ${theirs.type} there`]
  return typeDifferences(ours.listOf, theirs.items, `${at}[]`, side)
}

function kindDifferences(ours: string, theirs: Schema, at: string, side: Side): string[] {
  const wanted = inSwagger[ours.replace('?', '')]
  if (!wanted) return []
  const types = [theirs.type ?? []].flat()
  const [mayBeNullHere, mayBeNullThere] = [ours.endsWith('?'), types.includes('null')]
  return [
    ...(types.includes(wanted.type) ? [] : [`${at}: ${ours} here, ${types.join('/') || 'untyped'} there`]),
    ...(wanted.format === theirs.format ? [] : [`${at}: ${ours} here, of format ${theirs.format} there`]),
    ...(mayBeNullHere && !mayBeNullThere ? [`${at}: never null there`] : []),
    ...(side === 'answered' && mayBeNullThere && !mayBeNullHere ? [`${at}: may be null there`] : []),
    ...(theirs.minimum !== undefined && (ours !== 'amount' || theirs.minimum !== 0)
      ? [`${at}: not below ${theirs.minimum} there`]
      : []),
  ]
}

function shapeDifferences({ always, may = {} }: Shape, theirs: Schema, at: string, side: Side): string[] {
  const known = theirs.properties
  if (!known) return [`${at}: an object here, without properties there`]
  const fields: Fields = { ...always, ...may }
  const demanded = (theirs.required ?? []).filter((name) => side === 'sent' && !Object.hasOwn(always, name))
  return [
    ...demanded.map((name) => `${at}.${name}: demanded there`),
    ...Object.entries(fields).flatMap(([name, type]) => {
      const other = known[name]
      return other ? typeDifferences(type, other, `${at}.${name}`, side) : [`${at}.${name}: not there`]
    }),
  ]
}
