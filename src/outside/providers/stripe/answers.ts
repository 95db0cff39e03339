import { z } from 'zod'

/**
 * What Stripe's API answers, as much of it as we use (API version 2026-10-28.endive). Amounts are whole öre, currencies
 * lower case, times Unix seconds. Statuses are plain text here: a new one must not make an answer unreadable.
 */

const amount = z.int().min(0)

const refund = z.object({
  id: z.string().min(1),
  amount,
  status: z.string().nullish(),
  metadata: z.record(z.string(), z.string()).nullish(),
})

const charge = z.object({
  id: z.string(),
  amount_refunded: amount,
  created: z.number(),
  /** Only there when the call expanded it; Stripe tells the newest ten. */
  refunds: z.object({ data: z.array(refund), has_more: z.boolean() }).nullish(),
  disputed: z.boolean().nullish(),
  payment_method_details: z
    .object({
      type: z.string(),
      card: z.object({ brand: z.string().nullish(), last4: z.string().nullish() }).nullish(),
    })
    .nullish(),
})

const intent = z.object({
  id: z.string(),
  status: z.string(),
  amount_received: amount,
  amount_capturable: amount.nullish(),
  currency: z.string().length(3),
  last_payment_error: z.object({}).nullish(),
  latest_charge: z.union([charge, z.string()]).nullish(),
})

export type StripeRefund = z.output<typeof refund>
export type StripeIntent = z.output<typeof intent>
export type StripeCharge = z.output<typeof charge>

/** A session; its intent is whole when the call expanded `payment_intent.latest_charge.refunds`, and a bare id when not. */
export const sessionAnswer = z.object({
  id: z.string().regex(/^cs_\w{1,200}$/),
  status: z.string().nullish(),
  payment_status: z.string(),
  url: z.string().nullish(),
  payment_intent: z.union([intent, z.string()]).nullish(),
})

export type StripeSession = z.output<typeof sessionAnswer>

/** POST /v1/refunds */
export const refundAnswer = refund

const dispute = z.object({ id: z.string(), amount, status: z.string() })

export type StripeDispute = z.output<typeof dispute>

/** GET /v1/disputes */
export const disputesAnswer = z.object({ data: z.array(dispute), has_more: z.boolean() })

/** `{error: {type, code, decline_code, param, message}}`. The message is not read: it may quote what we sent. */
export const errorAnswer = z.object({
  error: z.object({
    type: z.string().optional().catch(undefined),
    code: z.string().optional().catch(undefined),
    decline_code: z.string().optional().catch(undefined),
    param: z.string().optional().catch(undefined),
  }),
})
