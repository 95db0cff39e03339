import type { CardPayment } from '../../../sandbox/cards/payment.ts'
import { formTo } from '../../../sandbox/visitor/person.ts'
import { payload, webhookBody } from '../../fixtures/payloads.ts'
import type { City } from '../city.ts'
import type { Opened } from '../crowd.ts'
import { paymentOf } from '../faults/webhook-steps.ts'
import { ownIds, type Scenario } from './scenario.ts'

/** The company answers as the example says, and its books say the same; then the webhooks come in the example's order. */
export async function playNets(
  city: City,
  opened: Opened,
  { deliver, retrieve, also }: Scenario,
): Promise<void> {
  const payment = paymentOf(city, opened)
  const bodies = deliver.map((file) => JSON.stringify(webhookBody(file)))
  if (retrieve !== undefined) {
    const body = JSON.stringify(payload(retrieve).response.body)
    answerAs(city, payment, JSON.parse(ours(payment, body)))
  }
  if (also !== undefined) {
    const { browser } = opened.payer
    const fees = await browser.open(`${city.baseUrl}/fees`)
    await browser.send(fees, formTo(fees, /\/cancel$/))
  }
  for (const body of bodies) await deliverTo(payment, ours(payment, body))
  if (deliver.length === 0) await city.passTime(25)
}

/** The payment's id stands under `paymentId`, in each example its own. */
function ours(payment: CardPayment, body: string): string {
  const [, id = ''] = /"paymentId":"([0-9a-f]{32})"/.exec(body) ?? []
  return ownIds(body, { [id]: payment.id, reference: payment.reference }, payment.id)
}

interface Retrieved {
  payment: {
    summary: { reservedAmount?: number; chargedAmount?: number; cancelledAmount?: number }
    charges?: { chargeId: string; amount: number }[]
    refunds?: { refundId: string; amount: number; state: 'Pending' | 'Completed' | 'Failed' }[]
    terminated?: string
  }
}

function answerAs(city: City, payment: CardPayment, told: Retrieved): void {
  const { summary, charges = [], refunds = [], terminated } = told.payment
  const at = city.now()
  payment.pressedPay = true
  payment.reserved = summary.reservedAmount ?? 0
  payment.cancelled = summary.cancelledAmount ?? 0
  payment.charges = charges.map(({ chargeId, amount }) => ({
    id: chargeId,
    amount,
    at,
    items: payment.items,
  }))
  payment.refunds = refunds.map(({ refundId, amount, state }) => ({
    id: refundId,
    chargeId: charges[0]?.chargeId ?? '',
    amount,
    at,
    state,
    reference: null,
    metadata: {},
  }))
  if (terminated !== undefined) payment.closed = { how: 'terminated', at }
  payment.told = told
}

async function deliverTo({ targets: [target] }: CardPayment, body: string): Promise<void> {
  if (!target) throw new Error('no address for webhooks was given')
  const headers = { authorization: target.authorization, 'content-type': 'application/json' }
  const answer = await fetch(target.url, { method: 'POST', headers, body })
  if (answer.status !== 200) throw new Error(`a webhook was answered ${answer.status}`)
}
