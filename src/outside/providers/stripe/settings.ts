import { z } from 'zod'
import { answerSeconds, apiAddress, origin, secretText } from '../provider.ts'

/** Settings of Stripe Checkout. */
export const stripeSettings = z
  .strictObject({
    title: z.string().trim().min(1).default('Stripe').describe('What a person calls it.'),
    apiUrl: apiAddress.default('https://api.stripe.com').describe('The API; test and live share it.'),
    checkoutOrigins: z
      .array(origin)
      .min(1)
      .default(['https://checkout.stripe.com'])
      .describe(
        'Where the payment pages are; another one with a custom domain. Browsers are sent nowhere else.',
      ),
    secretKey: secretText.describe(
      'sk_test_…, sk_live_… or a restricted key that may write Checkout Sessions and PaymentIntents.',
    ),
    webhookSecrets: z
      .array(secretText)
      .min(1)
      .describe('Signing secrets (whsec_…) of the webhook endpoint. Several while one is rolled over.'),
    toleranceSeconds: z
      .int()
      .min(1)
      .max(3600)
      .default(300)
      .describe('How old, or how far ahead of our clock, a signed webhook may be.'),
    apiVersion: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}(\.[a-z]+)?$/)
      .default('2026-10-28.endive')
      .describe(
        'The version of the API that this adapter was written against. Change it only with the adapter.',
      ),
    answerSeconds,
  })
  .describe('Stripe Checkout. It wants payments.checkoutMinutes to be 30 at least.')

export type StripeSettings = z.output<typeof stripeSettings>
