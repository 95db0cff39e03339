import { z } from 'zod'
import { roles } from '../../base/role.ts'

/** Work that a person must look at. */
export const cases = z
  .strictObject({
    notify: z
      .partialRecord(z.enum(roles).exclude(['borrower']), z.array(z.email()))
      .default({})
      .meta({ example: { economy: ['ekonomi@bibliotek.example'], operator: ['drift@bibliotek.example'] } })
      .describe(
        'Who is told by mail of what waits for a person: addresses by role (economy, approver, operator, auditor, desk). At most one mail a day to each, and none when nothing waits.',
      ),
  })
  .describe('Work that waits for a person')
