import type { Row } from '../query.ts'
import type { SeedLibrary } from '../seed-types.ts'
import type { Item } from '../tables.ts'
import { type Call, failed, malformed, numberIn, type Result, type Route } from './call.ts'
import { listing, listParameters } from './listing.ts'

const catalogue = { catalogue: '1' }
const libraryTexts = [
  'address1',
  'address2',
  'address3',
  'postal_code',
  'city',
  'state',
  'country',
  'phone',
  'fax',
  'email',
  'reply_to_email',
  'return_path_email',
  'url',
  'ip',
  'notes',
]

export const catalogueRoutes: Route[] = [
  {
    method: 'get',
    path: '/items',
    permissions: catalogue,
    parameters: [...listParameters, 'external_id'],
    embeds: ['+strings', 'biblio'],
    handle: listItems,
  },
  {
    method: 'get',
    path: '/items/:item_id',
    permissions: catalogue,
    parameters: [],
    embeds: ['+strings'],
    handle: showItem,
  },
  {
    method: 'get',
    path: '/libraries',
    permissions: catalogue,
    parameters: [...listParameters, 'name', ...libraryTexts],
    embeds: ['cash_registers', 'desks', 'smtp_server'],
    handle: listLibraries,
  },
  {
    method: 'get',
    path: '/libraries/:library_id',
    permissions: catalogue,
    parameters: [],
    handle: showLibrary,
  },
]

function listItems(call: Call): Result {
  const withBiblio = call.embed.includes('biblio')
  const all = [...call.world.tables.items.values()].map((item) => {
    const json = itemJson(item)
    return { json: withBiblio ? { ...json, biblio: biblioJson(item) } : json, rows: [json] }
  })
  return listing(call, all, ['external_id'])
}

function showItem(call: Call): Result {
  const id = numberIn(call, 'item_id')
  if (id === undefined) return malformed('/item_id', 'Expected integer - got string.')
  const item = call.world.tables.items.get(id)
  return item ? { status: 200, json: itemJson(item) } : failed(404, 'Item not found')
}

function itemJson(item: Item): Row {
  return {
    item_id: item.id,
    biblio_id: item.id,
    external_id: item.barcode,
    home_library_id: item.homeLibraryId,
    holding_library_id: item.homeLibraryId,
    item_type_id: item.itemType,
    effective_item_type_id: item.itemType,
    lost_status: item.lostStatus,
    replacement_price: item.replacementPrice ?? null,
    callnumber: null,
    not_for_loan_status: 0,
    damaged_status: 0,
    withdrawn: 0,
    timestamp: '2025-09-01T08:00:00+02:00',
  }
}

function biblioJson(item: Item): Row {
  return { biblio_id: item.id, title: item.title, subtitle: null, author: item.author }
}

function listLibraries(call: Call): Result {
  const all = [...call.world.tables.libraries.values()].map((library) => {
    const json = libraryJson(library)
    return { json, rows: [json] }
  })
  return listing(call, all, ['name', ...libraryTexts])
}

function showLibrary(call: Call): Result {
  const library = call.world.tables.libraries.get(call.params.library_id ?? '')
  return library ? { status: 200, json: libraryJson(library) } : failed(404, 'Library not found')
}

function libraryJson(library: SeedLibrary): Row {
  return {
    ...Object.fromEntries(libraryTexts.map((name) => [name, null])),
    library_id: library.id,
    name: library.name,
    city: library.city ?? null,
    pickup_location: true,
    public: true,
  }
}
