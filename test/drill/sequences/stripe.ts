import { createHmac } from 'node:crypto'
import {
  approve,
  close,
  closeDispute,
  decline,
  dispute,
  finishRefund,
  refund,
} from '../../../sandbox/cards/acts.ts'
import { declines } from '../../../sandbox/cards/card.ts'
import type { CardPayment, Method } from '../../../sandbox/cards/payment.ts'
import { chargeId, intentId } from '../../../sandbox/cards/stripe-ids.ts'
import type { CardWorld } from '../../../sandbox/cards/world.ts'
import { webhookBody } from '../../fixtures/payloads.ts'
import type { City } from '../city.ts'
import type { Opened } from '../crowd.ts'
import { paymentOf } from '../faults/webhook-steps.ts'
import { turnOn, until } from '../steps.ts'
import { ownIds, type Scenario } from './scenario.ts'

const visa: Method = {
  type: 'CARD',
  name: 'Visa',
  maskedPan: '424242******4242',
  lastDigits: '4242',
  expiry: '1240',
  strong: true,
}

type Act = (world: CardWorld, payment: CardPayment) => unknown

const pay: Act = (world, payment) => approve(world, payment, visa)

/** What has happened at Stripe when it tells so, by the event's file. What is not here tells of nothing new. */
const acts: Record<string, Act> = {
  'payment_intent.succeeded': pay,
  'checkout.session.completed': pay,
  'checkout.session.async_payment_succeeded': pay,
  'checkout.session.completed.unpaid': (_world, payment) => tell(payment, 'processing'),
  'checkout.session.async_payment_failed': (_world, payment) => tell(payment, 'requires_payment_method'),
  'payment_intent.payment_failed': (world, payment) => decline(world, payment, declines.declined),
  'checkout.session.expired': (world, payment) => close(world, payment, 'expired'),
  'payment_intent.amount_capturable_updated': (world, payment) => {
    world.autoCharge = 'never'
    approve(world, payment, visa)
  },
  'refund.created': (world, payment) => {
    world.refunds = 'pending'
    const made = { chargeId: payment.charges[0]?.id ?? '', amount: 6000, reference: null }
    refund(world, payment, made)
  },
  'charge.refunded': (world, payment) =>
    payment.refunds.map((one) => finishRefund(world, payment, one, 'Completed')),
  'refund.failed': (world, payment) =>
    payment.refunds.map((one) => finishRefund(world, payment, one, 'Failed')),
  'charge.dispute.created': (world, payment) => dispute(world, payment),
  'charge.dispute.closed': (world, payment) =>
    payment.disputes.map((one) => closeDispute(world, payment, one, 'lost')),
}

/** A complete session whose money is not there: a delayed method at work, or one that has failed. */
function tell(payment: CardPayment, intent: 'processing' | 'requires_payment_method'): void {
  const { data } = webhookBody('stripe/checkout.session.completed.unpaid.json')
  const failed = webhookBody('stripe/payment_intent.payment_failed.json').data.object
  const session = { ...data.object, payment_intent: { ...failed, status: intent, latest_charge: null } }
  payment.told = JSON.parse(ours(payment, JSON.stringify(session)))
}

/** Each thing happens at Stripe, and only the example's event tells of it; each is asked about before the next comes. */
export async function playStripe(city: City, opened: Opened, { deliver }: Scenario): Promise<void> {
  const payment = paymentOf(city, opened)
  const { world } = city.cards
  await turnOn(city, 'webhook lost')
  for (const file of deliver) {
    const name = file.replace(/^stripe\//, '').replace(/[.]json$/, '')
    // Stripe expires a session when its time is up.
    if (name === 'checkout.session.expired') await city.passTime(31 * 60)
    acts[name]?.(world, payment)
    await deliverTo(city, ours(payment, JSON.stringify(webhookBody(file))))
    await until(() => isTakenIn(city, name), 6000)
  }
}

/** Whether Kvitt has acted on what it was told: of a refund, that it knows of one. */
async function isTakenIn(city: City, name: string): Promise<boolean> {
  const [row] = await city.sql<{ left: string; refunds: string }>(
    `select (select count(*) from webhook_waiting) as left,
            (select count(*) from refund where payment_id = (select max(id) from payment)) as refunds`,
  )
  return Number(row?.left) === 0 && (name !== 'refund.created' || Number(row?.refunds) > 0)
}

function ours(payment: CardPayment, text: string): string {
  const [charge] = payment.charges
  const known = {
    cs_test: payment.id,
    pi: intentId(payment),
    ...(charge && { ch: chargeId(charge) }),
    reference: payment.reference,
  }
  return ownIds(text, known, payment.id)
}

async function deliverTo(city: City, body: string): Promise<void> {
  const { stripeEndpoint } = city.cards.world
  if (!stripeEndpoint) throw new Error('Stripe has no address for webhooks')
  const time = Math.floor(city.now().getTime() / 1000)
  const v1 = createHmac('sha256', stripeEndpoint.secret).update(`${time}.${body}`).digest('hex')
  const headers = { 'stripe-signature': `t=${time},v1=${v1}`, 'content-type': 'application/json' }
  const answer = await fetch(stripeEndpoint.url, { method: 'POST', headers, body })
  if (answer.status !== 200) throw new Error(`a webhook was answered ${answer.status}`)
}
