import { z } from 'zod'
import { eachLanguage, publicAddress, secret, text, webAddress } from '../base/setting-values.ts'

export const service = z.strictObject({
  baseUrl: publicAddress.describe(
    'The address that browsers, the identity provider and webhooks use: https, and a host of its own.',
  ),
  port: z.int().min(0).max(65535).default(8080).describe('The port to listen on; 0 takes a free one.'),
  listen: text.default('127.0.0.1').describe('The address to listen on. 0.0.0.0 in a container.'),
  trustProxy: z
    .int()
    .min(0)
    .max(5)
    .default(0)
    .describe(
      'How many proxies stand in front, exactly: decides whose word on the client address is believed.',
    ),
  sessionSecrets: z
    .array(secret.min(32))
    .min(1)
    .describe('Signs session cookies. The first signs, all verify: put a new one first to roll over.'),
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
  notice: eachLanguage.optional().describe('A banner on every page, such as "Test: no real money".'),
  metricsToken: secret
    .min(16)
    .optional()
    .describe('Bearer token that /metrics asks for. Without it only loopback may read /metrics.'),
})

export const library = z.strictObject({
  name: eachLanguage.describe('The library, as borrowers know it.'),
  university: eachLanguage.describe('The receiver of the money, as on the receipt.'),
  organisationNumber: z
    .string()
    .regex(/^\d{6}-\d{4}$/, 'must be like 202100-1234')
    .describe("The university's organisation number, NNNNNN-NNNN."),
  email: z.email().describe('Where borrowers ask about fees.'),
  phone: text.optional().describe("The desk's telephone."),
  address: text.optional().describe('The address on the receipt, in one line.'),
  website: webAddress.describe("The library's own page about fees."),
  opac: webAddress.describe('Koha\'s "Mina sidor", where borrowers come from.'),
  theme: z
    .enum(['neutral', 'koha', 'demo'])
    .default('neutral')
    .describe("The look: neutral, koha (like Koha's OPAC) or demo."),
  accentColour: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'must be like #0b5a52')
    .optional()
    .describe("The university's colour, in place of the theme's; refused when its contrast is too low."),
})

export const database = z.strictObject({
  url: secret
    .optional()
    .describe('postgres://… of a PostgreSQL 15 or later. Leave out to use the embedded PostgreSQL.'),
  ownerUrl: secret
    .optional()
    .describe('A login that owns the tables, used by migrations only. Default: the same as url.'),
  folder: text.default('data/postgres').describe('Where the embedded PostgreSQL keeps its data.'),
  connections: z.int().min(4).max(100).default(16).describe('Connections in the pool of this process.'),
})
