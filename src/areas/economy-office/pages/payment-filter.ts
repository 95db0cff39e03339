import { z } from 'zod'
import type { PaymentFilter } from '../../payments/list-store.ts'

/** The states that the list can be asked for, in the order of the field. `unexported` is answered by the ledger. */
export const listStates = [
  'paid',
  'under-way',
  'koha',
  'parked',
  'unexported',
  'declined',
  'cancelled',
  'expired',
  'failed',
] as const
export type ListState = (typeof listStates)[number]

export const pageSizes = [25, 100, 500] as const

/** What the address says, as it says it: shown again in the fields. */
export interface AskedFilter {
  reference: string
  state: string
  from: string
  to: string
}

export type FilterFault = 'reference' | 'state' | 'from' | 'to' | 'order'

export interface ReadFilter {
  asked: AskedFilter
  faults: FilterFault[]
  state: ListState | null
  /** Without `among`, which the ledger fills in. */
  filter: PaymentFilter
  before: number | null
  size: (typeof pageSizes)[number]
}

const text = z.string().max(100).catch('')
const day = z.iso.date()
const one = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).nullable().catch(null)

/**
 * Reads a list's address. The filter lives there, so that it can be kept as a bookmark. A field that cannot be read is
 * a fault, never left out: a list of more than was asked for would be summed up by somebody.
 */
export function readFilter(query: Record<string, unknown>): ReadFilter {
  const asked = {
    reference: text.parse(query.reference).trim().toUpperCase(),
    state: text.parse(query.state),
    from: text.parse(query.from).trim(),
    to: text.parse(query.to).trim(),
  }
  const state = listStates.find((known) => known === asked.state) ?? null
  const faults: FilterFault[] = []
  if (!/^[A-Z0-9-]*$/.test(asked.reference)) faults.push('reference')
  if (asked.state !== '' && state === null) faults.push('state')
  for (const field of ['from', 'to'] as const) {
    if (asked[field] !== '' && !day.safeParse(asked[field]).success) faults.push(field)
  }
  if (faults.length === 0 && asked.from && asked.to && asked.to < asked.from) faults.push('order')
  const size = pageSizes.find((known) => String(known) === query.size) ?? pageSizes[0]
  return {
    asked,
    faults,
    state,
    filter: {
      reference: asked.reference || null,
      state: state === 'unexported' ? null : state,
      from: asked.from || null,
      to: asked.to || null,
      among: null,
    },
    before: one.parse(query.before ?? null),
    size,
  }
}

/** The address of the same list with something changed; what is empty is left out. */
export function addressOf(
  path: string,
  asked: Partial<AskedFilter> & { size?: number | undefined; before?: number | null },
): string {
  const { size, ...rest } = asked
  const entries = Object.entries({ ...rest, ...(size === pageSizes[0] ? {} : { size }) })
    .filter(([, value]) => value !== '' && value !== null && value !== undefined)
    .map(([name, value]): [string, string] => [name, String(value)])
  return entries.length === 0 ? path : `${path}?${new URLSearchParams(entries)}`
}
