import { z } from 'zod'

/**
 * What Nexi's Payment API answers, as much of it as we use. Sums of zero are left out, `summary` may be empty, and
 * numbers are sometimes text (Nexi's own page prints them so). Everything else may appear and change without notice.
 */

const wholeOre = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d{1,15}$/)
      .transform(Number),
  ])
  .pipe(z.int().min(0))
  .nullish()
  .transform((amount) => amount ?? 0)

const text = z
  .string()
  .nullish()
  .transform((value) => value || null)

const payment = z.object({
  summary: z
    .object({
      reservedAmount: wholeOre,
      chargedAmount: wholeOre,
      refundedAmount: wholeOre,
      cancelledAmount: wholeOre,
    })
    .nullish()
    .transform(
      (summary) => summary ?? { reservedAmount: 0, chargedAmount: 0, refundedAmount: 0, cancelledAmount: 0 },
    ),
  paymentDetails: z
    .object({
      paymentType: text,
      paymentMethod: text,
      cardDetails: z.object({ maskedPan: text }).nullish(),
    })
    .nullish(),
  orderDetails: z.object({ amount: wholeOre, currency: z.string().regex(/^[A-Za-z]{3}$/) }),
  charges: z
    .array(z.object({ chargeId: z.string().min(1), amount: wholeOre, created: text }))
    .nullish()
    .transform((charges) => charges ?? []),
  refunds: z
    .array(z.object({ refundId: z.string().min(1), amount: wholeOre, state: text }))
    .nullish()
    .transform((refunds) => refunds ?? []),
  terminated: text,
})

export type NetsPayment = z.output<typeof payment>

/** GET /v1/payments/{id} */
export const retrieveAnswer = z.object({ payment })

/** POST /v1/payments */
export const createAnswer = z.object({
  paymentId: z.string().regex(/^[\w-]{1,64}$/),
  hostedPaymentPageUrl: z.url({ protocol: /^https?$/ }),
})

/** POST /v1/charges/{id}/refunds */
export const refundAnswer = z.object({ refundId: z.string().regex(/^[\w-]{1,64}$/) })

/** 400: `{errors: {path: [text]}}`; 402 and 500: `{message, code, source}`. Texts are not read: they may quote what we sent. */
export const errorAnswer = z.object({
  errors: z.record(z.string(), z.unknown()).optional().catch(undefined),
  code: z
    .union([z.string(), z.number().transform(String)])
    .optional()
    .catch(undefined),
})
