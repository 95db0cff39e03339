import type { Exchanged } from '../../../sandbox/koha/api/api-router.ts'
import { calls, refusal, refusalsOfEveryCall } from '../../fixtures/koha/contract.ts'
import type { Call, Fields, Type } from '../../fixtures/koha/notation.ts'
import { valueFaults } from './value-faults.ts'

const known = calls.map((call) => ({
  call,
  pattern: new RegExp(`^${call.path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
}))

/** Returns what is wrong with a call by Koha's contract, on either side; nothing when all is well. */
export function faultsOf(exchanged: Exchanged): string[] {
  const { method, path } = exchanged
  const found = known.find(({ call, pattern }) => call.method === method && pattern.test(path))
  if (!found) return [`${method} ${path} is not in the contract`]
  const inPath = found.pattern.exec(path)?.groups ?? {}
  return [
    ...addressFaults(found.call, inPath, exchanged.query),
    ...headerFaults(found.call, exchanged.headers),
    ...bodyFaults(found.call, exchanged.body),
    ...answerFaults(found.call, exchanged),
  ]
}

function addressFaults({ inPath = {}, query: known = {} }: Call, given: object, query: URLSearchParams) {
  const all: Fields = { ...known, ...inPath }
  const inQuery = [...new Set(query.keys())].map((name): [string, string[]] => [name, query.getAll(name)])
  const values = [
    ...Object.entries(given).map(([name, one]): [string, string[]] => [name, [one]]),
    ...inQuery,
  ]
  return values.flatMap(([name, texts]) => {
    const type = all[name]
    if (type === undefined) return [`request: the query parameter ${name} is not in the contract`]
    if (isList(type)) return valueFaults(type, texts, `request: ${name}`)
    if (texts.length > 1) return [`request: ${name} comes ${texts.length} times`]
    return valueFaults(type, asRead(type, texts[0]), `request: ${name}`)
  })
}

function isList(type: Type): boolean {
  return typeof type === 'object' && 'listOf' in type
}

/** An address holds texts only. */
function asRead(type: Type, text = ''): unknown {
  return type === 'integer' && /^-?\d+$/.test(text) ? Number(text) : text
}

function headerFaults({ embeds = [], permissions }: Call, headers: Exchanged['headers']): string[] {
  const wanted = String(headers['x-koha-embed'] ?? '')
    .split(',')
    .filter((name) => name !== '' && !embeds.includes(name))
  return [
    ...wanted.map((name) => `request: x-koha-embed knows no ${name}`),
    ...(permissions && !/^(?:Bearer|Basic) \S/.test(headers.authorization ?? '') ? ['request: no key'] : []),
  ]
}

function bodyFaults({ form, body: shape = form }: Call, body: unknown): string[] {
  if (shape) return valueFaults(shape, body, 'request')
  return body === undefined || Object.keys(body as object).length === 0 ? [] : ['request: a body']
}

function answerFaults({ success, refusals }: Call, { status, json }: Exchanged): string[] {
  // Through JSON, as it goes over the wire.
  const value: unknown = JSON.parse(JSON.stringify(json))
  if (status === success.status) return valueFaults(success.json, value, `answer ${status}`)
  if (![...refusals, ...refusalsOfEveryCall].includes(status))
    return [`answer ${status}: not in the contract`]
  const asEach = refusal.map((type) => valueFaults(type, value, `answer ${status}`))
  return asEach.some((faults) => faults.length === 0) ? [] : asEach.flat()
}
