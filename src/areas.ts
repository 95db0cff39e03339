import type { Area } from './area.ts'
import { audit } from './areas/audit/area.ts'
import { borrower } from './areas/borrower/area.ts'
import { cases } from './areas/cases/area.ts'
import { debts } from './areas/debts/area.ts'
import { desk } from './areas/desk/area.ts'
import { economyOffice } from './areas/economy-office/area.ts'
import { exports } from './areas/exports/area.ts'
import { kohaAccount } from './areas/koha-account/area.ts'
import { ledger } from './areas/ledger/area.ts'
import { notices } from './areas/notices/area.ts'
import { operations } from './areas/operations/area.ts'
import { payments } from './areas/payments/area.ts'
import { people } from './areas/people/area.ts'
import { receipts } from './areas/receipts/area.ts'
import { refunds } from './areas/refunds/area.ts'
import { retention } from './areas/retention/area.ts'

/**
 * All areas, the ground floor first: an area imports only areas that stand before it. Every other list of areas in the
 * house is a loop over this one.
 */
export const areas: readonly Area[] = [
  audit,
  people,
  ledger,
  cases,
  debts,
  notices,
  payments,
  refunds,
  kohaAccount,
  receipts,
  exports,
  retention,
  operations,
  desk,
  borrower,
  economyOffice,
]
