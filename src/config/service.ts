import { z } from 'zod'
import { eachLanguage, publicAddress, secret, text, webAddress } from '../base/setting-values.ts'

export const service = z
  .strictObject({
    baseUrl: publicAddress
      .describe(
        'The address that browsers, the identity provider and webhooks use: https, and a host of its own.',
      )
      .meta({ example: 'https://avgifter.ub.example.se' }),
    port: z.int().min(0).max(65535).default(8080).describe('The port to listen on; 0 takes a free one.'),
    listen: text
      .default('127.0.0.1')
      .describe('The address to listen on. 0.0.0.0 in a container.')
      .meta({ example: '0.0.0.0' }),
    trustProxy: z
      .int()
      .min(0)
      .max(5)
      .default(0)
      .describe(
        'How many proxies stand in front, exactly: decides whose word on the client address is believed.',
      )
      .meta({ example: 1 }),
    sessionSecrets: z
      .array(secret.min(32))
      .min(1)
      .describe(
        'Signs session cookies. The first signs, all verify: put a new one first to roll over. At least 32 characters each; `openssl rand -base64 36` makes one.',
      ),
    sessionMinutes: z.int().min(5).max(480).default(30).describe('Signed out after so many idle minutes.'),
    logLevel: z
      .enum(['fatal', 'error', 'warn', 'info', 'debug'])
      .default('info')
      .describe('Which log lines are written: from fatal (least) over error, warn and info to debug.'),
    requestsPerMinute: z
      .int()
      .min(60)
      .default(1200)
      .describe(
        'Requests from one address in a minute before 429. A campus may share an address: it is to stop machines.',
      ),
    notice: eachLanguage
      .optional()
      .describe('A banner on every page, such as "Test: no real money".')
      .meta({ leftOut: 'none', example: { sv: 'Test: inga riktiga pengar', en: 'Test: no real money' } }),
    metricsToken: secret
      .min(16)
      .optional()
      .describe('Bearer token that /metrics asks for.')
      .meta({ leftOut: 'only loopback may read /metrics' }),
  })
  .describe('The service itself.')

export const library = z
  .strictObject({
    name: eachLanguage
      .describe('The library, as borrowers know it.')
      .meta({ example: { sv: 'Exempeluniversitetets bibliotek', en: 'Example University Library' } }),
    university: eachLanguage
      .describe('The receiver of the money, as on the receipt.')
      .meta({ example: { sv: 'Exempeluniversitetet', en: 'Example University' } }),
    organisationNumber: z
      .string()
      .regex(/^\d{6}-\d{4}$/, 'must be like 202100-1234')
      .describe("The university's organisation number, NNNNNN-NNNN.")
      .meta({ example: '202199-0011' }),
    email: z.email().describe('Where borrowers ask about fees.').meta({ example: 'avgifter@ub.example.se' }),
    phone: text
      .optional()
      .describe("The desk's telephone.")
      .meta({ leftOut: 'not shown', example: '031-123 45 67' }),
    address: text
      .optional()
      .describe('The address on the receipt, in one line.')
      .meta({ leftOut: 'not shown', example: 'Biblioteksgatan 1, 411 00 Göteborg' }),
    website: webAddress
      .describe("The library's own page about fees.")
      .meta({ example: 'https://www.ub.example.se/avgifter' }),
    opac: webAddress
      .describe('Koha\'s "Mina sidor", where borrowers come from.')
      .meta({ example: 'https://opac.ub.example.se/cgi-bin/koha/opac-user.pl' }),
    theme: z
      .enum(['neutral', 'koha', 'demo'])
      .default('neutral')
      .describe("The look: neutral, koha (like Koha's OPAC) or demo."),
    accentColour: z
      .string()
      .regex(/^#[0-9a-f]{6}$/i, 'must be like #0b5a52')
      .optional()
      .describe("The university's colour, in place of the theme's; refused when its contrast is too low.")
      .meta({ leftOut: "the theme's", example: '#0b5a52' }),
  })
  .describe('The library, as borrowers see it on every page and on the receipt.')

export const database = z
  .strictObject({
    url: secret
      .optional()
      .describe('postgres://… of a PostgreSQL 15 or later.')
      .meta({ leftOut: 'the embedded PostgreSQL' }),
    ownerUrl: secret
      .optional()
      .describe(
        'A login that owns the tables, used by migrations only. docs/operations.md has the two logins in SQL.',
      )
      .meta({ leftOut: 'the same as url' }),
    folder: text
      .default('data/postgres')
      .describe('Where the embedded PostgreSQL keeps its data. Of no account when url is given.'),
    connections: z.int().min(4).max(100).default(16).describe('Connections in the pool of this process.'),
  })
  .describe('Where everything is kept. Without this section Kvitt runs a PostgreSQL of its own.')
