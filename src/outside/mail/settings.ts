import { z } from 'zod'
import { secret, text } from '../../base/setting-values.ts'

export const mail = z
  .strictObject({
    host: text
      .describe('The mail server that takes letters from us (SMTP).')
      .meta({ example: 'smtp.example.se' }),
    port: z
      .int()
      .min(1)
      .max(65535)
      .default(25)
      .describe('Its port: 25, or 587 with a user.')
      .meta({ example: 587 }),
    tls: z
      .enum(['none', 'starttls', 'tls'])
      .default('starttls')
      .describe(
        'starttls is demanded when named; none only towards a local relay. tls speaks it from the first byte.',
      ),
    user: text
      .optional()
      .describe('When the server wants to know us. Together with password.')
      .meta({ leftOut: 'it does not', example: 'kvitt' }),
    password: secret.optional().describe('Together with user.').meta({ leftOut: 'none' }),
    from: text
      .describe('Sender, "Library <address>".')
      .meta({ example: 'Exempeluniversitetets bibliotek <avgifter@ub.example.se>' }),
    replyTo: z
      .email()
      .optional()
      .describe('Where answers go.')
      .meta({ leftOut: 'to the sender', example: 'biblioteket@ub.example.se' }),
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
  .describe('Receipts by mail.')
