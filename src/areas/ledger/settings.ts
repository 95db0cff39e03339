import { z } from 'zod'
import { account, regularExpression, text } from '../../base/setting-values.ts'

const codePart = z.strictObject({
  name: text.describe('What the economy office calls it.'),
  sieDimension: z.int().min(1).max(999).describe('SIE: 1 cost centre, 6 project, 20 and up are free.'),
  pattern: regularExpression
    .default('.+')
    .describe('A regular expression that every value must match whole.')
    .meta({ leftOut: 'anything' }),
  mandatory: z
    .boolean()
    .default(false)
    .describe('true when the economy system refuses entries without it: such a debt cannot be paid online.'),
})

export const economy = z
  .strictObject({
    series: z
      .string()
      .regex(/^[A-Za-z0-9]{1,10}$/, 'must be 1 to 10 letters and digits')
      .default('KVITT')
      .describe('Voucher series in the economy system.'),
    accounts: z
      .strictObject({
        cardReceivable: account
          .describe('What the payment company owes us until it pays out.')
          .meta({ example: '15810' }),
        surplus: account
          .describe('Money taken for debts that had shrunk, until it is refunded.')
          .meta({ example: '24990' }),
        disputed: account
          .describe(
            "Money that a payer's bank has taken back (chargeback), until a person has decided what it was.",
          )
          .meta({ example: '15890' }),
      })
      .describe('Accounts of what is no income.'),
    accountNames: z
      .record(account, text)
      .default({})
      .describe("Names of accounts, for the export's headings.")
      .meta({
        leftOut: 'none',
        example: {
          15810: 'Fordran kortinlösen',
          15890: 'Bestridda kortbetalningar',
          24990: 'Skuld till låntagare',
          31900: 'Förseningsavgifter bibliotek',
          31910: 'Ersättning för förkomna böcker',
          31920: 'Arbetskostnad förkomna böcker',
          31930: 'Övriga biblioteksavgifter',
        },
      }),
    codeString: z
      .strictObject({
        costCentre: codePart.describe('Kostnadsställe: whose income it is.').meta({
          example: { name: 'Kostnadsställe', sieDimension: 1, pattern: String.raw`\d{6}`, mandatory: true },
        }),
        activity: codePart
          .optional()
          .describe('Verksamhet.')
          .meta({
            leftOut: 'the code string has none',
            example: { name: 'Verksamhet', sieDimension: 20, pattern: String.raw`\d{2}`, mandatory: true },
          }),
        project: codePart
          .optional()
          .describe('Projekt.')
          .meta({
            leftOut: 'the code string has none',
            example: { name: 'Projekt', sieDimension: 6, pattern: String.raw`B\d{5}` },
          }),
        counterparty: codePart
          .optional()
          .describe('Motpart.')
          .meta({
            leftOut: 'the code string has none',
            example: { name: 'Motpart', sieDimension: 21, pattern: String.raw`\d{4}` },
          }),
      })
      .describe('The parts of the code string beside account and VAT category.'),
    codingFile: text
      .default('coding.yaml')
      .describe('The dated coding rules; beside this file unless absolute. coding.example.yaml shows one.'),
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
      .describe('Local hour in which a batch is made by itself.')
      .meta({ leftOut: 'batches are made by hand', example: 6 }),
  })
  .describe('The books. docs/economy.md: what goes where, and how the files look.')

export type EconomySettings = z.infer<typeof economy>
