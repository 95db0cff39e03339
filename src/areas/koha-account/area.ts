import type { Area } from '../../area.ts'

/** What is written into patrons' accounts in Koha, once in effect. */
export const kohaAccount: Area = { name: 'koha-account' }
