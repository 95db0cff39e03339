import { compare, equal, like } from './collation.ts'

/** A row as the API names its columns; columns of a joined table carry a dot. */
export type Row = Record<string, unknown>

/** A `q` that Koha does not understand: 400 with error_code invalid_query (bug 37018). */
export class InvalidQuery extends Error {}

type Test = (column: unknown, value: unknown) => boolean

const operators: Record<string, Test> = {
  '=': equal,
  '!=': (column, value) => column !== null && !equal(column, value),
  '-not': (column, value) => column !== null && !equal(column, value),
  '<': ordered((order) => order < 0),
  '<=': ordered((order) => order <= 0),
  '>': ordered((order) => order > 0),
  '>=': ordered((order) => order >= 0),
  '-like': like,
  '-not_like': (column, value) => column !== null && !like(column, value),
}

function ordered(holds: (order: number) => boolean): Test {
  return (column, value) => {
    const order = compare(column, value)
    return order !== undefined && holds(order)
  }
}

/**
 * Whether a row meets Koha's JSON query: AND inside an object, OR inside an array, -and/-or to regroup (the general
 * description that a running Koha serves). Throws InvalidQuery for an unknown column or operator.
 */
export function meets(row: Row, query: unknown): boolean {
  if (Array.isArray(query)) return query.some((part) => meets(row, part))
  if (typeof query !== 'object' || query === null) throw new InvalidQuery('Neither object nor array')
  return Object.entries(query).every(([name, condition]) => {
    if (name === '-and') return asList(condition).every((part) => meets(row, part))
    if (name === '-or') return asList(condition).some((part) => meets(row, part))
    if (!Object.hasOwn(row, name)) throw new InvalidQuery(`Unknown column ${name}`)
    return columnMeets(row[name], condition)
  })
}

function asList(condition: unknown): unknown[] {
  if (Array.isArray(condition)) return condition
  return Object.entries(condition ?? {}).map(([name, value]) => ({ [name]: value }))
}

function columnMeets(column: unknown, condition: unknown): boolean {
  if (condition === null) return column === null || column === undefined
  if (Array.isArray(condition)) return condition.some((part) => columnMeets(column, part))
  if (typeof condition !== 'object') return equal(column, condition)
  return Object.entries(condition).every(([operator, value]) => operatorMeets(column, operator, value))
}

function operatorMeets(column: unknown, operator: string, value: unknown): boolean {
  const test = Object.hasOwn(operators, operator) ? operators[operator] : undefined
  if (test) return Array.isArray(value) ? value.some((one) => test(column, one)) : test(column, value)
  if (!Array.isArray(value)) throw new InvalidQuery(`Unknown operator ${operator}`)
  const [low, high] = value
  const between = (compare(column, low) ?? -1) >= 0 && (compare(column, high) ?? 1) <= 0
  if (operator === '-in') return value.some((one) => equal(column, one))
  if (operator === '-not_in') return column !== null && !value.some((one) => equal(column, one))
  if (operator === '-between') return between
  if (operator === '-not_between') return column !== null && !between
  throw new InvalidQuery(`Unknown operator ${operator}`)
}
