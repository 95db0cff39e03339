import { netsTime } from './nets-time.ts'
import { type CardPayment, chargedSum, refundedSum } from './payment.ts'
import type { CardWorld } from './world.ts'

/** A payment as GET /v1/payments/{id} tells it: sums of zero left out, `summary` an empty object at first. */
export function netsPayment(world: CardWorld, payment: CardPayment) {
  const { items, amount, currency, reference, createdAt, closed, myReference } = payment
  return {
    paymentId: payment.id,
    summary: summary(payment),
    consumer: { shippingAddress: {}, billingAddress: {}, privatePerson: {}, company: {} },
    paymentDetails: paymentDetails(payment),
    orderDetails: { amount, currency, reference },
    checkout: { url: `${world.options.publicUrl}/hostedpaymentpage/`, cancelUrl: payment.cancelUrl },
    created: netsTime(createdAt),
    refunds: payment.refunds.map((refund) => ({
      refundId: refund.id,
      amount: refund.amount,
      state: refund.state,
      lastUpdated: netsTime(refund.at, '+01:00'),
      orderItems: items,
      surchargeAmount: 0,
    })),
    charges: payment.charges.map((charge) => ({
      chargeId: charge.id,
      amount: charge.amount,
      created: netsTime(charge.at, '+01:00'),
      orderItems: charge.items,
      surchargeAmount: 0,
    })),
    ...(myReference === null ? {} : { myReference }),
    ...(closed ? { terminated: netsTime(closed.at) } : {}),
  }
}

function summary(payment: CardPayment): Record<string, number> {
  const sums = {
    reservedAmount: payment.reserved,
    chargedAmount: chargedSum(payment),
    refundedAmount: refundedSum(payment),
    cancelledAmount: payment.cancelled,
  }
  return Object.fromEntries(Object.entries(sums).filter(([, sum]) => sum > 0))
}

function paymentDetails({ method, reserved, charges }: CardPayment) {
  if (!method || (reserved === 0 && charges.length === 0)) return {}
  const { type, name, maskedPan, expiry } = method
  const cardDetails = type === 'CARD' ? { maskedPan, expiryDate: expiry } : {}
  return { paymentType: type, paymentMethod: name, invoiceDetails: {}, cardDetails }
}
