import type { Role } from './role.ts'

/** Who acts, as what, and from where. `system` is a part of Kvitt that acts by itself. */
export interface Actor {
  who: string
  role: Role | 'system'
  /** The address of the request; null for what nobody asked for by one. */
  address: string | null
  /** The request's id, as in the log. */
  request: string | null
}

/** Who acts when the clock does. */
export const timetable: Actor = { who: 'timetable', role: 'system', address: null, request: null }
