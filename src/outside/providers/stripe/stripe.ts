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
import type { ProviderTools } from '../provider.ts'
import { readAnswer } from '../read-answer.ts'
import { disputesAnswer, errorAnswer, refundAnswer, type StripeSession, sessionAnswer } from './answers.ts'
import { disputedCharge, factOf } from './checkout-fact.ts'
import { formBody } from './form.ts'
import { sessionFields } from './session-fields.ts'
import type { StripeSettings } from './settings.ts'
import { createStripeWebhookReader, moneyBackEvents } from './webhook.ts'

/** Stripe Checkout, hosted page, over its form-encoded API. */
export function createStripe(settings: StripeSettings, { now }: ProviderTools): PaymentProvider {
  const { title, apiUrl, checkoutOrigins, secretKey, webhookSecrets, toleranceSeconds, apiVersion } = settings
  const ask = createAsk({
    title,
    apiUrl,
    answerSeconds: settings.answerSeconds,
    headers: {
      authorization: `Bearer ${secretKey}`,
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
      'stripe-version': apiVersion,
    },
  })
  const at: Place = { ask, title, checkoutOrigins }
  return {
    name: 'stripe',
    title,
    checkoutOrigins,
    // Stripe counts calls per second and account, not per session; this is our own good manners.
    looksPerHour: 120,
    // The session itself tells of a refused card: no event is needed.
    declineEvents: [],
    moneyBackEvents,
    createCheckout: (order) => createCheckout(at, order, now()),
    look: (checkoutId) => look(at, checkoutId),
    cancel: (checkoutId) => expire(at, checkoutId),
    charge: (checkoutId, amount, key) => capture(at, checkoutId, amount, key),
    refund: (order) => refund(at, order),
    readWebhook: createStripeWebhookReader({ secrets: webhookSecrets, toleranceSeconds }),
    tryOut: () => tryOut(at),
  }
}

interface Place {
  ask: Ask
  title: string
  checkoutOrigins: string[]
}

async function createCheckout(at: Place, order: Order, now: Date): Promise<CheckoutOutcome> {
  const answer = await at.ask({
    method: 'POST',
    path: '/v1/checkout/sessions',
    headers: { 'idempotency-key': `${order.reference}-create`.slice(-255) },
    body: formBody(sessionFields(order, now)),
  })
  if (!answer.ok) return { kind: 'unknown', trouble: answer.trouble }
  const { status } = answer.value
  if (status !== 200) {
    // 409: another call with this key is at work, and may yet succeed.
    const refused = status >= 400 && status < 500 && status !== 408 && status !== 409
    return { kind: refused ? 'refused' : 'unknown', trouble: refusal(at.title, answer.value) }
  }
  const session = readAnswer(at.title, sessionAnswer, answer.value.body)
  if (!session.ok) return { kind: 'unknown', trouble: session.trouble }
  const { id, url } = session.value
  return checkoutAt(at.title, { checkoutId: id, url: url ?? '', origins: at.checkoutOrigins })
}

type SessionReading =
  | { kind: 'session'; session: StripeSession }
  | { kind: 'absent' }
  | { kind: 'unknown'; trouble: Trouble }

async function readSession(at: Place, checkoutId: string): Promise<SessionReading> {
  const path = `${sessionPath(checkoutId)}?expand[]=payment_intent.latest_charge.refunds`
  const answer = await at.ask({ method: 'GET', path })
  if (!answer.ok) return { kind: 'unknown', trouble: answer.trouble }
  if (answer.value.status === 404) return { kind: 'absent' }
  if (answer.value.status !== 200) return { kind: 'unknown', trouble: refusal(at.title, answer.value) }
  const session = readAnswer(at.title, sessionAnswer, answer.value.body)
  return session.ok
    ? { kind: 'session', session: session.value }
    : { kind: 'unknown', trouble: session.trouble }
}

async function look(at: Place, checkoutId: string): Promise<CheckoutFact> {
  const reading = await readSession(at, checkoutId)
  if (reading.kind !== 'session') return reading
  const chargeId = disputedCharge(reading.session)
  if (chargeId === null) return factOf(reading.session)
  const answer = await at.ask({ method: 'GET', path: `/v1/disputes?charge=${chargeId}&limit=100` })
  if (!answer.ok) return { kind: 'unknown', trouble: answer.trouble }
  if (answer.value.status !== 200) return { kind: 'unknown', trouble: refusal(at.title, answer.value) }
  const disputes = readAnswer(at.title, disputesAnswer, answer.value.body)
  if (!disputes.ok) return { kind: 'unknown', trouble: disputes.trouble }
  return factOf(reading.session, disputes.value.data)
}

