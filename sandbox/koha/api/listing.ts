import { compare, equal, like } from '../collation.ts'
import { InvalidQuery, meets, type Row } from '../query.ts'
import { type Call, failed, malformed, type Result } from './call.ts'

/** Parameters that every list takes (Koha/REST/Plugin/Pagination.pm, Query.pm). */
export const listParameters = ['_match', '_order_by', '_page', '_per_page', 'q']

export interface Listed {
  /** What is answered. */
  json: Row
  /** What is searched: one row for each row of a joined table. */
  rows: Row[]
}

/** A list with Koha's filters, sorting and paging. */
export function listing(call: Call, all: Listed[], filters: string[]): Result {
  const match = call.query.get('_match') ?? 'contains'
  if (!(match in matchers))
    return malformed('/_match', `Not in enum list: ${Object.keys(matchers).join(', ')}.`)
  try {
    const simple = filters.flatMap((name) => call.query.getAll(name).map((value) => [name, value] as const))
    const queries = [...call.query.getAll('q').map(parsed), ...bodyQuery(call.body)]
    const found = all.filter(({ rows }) =>
      rows.some(
        (row) =>
          simple.every(([name, value]) => simpleMatch(row[name], value, match)) &&
          queries.every((query) => meets(row, query)),
      ),
    )
    return paged(
      call,
      sorted(found, call.query.get('_order_by')).map(({ json }) => json),
    )
  } catch (error) {
    if (!(error instanceof InvalidQuery)) throw error
    return failed(400, 'Invalid query', { error_code: 'invalid_query' })
  }
}

const matchers: Record<string, (value: string) => string> = {
  contains: (value) => `%${value}%`,
  starts_with: (value) => `${value}%`,
  ends_with: (value) => `%${value}`,
  exact: (value) => value,
}

/** Contains is the default, and nobody escapes % and _; exact is =, numbers included. */
function simpleMatch(column: unknown, value: string, match: string): boolean {
  if (typeof column === 'boolean' || match === 'exact') return equal(column, value)
  return like(column, matchers[match]?.(value) ?? value)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new InvalidQuery('Not JSON')
  }
}

/** A filter may also come as the body of a GET. */
function bodyQuery(body: unknown): unknown[] {
  return typeof body === 'object' && body !== null && Object.keys(body).length > 0 ? [body] : []
}

function sorted(found: Listed[], orderBy: string | null): Listed[] {
  if (!orderBy) return found
  const keys = orderBy
    .split(',')
    .map((key) => ({ name: key.replace(/^[+ -]/, ''), down: key.startsWith('-') }))
  return found.toSorted((a, b) => {
    for (const { name, down } of keys) {
      const order = compare(a.json[name], b.json[name]) ?? 0
      if (order !== 0) return down ? -order : order
    }
    return 0
  })
}

function paged(call: Call, found: Row[]): Result {
  const total = { 'X-Total-Count': String(found.length) }
  const wanted = Number(call.query.get('_per_page') ?? call.world.preferences.RESTdefaultPageSize)
  if (!Number.isInteger(wanted)) return malformed('/_per_page', 'Expected integer - got string.')
  if (wanted === -1) return { status: 200, json: found, headers: total }
  const size = wanted > 0 ? wanted : call.world.preferences.RESTdefaultPageSize
  const page = Math.max(1, Number(call.query.get('_page') ?? 1) || 1)
  const pages = Math.max(1, Math.ceil(found.length / size))
  return {
    status: 200,
    json: found.slice((page - 1) * size, page * size),
    headers: { ...total, Link: links(call.query, page, pages) },
  }
}

function links(query: URLSearchParams, page: number, pages: number): string {
  const at = (number: number, rel: string) => {
    const target = new URLSearchParams(query)
    target.set('_page', String(number))
    return `<?${target}>; rel="${rel}"`
  }
  const around = [
    ...(page > 1 ? [at(page - 1, 'prev')] : []),
    ...(page < pages ? [at(page + 1, 'next')] : []),
  ]
  return [...around, at(1, 'first'), at(pages, 'last')].join(',')
}
