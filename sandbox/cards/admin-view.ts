import { faultKinds, operations } from './faults.ts'
import { page } from './frame.ts'
import { type Html, html, kronor } from './html.ts'
import { type CardPayment, chargedSum, disputable, openDispute, refundedSum } from './payment.ts'
import { intentStatus } from './stripe-intent-object.ts'
import type { Delivery } from './webhooks.ts'
import type { CardWorld } from './world.ts'

/** The card company's back office: what has been paid, what was told, and what shall go wrong next. */

const MOST_PAYMENTS = 100

export function adminPage(world: CardWorld): string {
  const payments = [...world.payments.values()].toReversed()
  return page(
    { language: 'en', title: 'The card company', wide: true },
    html`
<h1>The card company</h1>
<p class="soft">Nets Easy (Nexi Checkout) and Stripe, both made up. ${payments.length} payments.</p>
<h2>Payments</h2>
<div class="scroll"><table>
<tr><th>Reference</th><th>Provider</th><th>State</th><th class="amount">Sum</th><th class="amount">Charged</th><th class="amount">Refunded</th><th>Webhooks</th><th>Money back</th></tr>
${payments.slice(0, MOST_PAYMENTS).map((payment) => paymentRow(world, payment))}
</table></div>
<div class="panels">${faultPanel(world)}${behaviourPanel(world)}${moneyPanel(world)}</div>`,
  )
}

/** A payment's state in one word, for people. */
export function stateWord(payment: CardPayment): string {
  const charged = chargedSum(payment)
  if (charged > 0 && refundedSum(payment) >= charged) return 'refunded'
  if (charged > 0) return charged < payment.amount ? 'partly charged' : 'charged'
  if (payment.reserved > payment.cancelled) return 'reserved'
  if (payment.cancelled > 0) return 'released'
  if (payment.closed) return payment.closed.how
  if (payment.challenge) return payment.provider === 'stripe' ? intentStatus(payment) : 'asks for code'
  return payment.decline ? 'declined, open' : 'open'
}

function paymentRow(world: CardWorld, payment: CardPayment): Html {
  const { id, provider, reference, amount, currency } = payment
  const money = (sum: number) => kronor(sum, currency, 'sv')
  const told = world.webhooks.deliveries.filter(({ message }) => message.paymentId === id)
  const giveBack = html`<form class="inline" method="post" action="/admin/refund/${id}"><button class="small">Refund</button></form>`
  return html`<tr>
<td>${reference}<br><code>${id.slice(0, 40)}</code>${codings(payment).map((coding) => html`<br><code>${coding}</code>`)}</td><td>${provider}</td><td>${stateWord(payment)}</td>
<td class="amount">${money(amount)}</td><td class="amount">${money(chargedSum(payment))}</td><td class="amount">${money(refundedSum(payment))}</td>
<td>${told.map(deliveryLine)}</td>
<td>${chargedSum(payment) > refundedSum(payment) && giveBack}${payment.refunds.filter(({ state }) => state === 'Pending').map(({ id: refundId }) => pendingRefund(refundId))}${disputeForms(payment)}</td>
</tr>`
}

/** What the shop wrote beside its rows: with Nets in their references, with Stripe in the metadata. */
function codings({ provider, items, metadata }: CardPayment): string[] {
  if (provider === 'stripe') return Object.values(metadata)
  return [...new Set(items.map((item) => item.reference))]
}

function pendingRefund(refundId: string): Html {
  return html`<form class="inline" method="post" action="/admin/pending-refund/${refundId}">
<button class="small" name="state" value="Completed">Refund arrives</button><button class="small" name="state" value="Failed">Refund fails</button></form>`
}

/** A chargeback: the payer's bank takes the money, and decides later. */
function disputeForms(payment: CardPayment): Html {
  const { id, disputes } = payment
  return html`${disputes.map(({ state }) => html`<div>Dispute: ${disputeWords[state]}</div>`)}
${disputable(payment) && html`<form class="inline" method="post" action="/admin/dispute/${id}"><button class="small">Payer disputes</button></form>`}
${openDispute(payment) && html`<form class="inline" method="post" action="/admin/end-dispute/${id}"><button class="small" name="state" value="won">Library wins</button><button class="small" name="state" value="lost">Payer wins</button></form>`}`
}

const disputeWords = { needs_response: 'open', won: 'won', lost: 'lost' }

function deliveryLine({ id, message, state, tries }: Delivery): Html {
  const results = tries.map(({ result }) => result).join(', ')
  return html`<div>${message.event}: ${state}${results && ` (${results})`}
<form class="inline" method="post" action="/admin/resend/${id}"><button class="small">Send again</button></form></div>`
}

function faultPanel({ faults }: CardWorld): Html {
  const waiting = faults.waiting()
  return html`<section><h2>Make calls fail</h2>
<form method="post" action="/admin/faults">
${select('on', 'Call', ['any', ...operations])}${select('kind', 'How', [...faultKinds])}
<label for="times">How many times</label><input id="times" name="times" type="number" min="1" max="1000" value="1">
<button>Add</button></form>
${waiting.map(({ on, kind, times }) => html`<p>${on}: ${kind}, ${times === undefined ? 'until cleared' : `${times} more`}</p>`)}
${waiting.length > 0 && html`<form method="post" action="/admin/faults/clear"><button>Clear all</button></form>`}</section>`
}

function behaviourPanel({ webhooks }: CardWorld): Html {
  const now = webhooks.behaviour
  return html`<section><h2>Webhooks</h2>
<form method="post" action="/admin/behaviour">
<label for="delayMs">Delay, ms</label><input id="delayMs" name="delayMs" type="number" min="0" max="600000" value="${now.delayMs}">
<label for="copies">Copies of each</label><input id="copies" name="copies" type="number" min="1" max="100" value="${now.copies}">
${select('order', 'Order', ['as-it-happened', 'backwards', 'shuffled'], now.order)}
${select('drop', 'Lose', ['none', 'all', 'every-other'], now.drop)}
${select('hold', 'Keep back', ['no', 'yes'], now.hold ? 'yes' : 'no')}
${select('versions', 'Versions (Nets)', ['subscribed', 'v1', 'v2', 'both'], now.versions)}
${select('numbersAsStrings', 'Numbers as text (Nets)', ['no', 'yes'], now.numbersAsStrings ? 'yes' : 'no')}
${select('extraKeys', 'Unknown keys', ['no', 'yes'], now.extraKeys ? 'yes' : 'no')}
${select('proof', 'Secret or signature', ['right', 'wrong', 'none'], now.proof)}
<button>Set</button></form></section>`
}

function moneyPanel(world: CardWorld): Html {
  return html`<section><h2>Money</h2>
<form method="post" action="/admin/money">
${select('autoCharge', 'Charge after reservation', ['works', 'fails', 'never'], world.autoCharge)}
${select('charges', 'Charges over the API', ['work', 'declined'], world.charges)}
${select('refunds', 'Refunds', ['completed', 'pending', 'failed'], world.refunds)}
<button>Set</button></form></section>`
}

function select(name: string, label: string, options: string[], chosen?: string): Html {
  return html`<label for="${name}">${label}</label><select id="${name}" name="${name}">${options.map(
    (option) => html`<option${option === chosen && html` selected`}>${option}</option>`,
  )}</select>`
}