/** Stripe refuses to expire a session that is not open (400). What it is then, only a look can tell. */
async function expire(at: Place, checkoutId: string): Promise<CancelOutcome> {
  const answer = await at.ask({ method: 'POST', path: `${sessionPath(checkoutId)}/expire` })
  if (!answer.ok) return { kind: 'unknown', trouble: answer.trouble }
  if (answer.value.status === 200) return { kind: 'cancelled' }
  if (answer.value.status === 400) return { kind: 'too-late' }
  return { kind: 'unknown', trouble: refusal(at.title, answer.value) }
}

/** Captures a reserved payment. Sessions are made to charge at once, so this is for accounts that are set up otherwise. */
async function capture(at: Place, checkoutId: string, amount: Ore, key: string): Promise<ChargeOutcome> {
  const reading = await readSession(at, checkoutId)
  if (reading.kind === 'unknown') return reading
  if (reading.kind === 'absent') return { kind: 'unknown', trouble: statusTrouble(at.title, 404) }
  const intent = reading.session.payment_intent
  if (!intent || typeof intent !== 'object') {
    return {
      kind: 'unknown',
      trouble: { kind: 'nonsense', message: `${at.title} names no payment to charge` },
    }
  }
  if (intent.status === 'succeeded') return { kind: 'charged' }
  const answer = await at.ask({
    method: 'POST',
    path: `/v1/payment_intents/${encodeURIComponent(intent.id)}/capture`,
    headers: { 'idempotency-key': key.slice(-255) },
    body: formBody({ amount_to_capture: amount }),
  })
  if (!answer.ok) return { kind: 'unknown', trouble: answer.trouble }
  if (answer.value.status === 200) return { kind: 'charged' }
  const trouble = refusal(at.title, answer.value)
  return { kind: answer.value.status === 402 ? 'declined' : 'unknown', trouble }
}

/** Codes that say for certain that this call gives nothing back. `charge_already_refunded` may be our own earlier call's doing. */
const NO_REFUND = new Set([
  'charge_disputed',
  'amount_too_large',
  'resource_missing',
  'refund_disputed_payment',
])

/** The same key always: a repeat gives the first answer, not a second refund (docs.stripe.com/api/idempotent_requests). */
async function refund(at: Place, { chargeId, amount, reference }: RefundOrder): Promise<RefundOutcome> {
  const answer = await at.ask({
    method: 'POST',
    path: '/v1/refunds',
    headers: { 'idempotency-key': reference.slice(-255) },
    body: formBody({ charge: chargeId, amount, metadata: { kvitt_refund: reference } }),
  })
  if (!answer.ok) return { kind: 'unknown', trouble: answer.trouble }
  const { status, body } = answer.value
  if (status === 200) {
    const made = readAnswer(at.title, refundAnswer, body)
    return made.ok
      ? { kind: 'accepted', refundId: made.value.id }
      : { kind: 'unknown', trouble: made.trouble }
  }
  const trouble = refusal(at.title, answer.value)
  const error = errorAnswer.safeParse(body).data?.error
  const certain = NO_REFUND.has(error?.code ?? '') || (status === 400 && error?.param === 'amount')
  return { kind: certain ? 'refused' : 'unknown', trouble }
}

/** Asks for a session that cannot be: with a good key Stripe says 404, with a bad one 401 or 403. */
async function tryOut(at: Place): Promise<Answer<string>> {
  const answer = await at.ask({ method: 'GET', path: sessionPath('cs_test_none') })
  if (!answer.ok) return answer
  if (answer.value.status === 404) return { ok: true, value: `${at.title} answers and takes our key` }
  return { ok: false, trouble: refusal(at.title, answer.value) }
}

function sessionPath(checkoutId: string): string {
  return `/v1/checkout/sessions/${encodeURIComponent(checkoutId)}`
}

function refusal(title: string, { status, body }: Reply): Trouble {
  const error = errorAnswer.safeParse(body).data?.error
  const codes = [error?.type, error?.code, error?.decline_code, error?.param].map(codeText)
  return statusTrouble(title, status, codes.filter((code) => code !== '').join(' '))
}
