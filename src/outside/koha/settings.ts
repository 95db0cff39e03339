import { z } from 'zod'
import { secret, text, webAddress } from '../../base/setting-values.ts'

export const koha = z
  .strictObject({
    url: webAddress
      .describe('The REST API, such as https://koha-staff.example.se/api/v1.')
      .meta({ example: 'https://koha-staff.ub.example.se/api/v1' }),
    auth: z
      .discriminatedUnion('kind', [
        z.strictObject({
          kind: z.literal('oauth').describe('oauth or basic.'),
          clientId: text
            .describe("The API key's client ID.")
            .meta({ example: '6f4a2d1c-1111-2222-3333-444455556666' }),
          clientSecret: secret.describe("The API key's secret."),
        }),
        z.strictObject({
          kind: z.literal('basic').describe('oauth or basic.'),
          user: text.describe("The staff account's user name.").meta({ example: 'kvitt' }),
          password: secret.describe('Its password.'),
        }),
      ])
      .describe('OAuth2 client credentials of an API key (preferred), or basic.'),
    readSeconds: z.number().min(0.1).max(60).default(8).describe('How long a question to Koha may take.'),
    writeSeconds: z
      .number()
      .min(0.1)
      .max(120)
      .default(20)
      .describe('How long a credit may take before its outcome counts as unknown.'),
    longestRequestSeconds: z
      .number()
      .min(0.1)
      .max(600)
      .default(90)
      .describe(
        'How long Koha or its proxy may still work on an abandoned request: before that has passed, Kvitt does not look for a credit of unknown outcome.',
      ),
    paymentType: text
      .max(80)
      .default('KVITT')
      .describe('payment_type of the credits; an authorised value of PAYMENT_TYPE.'),
    defaultLibrary: text
      .describe('Library code of a credit when no debt in it tells one.')
      .meta({ example: 'HUM' }),
  })
  .refine(({ writeSeconds, longestRequestSeconds }) => longestRequestSeconds >= writeSeconds, {
    path: ['longestRequestSeconds'],
    message: 'must be at least writeSeconds: Koha may still be working when we stop waiting',
  })
  .describe('Koha, 23.05 or later. docs/koha.md: how to make the key, and which permissions it needs.')
