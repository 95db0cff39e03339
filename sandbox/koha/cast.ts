import { credits, debits } from './cast-debts.ts'
import { items } from './cast-items.ts'
import { libraries } from './cast-libraries.ts'
import { patrons } from './cast-patrons.ts'
import type { Seed } from './seed-types.ts'

/** What the demo's Koha holds: an invented university's borrowers, each with a story of their own. */
export const cast: Seed = { libraries, patrons, items, debits, credits }
