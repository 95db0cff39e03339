import { z } from 'zod'
import { ore } from '../../base/money.ts'
import { bothLanguages, kronor, secret, text } from '../../config/values.ts'

export const debts = z.strictObject({
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

export const payments = z.strictObject({
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

export const refunds = z.strictObject({
  approvalFrom: kronor
    .default(ore(500_00))
    .describe('Refunds of so many kronor or more want a second person to approve them. 0: all of them.'),
  kohaDebit: z
    .boolean()
    .default(true)
    .describe(
      'true: what is refunded is owed again in Koha by itself; false: the desk is told what to do there.',
    ),
  kohaDebitTypes: z
    .record(z.string(), text)
    .default({ OVERDUE: 'MANUAL' })
    .describe(
      'Koha debit types that are owed again as another type. An OVERDUE would start to grow anew in Koha.',
    ),
})

export const mail = z
  .strictObject({
    host: text.describe('The mail server that takes letters from us (SMTP).'),
    port: z.int().min(1).max(65535).default(25).describe('Its port: 25, or 587 with a user.'),
    tls: z
      .enum(['none', 'starttls', 'tls'])
      .default('starttls')
      .describe('starttls is demanded when named; none only towards a local relay.'),
    user: text.optional().describe('When the server wants to know us. Together with password.'),
    password: secret.optional().describe('Together with user.'),
    from: text.describe('Sender, "Library <address>".'),
    replyTo: z.email().optional().describe('Where answers go, when not to the sender.'),
    titlesInReceipts: z
      .boolean()
      .default(false)
      .describe(
        'true writes titles into mailed receipts. What a person borrows is secret (OSL 40:3): decide with care.',
      ),
  })
  .refine(({ user, password }) => Boolean(user) === Boolean(password), {
    message: 'user and password belong together; give both or neither',
  })
