import { z } from 'zod'
import { ore, oreFromText } from './money.ts'

/**
 * Every setting of Kvitt, with its purpose. kvitt.example.yaml shows the same for people; a test keeps the two equal.
 * Unknown keys are faults: a misspelt setting must not be silently ignored.
 */

const text = z.string().trim().min(1)
const bothLanguages = z.strictObject({ sv: text, en: text })
const webAddress = z.url({ protocol: /^https?$/ }).transform((address) => address.replace(/\/+$/, ''))
const secret = text.meta({ secret: true })

const kronor = z.union([z.string(), z.number()]).transform((value, check) => {
  const amount = oreFromText(String(value))
  if (amount === undefined || amount < 0) {
    check.addIssue({ code: 'custom', message: 'must be an amount in kronor, like 10 or 10.50' })
    return z.NEVER
  }
  return amount
})

const service = z.strictObject({
  baseUrl: webAddress.describe(
    'The address that browsers, the identity provider and webhooks use. https in earnest.',
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
    .describe('Which log lines are written.'),
  notice: bothLanguages.optional().describe('A ribbon on every page, such as "Test: no real money".'),
  metricsToken: secret
    .min(16)
    .optional()
    .describe('Bearer token that /metrics asks for. Without it only loopback may read /metrics.'),
})

const library = z.strictObject({
  name: bothLanguages.describe('The library, as borrowers know it.'),
  university: bothLanguages.describe('The receiver of the money, as on the receipt.'),
  organisationNumber: z
    .string()
    .regex(/^\d{6}-\d{4}$/)
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
    .regex(/^#[0-9a-f]{6}$/i)
    .optional()
    .describe("The university's colour, in place of the theme's; refused when its contrast is too low."),
})

const database = z.strictObject({
  url: secret
    .optional()
    .describe('postgres://… of a PostgreSQL 15 or later. Leave out to use the embedded PostgreSQL.'),
  ownerUrl: secret
    .optional()
    .describe('A login that owns the tables, used by migrations only. Default: the same as url.'),
  folder: text.default('data/postgres').describe('Where the embedded PostgreSQL keeps its data.'),
  connections: z.int().min(4).max(100).default(16).describe('Connections in the pool of this process.'),
})

const koha = z.strictObject({
  url: webAddress.describe('The REST API, such as https://koha-staff.example.se/api/v1.'),
  auth: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('oauth'), clientId: text, clientSecret: secret }),
      z.strictObject({ kind: z.literal('basic'), user: text, password: secret }),
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
      'How long Koha or its proxy may still work on an abandoned request: so long we wait before looking for a credit of unknown outcome.',
    ),
  paymentType: text
    .max(80)
    .default('KVITT')
    .describe('payment_type of the credits; an authorised value of PAYMENT_TYPE.'),
  defaultLibrary: text.describe('Library code of a credit when no debt in it tells one.'),
})

const matchRule = z.discriminatedUnion('by', [
  z.strictObject({
    by: z.enum(['userid', 'cardnumber', 'email']),
    from: text.describe("Name of the identity's attribute."),
    withoutScope: z.boolean().default(false).describe('True cuts "@university.se" off before comparing.'),
  }),
  z.strictObject({
    by: z.literal('attribute'),
    type: text.describe("Koha's patron attribute type."),
    from: text,
    withoutScope: z.boolean().default(false),
  }),
])

const people = z.strictObject({
  match: z
    .array(matchRule)
    .min(1)
    .describe('How a signed-in person is found in Koha; tried in order, exact match only.'),
  staff: z
    .array(
      z.strictObject({
        id: text.describe('The identity, as the match attribute saml.idAttribute gives it.'),
        roles: z.array(z.enum(['desk', 'economy', 'approver', 'operator', 'auditor'])).min(1),
        libraries: z.array(text).default([]).describe('For the desk: library codes. Empty means all.'),
      }),
    )
    .default([])
    .describe('Who works here, beside those whom the identity provider says.'),
})

