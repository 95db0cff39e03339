import { createHash } from 'node:crypto'
import type { Answer, Trouble } from '../../../base/answer.ts'
import type { Ore } from '../../../base/money.ts'
import type {
  CancelOutcome,
  ChargeOutcome,
  CheckoutFact,
  CheckoutOutcome,
  Order,
  PaymentProvider,
  RefundOrder,
  RefundOutcome,
} from '../../ports/provider.ts'
import { type Ask, codeText, createAsk, type Reply, statusTrouble } from '../ask.ts'
import { checkoutAt } from '../checkout-address.ts'
import { readAnswer } from '../read-answer.ts'
import { createAnswer, errorAnswer, refundAnswer, retrieveAnswer } from './answers.ts'
import { factOf } from './checkout-fact.ts'
import { myReference, orderBody, pageLanguage } from './order-body.ts'
import type { NetsEasySettings } from './settings.ts'
import { createNetsWebhookReader } from './webhook.ts'

/**
 * Nets Easy (Nexi Checkout), hosted payment page, over its Payment API v1.
 * Creating has no idempotency key and payments cannot be searched by reference: after an unknown outcome the caller starts
 * anew, and the payment that may exist charges nobody, since nobody is ever sent to it.
 * A Nets Easy payment does not expire by itself: what should no longer be payable is cancelled by the caller.
 */
export function createNetsEasy(settings: NetsEasySettings): PaymentProvider {
  const { title, apiUrl, checkoutOrigins, secretKey, webhookSecret, oldWebhookSecrets, answerSeconds } =
    settings
  const ask = createAsk({
    title,
    apiUrl,
    answerSeconds,
    headers: {
      // The key as it is, without "Bearer".
      authorization: secretKey,
      'content-type': 'application/json',
      accept: 'application/json',
      commerceplatformtag: 'Kvitt',
    },
  })
  const at: Place = { ask, title, checkoutOrigins }
  return {
    name: 'nets-easy',
    title,
    checkoutOrigins,
    // GET /v1/payments/{id} answers 429 from the 31st call for one payment within an hour.
    looksPerHour: 30,
    declineEvents: ['payment.reservation.failed', 'payment.charge.failed'],
    moneyBackEvents: ['payment.refund.initiated', 'payment.refund.completed', 'payment.refund.failed'],
    createCheckout: (order) => createCheckout(at, order, webhookSecret),
    look: (checkoutId) => look(at, checkoutId),
    cancel: (checkoutId) => terminate(at, checkoutId),
    charge: (checkoutId, amount, key) => charge(at, checkoutId, amount, key),
    refund: (order) => refund(at, order),
    readWebhook: createNetsWebhookReader([webhookSecret, ...oldWebhookSecrets]),
    tryOut: () => tryOut(at),
  }
}

interface Place {
  ask: Ask
  title: string
  checkoutOrigins: string[]
}

async function createCheckout(at: Place, order: Order, webhookSecret: string): Promise<CheckoutOutcome> {
  const body = JSON.stringify(orderBody(order, webhookSecret))
  const answer = await at.ask({ method: 'POST', path: '/v1/payments', body })
  if (!answer.ok) return { kind: 'unknown', trouble: answer.trouble }
  const { status } = answer.value
  if (status !== 201 && status !== 200) {
    const trouble = refusal(at.title, answer.value)
    return { kind: status >= 400 && status < 500 && status !== 408 ? 'refused' : 'unknown', trouble }
  }
  const created = readAnswer(at.title, createAnswer, answer.value.body)
  if (!created.ok) return { kind: 'unknown', trouble: created.trouble }
  const { paymentId, hostedPaymentPageUrl } = created.value
  const page = new URL(hostedPaymentPageUrl)
  page.searchParams.set('language', pageLanguage[order.language])
  return checkoutAt(at.title, { checkoutId: paymentId, url: page.href, origins: at.checkoutOrigins })
}

async function look(at: Place, checkoutId: string): Promise<CheckoutFact> {
  const answer = await at.ask({ method: 'GET', path: paymentPath(checkoutId) })
  if (!answer.ok) return { kind: 'unknown', trouble: answer.trouble }
  if (answer.value.status === 404) return { kind: 'absent' }
  if (answer.value.status !== 200) return { kind: 'unknown', trouble: refusal(at.title, answer.value) }
  const retrieved = readAnswer(at.title, retrieveAnswer, answer.value.body)
  return retrieved.ok ? factOf(retrieved.value.payment) : { kind: 'unknown', trouble: retrieved.trouble }
}

