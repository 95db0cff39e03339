import { z } from 'zod'
import { ore } from '../../base/money.ts'
import { eachLanguage, kronor, text } from '../../base/setting-values.ts'

export const debts = z.strictObject({
  minimum: kronor.default(ore(1000)).describe('Smallest sum that can be paid at once, in kronor.'),
  maximumLines: z.int().min(1).max(500).default(100).describe('Most debts in one payment.'),
  notPayableStatuses: z
    .array(text)
    .default(['UNRETURNED'])
    .describe('Koha statuses of debts that still grow.'),
  notPayableTypes: z.array(text).default([]).describe('Koha debit types that are handled elsewhere.'),
  names: z
    .record(z.string(), eachLanguage)
    .default({})
    .describe("Own words for Koha's debit types, in place of ours."),
})
