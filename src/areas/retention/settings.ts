import { z } from 'zod'

export const retention = z
  .strictObject({
    abandonedMonths: z
      .int()
      .min(1)
      .max(24)
      .default(3)
      .describe('Payments that came to nothing are made nobody’s after so many months.'),
    titlesMonths: z
      .int()
      .min(1)
      .max(84)
      .default(6)
      .describe(
        'Titles, barcodes and e-mail addresses of paid payments are removed after so many months. What a person has borrowed is secret (OSL 40:3).',
      ),
    webhookMonths: z
      .int()
      .min(1)
      .max(24)
      .default(3)
      .describe('What payment companies have sent is emptied after so many months.'),
    paymentYears: z
      .int()
      .min(1)
      .max(30)
      .default(7)
      .describe(
        'Paid payments are made nobody’s so many years after the end of their calendar year (RA-FS 2018:10). The books stay whole.',
      ),
  })
  .describe('How long what concerns a person is kept. docs/personal-data.md says why.')