/** Only an unfinished checkout can be terminated: 409 says that the borrower was faster (or that it is already closed). */
async function terminate(at: Place, checkoutId: string): Promise<CancelOutcome> {
  const answer = await at.ask({ method: 'PUT', path: `${paymentPath(checkoutId)}/terminate` })
  if (!answer.ok) return { kind: 'unknown', trouble: answer.trouble }
  if (answer.value.status === 204 || answer.value.status === 200) return { kind: 'cancelled' }
  if (answer.value.status === 409) return { kind: 'too-late' }
  return { kind: 'unknown', trouble: refusal(at.title, answer.value) }
}

/** Error codes of the official PHP SDK (ErrorCodeEnum). */
const ALREADY_DONE = new Set(['1004', '1008'])
/** 1010: the reservation has expired; 1020, 1022, 1029: the method or the bank said no. */
const DECLINED = new Set(['1010', '1020', '1022', '1029'])
/** 1026: the same key with another amount. Our own fault, and no word about the money. */
const OUR_FAULT = new Set(['1026'])

async function charge(at: Place, checkoutId: string, amount: Ore, key: string): Promise<ChargeOutcome> {
  const answer = await at.ask({
    method: 'POST',
    path: `${paymentPath(checkoutId)}/charges`,
    headers: { 'idempotency-key': idempotencyKey(key) },
    body: JSON.stringify({ amount }),
  })
  if (!answer.ok) return { kind: 'unknown', trouble: answer.trouble }
  const { status, body } = answer.value
  if (status === 201 || status === 200) return { kind: 'charged' }
  const trouble = refusal(at.title, answer.value)
  const code = errorAnswer.safeParse(body).data?.code ?? ''
  if (ALREADY_DONE.has(code)) return { kind: 'charged' }
  if (DECLINED.has(code)) return { kind: 'declined', trouble }
  if (status === 402 && !OUR_FAULT.has(code)) return { kind: 'declined', trouble }
  return { kind: 'unknown', trouble }
}

/**
 * Codes that say for certain that this call gives nothing back: more than is left, no such charge, failed at once.
 * 1023 (already refunded) is not among them: the money may have gone with an earlier call of ours.
 */
const NO_REFUND = new Set(['1009', '1011', '1014'])

/** Refunds of a charge may be partial and repeated, unlike refunds of a whole payment (Payment API v1, "Refund charge"). */
async function refund(at: Place, { chargeId, amount, reference }: RefundOrder): Promise<RefundOutcome> {
  const answer = await at.ask({
    method: 'POST',
    path: `/v1/charges/${encodeURIComponent(chargeId)}/refunds`,
    headers: { 'idempotency-key': idempotencyKey(reference) },
    body: JSON.stringify({ amount, myReference: myReference(reference) }),
  })
  if (!answer.ok) return { kind: 'unknown', trouble: answer.trouble }
  const { status, body } = answer.value
  if (status === 201 || status === 200) {
    const made = readAnswer(at.title, refundAnswer, body)
    return made.ok
      ? { kind: 'accepted', refundId: made.value.refundId }
      : { kind: 'unknown', trouble: made.trouble }
  }
  const trouble = refusal(at.title, answer.value)
  const certain = status === 400 || NO_REFUND.has(errorAnswer.safeParse(body).data?.code ?? '')
  return { kind: certain ? 'refused' : 'unknown', trouble }
}

/** Nexi takes 1 to 64 characters; a longer key becomes its own digest. */
function idempotencyKey(key: string): string {
  return key.length <= 64 ? key : createHash('sha256').update(key).digest('hex')
}

/** Asks for a payment that cannot be: with a good key Nexi says 404, with a bad one 401. */
async function tryOut(at: Place): Promise<Answer<string>> {
  const answer = await at.ask({ method: 'GET', path: paymentPath('0'.repeat(32)) })
  if (!answer.ok) return answer
  const { status } = answer.value
  if (status === 404 || status === 200) return { ok: true, value: `${at.title} answers and takes our key` }
  return { ok: false, trouble: refusal(at.title, answer.value) }
}

function paymentPath(checkoutId: string): string {
  return `/v1/payments/${encodeURIComponent(checkoutId)}`
}

function refusal(title: string, { status, body }: Reply): Trouble {
  const { errors, code } = errorAnswer.safeParse(body).data ?? {}
  const places = Object.keys(errors ?? {})
    .slice(0, 5)
    .map(codeText)
  return statusTrouble(title, status, code ? `code ${codeText(code)}` : places.join(', '))
}
