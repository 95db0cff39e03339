import { beforeAll, describe, expect, it } from 'vitest'
import { routes } from '../../sandbox/koha/api/routes.ts'
import { calls, refusal, refusalsOfEveryCall } from '../fixtures/koha/contract.ts'
import type { Call } from '../fixtures/koha/notation.ts'
import { type KohaApi, type Operation, type Parameter, readKohaApi } from './koha-api.ts'
import { typeDifferences } from './type-differences.ts'

let api: KohaApi
beforeAll(async () => {
  api = await readKohaApi()
})

/** Koha's own text of a call, by its path with `{name}` or `:name`. */
function operationOf({ method, path }: { method: string; path: string }): Operation {
  const operation = api.paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]
  if (!operation) throw new Error(`Koha has no ${method} ${path}`)
  return operation
}

const parameters = ({ parameters = [] }: Operation, place: Parameter['in']) =>
  parameters.filter((one) => one.in === place)
const names = (some: Parameter[]) => some.map(({ name }) => name)
const embeds = (operation: Operation) =>
  parameters(operation, 'header').find(({ name }) => name === 'x-koha-embed')?.items?.enum ?? []

/** A form or an address as the object that it is. */
function asObject(some: Parameter[]) {
  return {
    properties: Object.fromEntries(some.map(({ required: _, ...schema }) => [schema.name, schema])),
    required: names(some.filter(({ required }) => required)),
  }
}

function sentDifferences(call: Call): string[] {
  const operation = operationOf(call)
  const [body] = parameters(operation, 'body')
  return [
    ...typeDifferences(
      { always: call.inPath ?? {} },
      asObject(parameters(operation, 'path')),
      'path',
      'sent',
    ),
    ...typeDifferences(
      { always: call.query ?? {} },
      asObject(parameters(operation, 'query')),
      'query',
      'sent',
    ),
    ...typeDifferences(
      call.form ?? { always: {} },
      asObject(parameters(operation, 'formData')),
      'form',
      'sent',
    ),
    ...(call.body ? typeDifferences(call.body, body?.schema ?? {}, 'body', 'sent') : []),
  ]
}

/** What Koha's text allows and Koha does not do, or leaves open: we rely on more than it promises. */
const reliedOn = [
  // The table's own key.
  /account_line_id: may be null there$/,
  // The record that is embedded in an item is not described there.
  /biblio: an object here, without properties there$/,
]

/** Koha/REST/V1/Patrons/Account.pm, list_credits: an unknown patron is not found, and the text does not say so. */
const undeclared = ['GET /patrons/{patron_id}/account/credits 404']

describe.each(calls.map((call) => ({ name: `${call.method} ${call.path}`, call })))(
  '$name',
  ({ name, call }) => {
    it('takes all that we send', () => {
      expect(sentDifferences(call)).toEqual([])
      expect(embeds(operationOf(call))).toEqual(expect.arrayContaining([...(call.embeds ?? [])]))
    })

    it('answers what we rely on', () => {
      const { status, json } = call.success
      const { schema = {} } = operationOf(call).responses[status] ?? {}
      const differences = typeDifferences(json, schema, `${status}`, 'answered')
      expect(differences.filter((one) => !reliedOn.some((known) => known.test(one)))).toEqual([])
    })

    it('is refused with the statuses that we know, and needs the permissions that we know', () => {
      const operation = operationOf(call)
      const declared = Object.keys(operation.responses).map(Number)
      const ours = [call.success.status, ...call.refusals, ...refusalsOfEveryCall]
      expect(declared.filter((status) => !ours.includes(status))).toEqual([])
      const refused = call.refusals.filter((status) => !undeclared.includes(`${name} ${status}`))
      expect(refused.filter((status) => !declared.includes(status))).toEqual([])
      expect(operation['x-koha-authorization']?.permissions).toEqual(call.permissions)
    })
  },
)

describe("Koha's refusal", () => {
  it('has the fields that we know', () => {
    const [own] = refusal
    if (own === undefined) throw new Error('The contract has no refusal')
    const { properties } = api.definitions.error ?? {}
    expect(
      typeDifferences(own, { properties: { ...properties, required_permissions: {} } }, '', 'answered'),
    ).toEqual([])
  })
})

describe("the sandbox's Koha", () => {
  it.each(routes.map((route) => ({ name: `${route.method} ${route.path}`, route })))(
    'takes no more than Koha does: $name',
    ({ route }) => {
      const operation = operationOf(route)
      expect(names(parameters(operation, 'query'))).toEqual(expect.arrayContaining(route.parameters))
      expect(embeds(operation)).toEqual(expect.arrayContaining(route.embeds ?? []))
    },
  )
})