const saml = z.strictObject({
  entityId: text.describe('Our name towards the identity provider.'),
  idp: z.strictObject({
    entityId: text.describe("The identity provider's name; a response from any other is refused."),
    signOnUrl: webAddress.describe('Where we send the browser (redirect binding).'),
    certificates: z
      .array(text)
      .min(1)
      .describe('Its signing certificates, PEM or bare base64. Several while it rolls over.'),
  }),
  privateKey: secret.optional().describe('PEM; signs our requests and decrypts assertions.'),
  certificate: text.optional().describe('PEM; goes into our metadata.'),
  idAttribute: text
    .default('urn:oid:1.3.6.1.4.1.5923.1.1.1.6')
    .describe('The attribute that names a person for good (eduPersonPrincipalName).'),
  nameAttribute: text
    .default('urn:oid:2.16.840.1.113730.3.1.241')
    .describe('The attribute shown as "signed in as" (displayName).'),
  emailAttribute: text
    .default('urn:oid:0.9.2342.19200300.100.1.3')
    .describe('The attribute with an e-mail address (mail).'),
  scopes: z
    .array(text)
    .default([])
    .describe('Scopes (after @) that this identity provider may assert. Empty: any.'),
  clockSkewSeconds: z.int().min(0).max(300).default(120).describe('How far the clocks may differ.'),
})

const debts = z.strictObject({
  minimum: kronor.default(ore(1000)).describe('Smallest sum that can be paid at once, in kronor.'),
  maximumLines: z.int().min(1).max(500).default(100).describe('Most debts in one payment.'),
  notPayableStatuses: z
    .array(text)
    .default(['UNRETURNED'])
    .describe('Koha statuses of debts that still grow.'),
  notPayableTypes: z.array(text).default([]).describe('Koha debit types that are handled elsewhere.'),
  names: z
    .record(z.string(), bothLanguages)
    .default({})
    .describe("Own words for Koha's debit types, in place of ours."),
})

const payments = z.strictObject({
  open: z
    .boolean()
    .default(true)
    .describe('false stops new payments in an emergency: debts are shown, and why paying is closed.'),
  provider: text.describe('Which of the providers below takes new payments.'),
  checkoutMinutes: z
    .int()
    .min(5)
    .max(1440)
    .default(30)
    .describe('How long a started payment can be paid. Stripe wants at least 30.'),
  referencePrefix: z
    .string()
    .regex(/^[A-Z]{1,6}$/)
    .default('KV')
    .describe('First letters of every payment reference.'),
  publicDevices: z
    .boolean()
    .default(false)
    .describe('true asks the provider never to remember a card (library computers).'),
})

const mail = z.strictObject({
  host: text,
  port: z.int().min(1).max(65535).default(25),
  tls: z
    .enum(['none', 'starttls', 'tls'])
    .default('starttls')
    .describe('starttls is demanded when named; none only towards a local relay.'),
  user: text.optional(),
  password: secret.optional(),
  from: text.describe('Sender, "Library <address>".'),
  replyTo: z.email().optional(),
  titlesInReceipts: z
    .boolean()
    .default(false)
    .describe(
      'true writes titles into mailed receipts. What a person borrows is secret (OSL 40:3): decide with care.',
    ),
})

const codePart = z.strictObject({
  name: text.describe('What the economy office calls it.'),
  sieDimension: z.int().min(1).max(999).describe('SIE: 1 cost centre, 6 project, 20 and up are free.'),
  pattern: text.default('.+').describe('A regular expression that every value must match whole.'),
  mandatory: z.boolean().default(false),
})

const economy = z.strictObject({
  series: z
    .string()
    .regex(/^[A-Za-z0-9]{1,10}$/)
    .default('KVITT')
    .describe('Voucher series in the economy system.'),
  accounts: z.strictObject({
    cardReceivable: z
      .string()
      .regex(/^\d{3,8}$/)
      .describe('What the payment company owes us until it pays out.'),
    surplus: z
      .string()
      .regex(/^\d{3,8}$/)
      .describe('Money taken for debts that had shrunk, until it is refunded.'),
  }),
  accountNames: z
    .record(z.string().regex(/^\d{3,8}$/), text)
    .default({})
    .describe("Names of accounts, for the export's headings."),
  codeString: z
    .strictObject({
      costCentre: codePart,
      activity: codePart.optional(),
      project: codePart.optional(),
      counterparty: codePart.optional(),
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

/** The whole of kvitt.yaml. The settings of each provider are checked by that provider's own schema. */
export const settingsSchema = z.strictObject({
  service,
  library,
  database: database.prefault({}),
  koha,
  people,
  saml,
  debts: debts.prefault({}),
  payments,
  providers: z
    .record(z.string(), z.unknown())
    .describe('Settings of each payment provider, by name. Keep old ones: payments made with them live on.'),
  mail,
  economy,
})

export type Settings = z.infer<typeof settingsSchema>
