import { z } from 'zod'
import { eachLanguage, kronor, text } from '../../base/setting-values.ts'

export const debts = z
  .strictObject({
    minimum: kronor.prefault(10).describe('Smallest sum that can be paid at once, in kronor.'),
    maximumLines: z.int().min(1).max(500).default(100).describe('Most debts in one payment.'),
    notPayableStatuses: z
      .array(text)
      .default(['UNRETURNED'])
      .describe('Koha statuses of debts that still grow.'),
    notPayableTypes: z
      .array(text)
      .default([])
      .describe('Koha debit types that are handled elsewhere.')
      .meta({ example: ['L_INKASSO'] }),
    names: z
      .record(z.string(), eachLanguage)
      .default({})
      .describe("Own words for Koha's debit types, in place of ours.")
      .meta({
        leftOut: 'ours',
        example: { L_INKASSO: { sv: 'Avgift hos inkasso', en: 'Fee in debt collection' } },
      }),
  })
  .describe('What can be paid here.')
