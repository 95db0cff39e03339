import { z } from 'zod'
import { ore } from '../../../base/money.ts'

/**
 * What forms and addresses of the borrower's pages may carry: ids, a sum that was shown, an e-mail address. Amounts
 * never decide anything. Bodies must be exactly so; in addresses what we do not know is ignored, because mail programs
 * and search engines add marks of their own to links.
 */
const debitId = z
  .string()
  .regex(/^[1-9]\d{0,14}$/)
  .transform(Number)

const debitIds = z.union([debitId.transform((id) => [id]), z.array(debitId)])

/** An address, or nothing at all: an empty field is null. */
export const emailField = z
  .string()
  .trim()
  .max(254)
  .transform((text) => (text === '' ? null : text))
  .pipe(z.email().nullable())

const token = z.string().max(200).optional()

export const feesQuery = z.object({ chosen: debitIds.optional() })

export const checkQuery = z.object({ debit: debitIds.default([]) })

export const startBody = z.strictObject({
  _csrf: token,
  debit: debitIds.default([]),
  /** Öre, as the page showed it. */
  shown: z
    .string()
    .regex(/^\d{1,12}$/)
    .transform((text) => ore(Number(text))),
  email: z.string().max(1000).default(''),
})

export const paymentQuery = z.object({
  /** The browser comes back from the provider. */
  returned: z.literal('1').optional(),
  /** How many times the page has refreshed itself, without JavaScript. */
  turn: z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number)
    .default(0),
  /** The receipt has been asked for again. */
  sent: z.literal('1').optional(),
  /** Giving up was asked for. */
  cancel: z.literal('1').optional(),
})

export const receiptBody = z.strictObject({ _csrf: token, email: z.string().max(1000) })

export const onlyToken = z.strictObject({ _csrf: token })
