import type { Kind, Shape, Type } from '../../fixtures/koha/notation.ts'

const isText = (value: unknown): value is string => typeof value === 'string'
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)

const kinds: Record<Kind, (value: unknown) => boolean> = {
  anything: () => true,
  integer: Number.isInteger,
  number: isNumber,
  amount: (value) => isNumber(value) && value >= 0,
  boolean: (value) => typeof value === 'boolean',
  text: isText,
  json: (value) => isText(value) && isJson(value),
  date: (value) => isText(value) && /^\d{4}-\d\d-\d\d$/.test(value) && isDay(value),
  time: (value) =>
    isText(value) && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)$/.test(value) && isDay(value),
}

/** Returns where a value is not of the type, each as "place: what is wrong"; nothing when it is. */
export function valueFaults(type: Type, value: unknown, at: string): string[] {
  if (typeof type === 'string') return isOfKind(type, value) ? [] : [`${at}: ${named(value)}, not ${type}`]
  if ('oneOf' in type)
    return type.oneOf.includes(value as string) ? [] : [`${at}: none of ${type.oneOf.join(', ')}`]
  if (!('listOf' in type)) return objectFaults(type, value, at)
  if (!Array.isArray(value)) return [`${at}: ${named(value)}, not a list`]
  return value.flatMap((one, index) => valueFaults(type.listOf, one, `${at}.${index}`))
}

function objectFaults({ always, may = {} }: Shape, value: unknown, at: string): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [`${at}: ${named(value)}, not an object`]
  const given = value as Record<string, unknown>
  const missing = Object.keys(always).filter((name) => !Object.hasOwn(given, name))
  const faults = Object.entries(given).flatMap(([name, one]) => {
    const type = always[name] ?? may[name]
    return type === undefined
      ? [`${at}.${name}: not in the contract`]
      : valueFaults(type, one, `${at}.${name}`)
  })
  return [...missing.map((name) => `${at}.${name}: missing`), ...faults]
}

function isOfKind(type: string, value: unknown): boolean {
  if (type.endsWith('?') && value === null) return true
  return kinds[type.replace('?', '') as Kind](value)
}

function named(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value
}

function isDay(text: string): boolean {
  return !Number.isNaN(Date.parse(text))
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
