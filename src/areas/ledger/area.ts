import type { Area } from '../../area.ts'

/** The journal: every öre that is taken, coded, in entries that balance and stay. */
export const ledger: Area = { name: 'ledger' }
