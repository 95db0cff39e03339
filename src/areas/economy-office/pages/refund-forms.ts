import { z } from 'zod'
import { ore, oreFromText } from '../../../base/money.ts'

/** What the forms about refunds and cases may carry. */

const token = z.string().max(200).optional()
const reason = z.string().trim().max(500)
const shownOre = z
  .string()
  .regex(/^\d{1,12}$/)
  .transform((text) => ore(Number(text)))

export const proposeBody = z.strictObject({
  _csrf: token,
  /** Öre, as the page showed it. */
  shown: shownOre,
  /** Kronor as a person writes them; undefined when it is no amount. */
  sum: z
    .string()
    .max(40)
    .transform((text) => oreFromText(text)),
  /** One line, or empty for all. */
  line: z
    .string()
    .regex(/^\d{0,15}$/)
    .default('')
    .transform((text) => (text === '' ? null : Number(text))),
  reason,
})

export const approveBody = z.strictObject({ _csrf: token })

export const withdrawBody = z.strictObject({ _csrf: token, reason })

export const resolveBody = z.strictObject({
  _csrf: token,
  case: z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
  /** A way of the case's kind. */
  how: z.string().max(40),
  reason: reason.default(''),
  went: z.enum(['', 'yes', 'no']).default(''),
})

/** The reference of a refund, as it stands in an address. */
export function isRefundReference(text: string): boolean {
  return /^[A-Z]{1,6}-[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{2}-R\d{1,4}$/.test(text)
}
