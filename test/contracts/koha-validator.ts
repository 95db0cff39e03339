import { createRequire } from 'node:module'
import type RequestModule from 'openapi-request-validator'
import type ResponseModule from 'openapi-response-validator'
import type { Exchanged } from '../../sandbox/koha/api/api-router.ts'
import type { KohaApi, Parameter, Schema } from './koha-api.ts'

// CommonJS with a default export: an import would find it in one place under Node and in another under vitest.
const load = createRequire(import.meta.url)
const RequestValidator = (load('openapi-request-validator') as typeof RequestModule).default
const ResponseValidator = (load('openapi-response-validator') as typeof ResponseModule).default

export interface Validator {
  /** Returns what is wrong with a call, on either side; empty when nothing is. */
  faultsOf(exchanged: Exchanged): string[]
}

/** Returns a validator of calls against Koha's own document. */
export function validatorOf(api: KohaApi): Validator {
  const paths = Object.entries(api.paths).map(([template, operations]) => ({
    pattern: new RegExp(`^${template.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
    operations,
  }))

  return {
    faultsOf(exchanged) {
      const found = paths.find(({ pattern }) => pattern.test(exchanged.path))
      const operation = found?.operations[exchanged.method.toLowerCase()]
      if (!found || !operation) return [`${exchanged.method} ${exchanged.path} is not in the contract`]
      const params = found.pattern.exec(exchanged.path)?.groups ?? {}
      // Key and permission are checked before it matters which answers the operation declares.
      const error = { schema: api.definitions.error as Schema }
      const responses = { 401: error, 403: error, 404: error, ...operation.responses }
      return [
        ...requestFaults(operation.parameters ?? [], params, exchanged),
        ...responseFaults(responses, exchanged),
      ]
    },
  }
}

function requestFaults(
  parameters: Parameter[],
  params: object,
  { query, headers, body }: Exchanged,
): string[] {
  const validator = new RequestValidator({ parameters: parameters as never })
  const typed = (place: string, given: Record<string, unknown>) =>
    Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name, coerced(parameters, place, name, value)]),
    )
  const result = validator.validateRequest({
    params: typed('path', params as Record<string, unknown>),
    query: typed('query', Object.fromEntries([...query.keys()].map((name) => [name, query.getAll(name)]))),
    headers: typed('header', headers),
    ...(body !== undefined && { body }),
  } as never) as { errors: object[] } | undefined
  // Koha refuses a parameter that it does not know; the validator lets it pass.
  const known = parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name)
  const strangers = [...query.keys()].filter((name) => !known.includes(name))
  return [
    ...(result?.errors ?? []).map((fault) => `request: ${JSON.stringify(fault)}`),
    ...strangers.map((name) => `request: the query parameter ${name} is not in the contract`),
  ]
}

/** Texts of an address and a header as the types that the contract gives them. */
function coerced(parameters: Parameter[], place: string, name: string, value: unknown): unknown {
  const type = parameters.find((parameter) => parameter.in === place && parameter.name === name)?.type
  const one = Array.isArray(value) && type !== 'array' ? value[0] : value
  if (type === 'integer') return /^-?\d+$/.test(String(one)) ? Number(one) : one
  if (type === 'boolean') return one === 'true' ? true : one === 'false' ? false : one
  if (type === 'array' && place === 'header') return String(one).split(',')
  return one
}

function responseFaults(responses: object, { status, json }: Exchanged): string[] {
  const validator = new ResponseValidator({
    responses: responses as never,
    customFormats: { 'date-time': isDateTime, date: isDate } as never,
  })
  // Through JSON, as it goes over the wire.
  const result = validator.validateResponse(String(status), JSON.parse(JSON.stringify(json)))
  const faults = (result?.errors ?? []) as object[]
  return faults.map((fault) => `response ${status}: ${JSON.stringify(fault)}`)
}

function isDateTime(value: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})$/.test(value) && !Number.isNaN(Date.parse(value))
  )
}

function isDate(value: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(value)
}
