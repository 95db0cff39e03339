import { z } from 'zod'
import { cases } from '../areas/cases/settings.ts'
import { debts } from '../areas/debts/settings.ts'
import { economy } from '../areas/ledger/settings.ts'
import { payments } from '../areas/payments/settings.ts'
import { people } from '../areas/people/settings.ts'
import { refunds } from '../areas/refunds/settings.ts'
import { retention } from '../areas/retention/settings.ts'
import { koha } from '../outside/koha/settings.ts'
import { mail } from '../outside/mail/settings.ts'
import { saml } from './saml.ts'
import { database, library, service } from './service.ts'

/**
 * Every setting of Kvitt, with its purpose. kvitt.example.yaml is written from it (`npm run example`).
 * Unknown keys are faults: a misspelt setting must not be silently ignored. What a section cannot be is a fault too.
 */

/** The whole of kvitt.yaml. The settings of each provider are checked by that provider's own schema. */
export const settingsSchema = z.strictObject({
  service,
  library,
  database: database.prefault({}),
  koha,
  people,
  saml,
  debts: debts.prefault({}),
  payments,
  refunds: refunds.prefault({}),
  providers: z
    .record(z.string(), z.unknown())
    .describe(
      'The payment companies, by name. Keep the settings of one that you have left: payments made with it live on. docs/payment-companies.md: where the keys are, and what to switch on there.',
    ),
  mail,
  economy,
  retention: retention.prefault({}),
  cases: cases.prefault({}),
})

export type Settings = z.infer<typeof settingsSchema>
