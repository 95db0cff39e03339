import { createHash } from 'node:crypto'
import { payload } from '../../fixtures/payloads.ts'
import type { City } from '../city.ts'
import type { BookRow } from '../rows.ts'

/** One order in which a provider's events may come, and the only right outcome for the debt. */
export interface Scenario {
  name: string
  /** Files of webhooks, in order of arrival. */
  deliver: string[]
  /** What the provider answers after the last of them; Nets Easy only. */
  retrieve?: string
  /** Another call's answer that belongs to the story. */
  also?: string
  expect: { status: string; credited: number; times: number; action?: string }
}

/** Returns the scenarios of a provider's example file. */
export function scenariosOf(provider: string): Scenario[] {
  return payload(`${provider}/sequences.json`).scenarios
}

/** The example's ids made this payment's own, each always the same: two payments may not share an event. */
export function ownIds(text: string, known: Record<string, string>, salt: string): string {
  const digest = (id: string) => createHash('sha256').update(`${salt} ${id}`).digest('hex')
  return text
    .replaceAll(/\b[0-9a-f]{32}\b/g, (id) => known[id] ?? digest(id).slice(0, 32))
    .replaceAll(/\b(cs_test|pi|ch|re|du|evt|txn)_[A-Za-z0-9]{8,}/g, (id, kind: string) => {
      return known[kind] ?? `${kind}_${digest(id).slice(0, 24)}`
    })
    .replaceAll('LIB-2026-000417', known.reference ?? '')
}

type Judge = (row: BookRow, koha: { net: number; credits: number }, wanted: Scenario['expect']) => boolean

const paidOnce: Judge = ({ state, parked }, { net, credits }, { credited, times }) =>
  state === 'paid' && parked === null && net === credited && credits === times

/**
 * What each outcome is with us. `partially_paid`: another sum stops everything until a person has decided, so nothing is
 * credited yet. `reserved`: we charge what is reserved. A refund made elsewhere is booked, and a person is told what
 * Koha lacks.
 */
export const outcomes: Record<string, Judge> = {
  paid: (row, koha, wanted) =>
    wanted.action === undefined
      ? paidOnce(row, koha, wanted)
      : row.state === 'paid' && koha.net === wanted.credited && koha.credits === wanted.times,
  reserved: (row, koha) => paidOnce(row, koha, { status: 'paid', credited: row.amount, times: 1 }),
  pending: ({ state, parked }, { net }) => state === 'open' && parked === null && net === 0,
  cancelled: ({ state }, { net }) => state === 'cancelled' && net === 0,
  expired: ({ state }, { net }) => (state === 'expired' || state === 'declined') && net === 0,
  failed: ({ state }, { net }) => state === 'declined' && net === 0,
  partially_paid: ({ parked, receivable }, { net }) =>
    parked === 'amount-differs' && net === 0 && receivable === 0,
  partially_refunded: ({ state, parked, income }, { credits }, { credited, times }) =>
    state === 'paid' && parked === 'refunded-elsewhere' && income === credited && credits === times,
  charged_back: ({ state, parked, receivable }, { credits }, { credited, times }) =>
    state === 'paid' && parked === 'disputed' && receivable === credited && credits === times,
}

/** What Koha has of a payment: the sum of all lines in öre, and the number of credits. */
export function inKoha(city: City, reference: string): { net: number; credits: number } {
  const lines = [...city.koha.world.tables.lines.values()].filter(
    ({ description }) => description === reference || description?.startsWith(`${reference}-`),
  )
  return {
    net: lines.reduce((sum, { amount }) => sum - amount / 10_000, 0),
    credits: lines.filter(({ kind }) => kind === 'credit').length,
  }
}
