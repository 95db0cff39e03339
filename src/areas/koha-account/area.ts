import type { Area } from '../../area.ts'
import { creditCases } from './cases.ts'
import { doDueWriteBacks } from './do-due-write-backs.ts'

/** What is written into patrons' accounts in Koha, once in effect. */
export const kohaAccount: Area = {
  name: 'koha-account',
  cases: creditCases,
  workers: { 'write-backs': doDueWriteBacks },
}
