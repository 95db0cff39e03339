import { z } from 'zod'
import { text } from '../../base/setting-values.ts'

export const payments = z
  .strictObject({
    open: z
      .boolean()
      .default(true)
      .describe('false stops new payments in an emergency: debts are shown, and why paying is closed.'),
    provider: text
      .describe('Which of the providers below takes new payments.')
      .meta({ example: 'nets-easy' }),
    checkoutMinutes: z
      .int()
      .min(5)
      .max(1440)
      .default(30)
      .describe('How long a started payment can be paid. Some payment companies demand a least time.'),
    referencePrefix: z
      .string()
      .regex(/^[A-Z]{1,6}$/, 'must be 1 to 6 capital letters, A to Z')
      .default('KV')
      .describe('First letters of every payment reference.'),
    publicDevices: z
      .boolean()
      .default(false)
      .describe('true asks the provider never to remember a card (library computers).'),
    surplus: z
      .enum(['refund', 'park'])
      .default('refund')
      .describe(
        'What becomes of money taken for a debt that had shrunk or gone: refund gives it back by itself; park leaves it to a person.',
      ),
  })
  .describe('Paying.')
