import type { Row } from '../query.ts'
import type { Patron } from '../tables.ts'
import {
  type Call,
  failed,
  malformed,
  numberIn,
  type Permissions,
  patronNotFound,
  type Result,
  type Route,
} from './call.ts'
import { listing, listParameters } from './listing.ts'
import { attributesJson, embedded, patronFilters, patronJson } from './patron-json.ts'

const mayList: Permissions = [
  { borrowers: 'list_borrowers' },
  { borrowers: 'edit_borrowers' },
  { circulate: 'manage_bookings' },
  { tools: 'label_creator' },
  { serials: 'routing' },
  { acquisition: 'order_manage' },
]

export const patronRoutes: Route[] = [
  {
    method: 'get',
    path: '/patrons',
    permissions: mayList,
    parameters: [...listParameters, ...patronFilters],
    embeds: ['extended_attributes', 'checkouts+count', 'overdues+count', 'account_balance', 'library'],
    handle: listPatrons,
  },
  {
    method: 'get',
    path: '/patrons/:patron_id',
    permissions: [{ borrowers: 'list_borrowers' }, { borrowers: 'edit_borrowers' }],
    parameters: [],
    embeds: ['+strings', 'extended_attributes'],
    handle: showPatron,
  },
  {
    method: 'post',
    path: '/auth/password/validation',
    permissions: { borrowers: '1' },
    parameters: [],
    handle: validatePassword,
  },
]

function listPatrons(call: Call): Result {
  const { tables } = call.world
  const joined = call.embed.includes('extended_attributes')
  const all = [...tables.patrons.values()].map((patron) => {
    const json = patronJson(patron)
    return {
      json: { ...json, ...embedded(patron, call.embed, tables) },
      rows: joined ? withAttributes(json, patron) : [json],
    }
  })
  return listing(call, all, patronFilters)
}

/** One row per attribute, as the join gives them; without the embed the columns are unknown to a query. */
function withAttributes(json: Row, patron: Patron): Row[] {
  const attributes = patron.attributes.length > 0 ? patron.attributes : [{ type: null, value: null }]
  return attributes.map(({ type, value }) => ({
    ...json,
    'extended_attributes.type': type,
    'extended_attributes.code': type,
    'extended_attributes.value': value,
    'extended_attributes.attribute': value,
  }))
}

function showPatron(call: Call): Result {
  const id = numberIn(call, 'patron_id')
  if (id === undefined) return malformed('/patron_id', 'Expected integer - got string.')
  const patron = call.world.tables.patrons.get(id)
  if (!patron) return patronNotFound
  const attributes = call.embed.includes('extended_attributes')
    ? { extended_attributes: attributesJson(patron) }
    : {}
  return { status: 200, json: { ...patronJson(patron), ...attributes } }
}

/** 201 for a good password, 400 for a bad one, as since 22.11 (bug 30962). */
function validatePassword(call: Call): Result {
  const { identifier, userid, password } = (call.body ?? {}) as Record<string, unknown>
  if (typeof password !== 'string') return malformed('/body/password', 'Missing property.')
  const all = [...call.world.tables.patrons.values()]
  const found =
    all.find((patron) => patron.userid === (userid ?? identifier)) ??
    (userid === undefined ? all.find((patron) => patron.cardnumber === identifier) : undefined)
  if (!found || found.password === undefined || found.password !== password) {
    return failed(400, 'Validation failed')
  }
  return {
    status: 201,
    json: { patron_id: found.id, cardnumber: found.cardnumber ?? '', userid: found.userid ?? '' },
  }
}
