import { z } from 'zod'
import { kronor, text } from '../../base/setting-values.ts'

export const refunds = z
  .strictObject({
    approvalFrom: kronor
      .prefault(500)
      .describe('Refunds of so many kronor or more want a second person to approve them. 0: all of them.'),
    kohaDebit: z
      .boolean()
      .default(true)
      .describe(
        'true: what is refunded is owed again in Koha by itself; false: the desk is told what to do there.',
      ),
    kohaDebitTypes: z
      .record(z.string(), text)
      .default({ OVERDUE: 'MANUAL' })
      .describe(
        'Koha debit types that are owed again as another type. An OVERDUE would start to grow anew in Koha.',
      ),
  })
  .describe('Giving money back.')
