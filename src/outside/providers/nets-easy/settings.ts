import { z } from 'zod'
import { answerSeconds, apiAddress, origin, secretText } from '../provider.ts'

/** Hosts and the form of keys: Nexi's Payment API v1, "Hosts, keys, headers". */
const TEST_API = 'https://test.api.dibspayment.eu'
const LIVE_API = 'https://api.dibspayment.eu'
const CHECKOUTS = ['https://test.checkout.dibspayment.eu', 'https://checkout.dibspayment.eu']

/** Nexi takes 8 to 64 letters and digits; libraries that know the older rule stop at 32. */
const webhookSecret = z
  .string()
  .regex(/^[A-Za-z0-9]{8,64}$/, 'must be 8 to 64 letters and digits')
  .meta({ secret: true })

/** Settings of Nets Easy, which Nexi now calls Nexi Checkout. */
export const netsEasySettings = z
  .strictObject({
    title: z.string().trim().min(1).default('Nexi Checkout').describe('What a person calls it.'),
    apiUrl: apiAddress.default(TEST_API).describe(`${LIVE_API} takes real money; the default is for tests.`),
    checkoutOrigins: z
      .array(origin)
      .min(1)
      .default(CHECKOUTS)
      .describe('Where the payment pages are. Browsers are sent nowhere else.'),
    secretKey: secretText.describe(
      'The secret key from the Nexi portal, test-secret-key-… or live-secret-key-….',
    ),
    webhookSecret: webhookSecret.describe(
      'Our own password for webhooks: 32 letters and digits. `openssl rand -hex 16` makes one.',
    ),
    oldWebhookSecrets: z
      .array(webhookSecret)
      .default([])
      .describe('Earlier ones, still believed: a payment keeps the one it was made with.'),
    answerSeconds,
  })
  .refine(({ apiUrl, secretKey }) => !(apiUrl === TEST_API && secretKey.startsWith('live-')), {
    path: ['secretKey'],
    message: 'is a live key, but apiUrl is the test service',
  })
  .refine(({ apiUrl, secretKey }) => !(apiUrl === LIVE_API && secretKey.startsWith('test-')), {
    path: ['secretKey'],
    message: 'is a test key, but apiUrl is the live service',
  })
  .describe('Nets Easy, which Nexi now calls Nexi Checkout.')

export type NetsEasySettings = z.output<typeof netsEasySettings>
