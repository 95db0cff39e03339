import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { knownProviders } from '../../../src/outside/providers/list.ts'

const nets = knownProviders['nets-easy'].settings
const stripe = knownProviders.stripe.settings
const secretKey = 'test-secret-key-0123456789'
const webhookSecret = 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6'

/** What an operator is told. */
function faults(schema: z.ZodType, settings: Record<string, unknown>): string[] {
  return (
    schema.safeParse(settings).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? []
  )
}

describe('settings of a provider', () => {
  it('need no more than secrets, and then mean the test service of Nets Easy', () => {
    expect(nets.parse({ secretKey, webhookSecret })).toEqual({
      title: 'Nexi Checkout',
      apiUrl: 'https://test.api.dibspayment.eu',
      checkoutOrigins: ['https://test.checkout.dibspayment.eu', 'https://checkout.dibspayment.eu'],
      secretKey,
      webhookSecret,
      oldWebhookSecrets: [],
      answerSeconds: 15,
    })
    expect(stripe.parse({ secretKey: 'sk_test_0123', webhookSecrets: ['whsec_0123'] })).toMatchObject({
      apiUrl: 'https://api.stripe.com',
      checkoutOrigins: ['https://checkout.stripe.com'],
      toleranceSeconds: 300,
      apiVersion: '2026-10-28.endive',
    })
  })

  it('do not take a live key for tests, nor a test key for real money', () => {
    const live = { apiUrl: 'https://api.dibspayment.eu', webhookSecret }
    expect(faults(nets, { ...live, secretKey })).toEqual([
      'secretKey: is a test key, but apiUrl is the live service',
    ])
    expect(faults(nets, { webhookSecret, secretKey: 'live-secret-key-0123' })).toEqual([
      'secretKey: is a live key, but apiUrl is the test service',
    ])
    expect(faults(nets, { ...live, secretKey: 'live-secret-key-0123' })).toEqual([])
  })

  it.each(['short', 'with-a-dash-0123', 'å'.repeat(20), 'x'.repeat(65)])(
    'do not take a webhook secret that Nexi would refuse: %s',
    (refused) => {
      expect(faults(nets, { secretKey, webhookSecret: refused })).toEqual([
        'webhookSecret: must be 8 to 64 letters and digits',
      ])
    },
  )

  it.each([
    'https://checkout.example/',
    'https://checkout.example/path',
    'checkout.example',
    'javascript:alert(1)',
  ])('do not take for an origin: %s', (origin) => {
    expect(faults(nets, { secretKey, webhookSecret, checkoutOrigins: [origin] })).not.toEqual([])
  })

  it('still believe an earlier webhook secret, since payments keep the one they were made with', () => {
    const settings = { secretKey, webhookSecret, oldWebhookSecrets: ['theOneBefore0123'] }
    const provider = knownProviders['nets-easy'].create(settings, { now: () => new Date() })
    const body = Buffer.from('{"id":"1","event":"payment.created","data":{"paymentId":"1"}}')
    for (const authorization of [webhookSecret, 'theOneBefore0123']) {
      expect(provider.readWebhook({ body, headers: { authorization } }, new Date()).kind).toBe('event')
    }
  })

  it.each(Object.entries(knownProviders))(
    'of %s name their secrets and their keys to the configuration',
    (_name, { settings }) => {
      const schema = z.toJSONSchema(settings, { io: 'input', unrepresentable: 'any' })
      expect(Object.keys(schema.properties ?? {})).toEqual(
        expect.arrayContaining(['secretKey', 'apiUrl', 'title']),
      )
      expect(schema.properties?.secretKey).toMatchObject({ secret: true })
    },
  )
})
