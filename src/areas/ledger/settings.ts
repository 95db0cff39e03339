import { z } from 'zod'
import { account, regularExpression, text } from '../../base/setting-values.ts'

const codePart = z.strictObject({
  name: text.describe('What the economy office calls it.'),
  sieDimension: z.int().min(1).max(999).describe('SIE: 1 cost centre, 6 project, 20 and up are free.'),
  pattern: regularExpression
    .default('.+')
    .describe('A regular expression that every value must match whole.'),
  mandatory: z
    .boolean()
    .default(false)
    .describe('true when the economy system refuses entries without it: such a debt cannot be paid online.'),
})

export const economy = z.strictObject({
  series: z
    .string()
    .regex(/^[A-Za-z0-9]{1,10}$/, 'must be 1 to 10 letters and digits')
    .default('KVITT')
    .describe('Voucher series in the economy system.'),
  accounts: z.strictObject({
    cardReceivable: account.describe('What the payment company owes us until it pays out.'),
    surplus: account.describe('Money taken for debts that had shrunk, until it is refunded.'),
    disputed: account.describe(
      "Money that a payer's bank has taken back (chargeback), until a person has decided what it was.",
    ),
  }),
  accountNames: z.record(account, text).default({}).describe("Names of accounts, for the export's headings."),
  codeString: z
    .strictObject({
      costCentre: codePart.describe('Kostnadsställe: whose income it is.'),
      activity: codePart.optional().describe('Verksamhet.'),
      project: codePart.optional().describe('Projekt.'),
      counterparty: codePart.optional().describe('Motpart.'),
    })
    .describe('The parts of the code string beside account and VAT category.'),
  codingFile: text
    .default('coding.yaml')
    .describe('The dated coding rules; beside this file unless absolute.'),
  formats: z
    .array(z.enum(['sie4i', 'csv']))
    .min(1)
    .default(['sie4i', 'csv'])
    .describe('What each batch is written as.'),
  exportHour: z
    .int()
    .min(0)
    .max(23)
    .optional()
    .describe('Local hour in which a batch is made by itself. Leave out to make batches by hand.'),
})

export type EconomySettings = z.infer<typeof economy>
