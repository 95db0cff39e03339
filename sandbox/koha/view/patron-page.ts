import { type Line, toKronor } from '../lines.ts'
import type { Patron } from '../tables.ts'
import type { World } from '../world.ts'
import { type Html, html } from './html.ts'
import { kronor, layout } from './layout.ts'

const debitTypes = [
  'OVERDUE',
  'LOST',
  'PROCESSING',
  'NEW_CARD',
  'RESERVE_EXPIRED',
  'RENT',
  'MANUAL',
  'L_INKASSO',
]

/** One patron's account: every line, what each credit paid, restrictions, and what a desk does. */
export function patronPage(world: World, patron: Patron): string {
  const debits = world.debitsOf(patron.id)
  const credits = world.creditsOf(patron.id)
  return layout(
    world,
    `${patron.firstname} ${patron.surname}`,
    html`<h1>${patron.firstname} ${patron.surname}</h1>
<p class="soft">${patron.userid} · card ${patron.cardnumber} · ${patron.categoryId} · ${patron.libraryId} · ${patron.email}</p>
<p>Owes <strong>${kronor(world.owes(patron.id))}</strong></p>
${restrictions(patron)}
<h2>Charges</h2>
${debits.length > 0 ? charges(world, patron, debits) : html`<p class="soft">None.</p>`}
<h2>Payments and other credits</h2>
${credits.length > 0 ? creditRows(world, credits) : html`<p class="soft">None.</p>`}
${newCharge(world, patron)}
${newRestriction(patron)}`,
  )
}

function restrictions(patron: Patron): Html[] {
  return patron.restrictions.map(
    ({ type, comment, liftsWhenPaid }) => html`<div class="notice">
<strong>Restricted: ${type}</strong> ${comment} ${liftsWhenPaid && html`<span class="tag">lifts when paid</span>`}
<form method="post" action="/patrons/${patron.id}/lift"><input type="hidden" name="type" value="${type}">
<button class="plain">Take off</button></form></div>`,
  )
}

function charges(world: World, patron: Patron, debits: Line[]): Html {
  return html`<div class="scroll"><table>
<thead><tr><th>No.<th>Date<th>Charge<th>Library<th class="sum">Amount<th class="sum">Left<th>At the desk</tr></thead>
<tbody>${debits.map((line) => chargeRow(world, patron, line))}</tbody></table></div>
<form method="post" action="/patrons/${patron.id}/pay"><button class="plain">Pay everything at the desk</button></form>`
}

function chargeRow(world: World, patron: Patron, line: Line): Html {
  const item = line.itemId === null ? undefined : world.tables.items.get(line.itemId)
  const out =
    line.itemId !== null &&
    (line.status === 'UNRETURNED' || (line.type === 'LOST' && line.status !== 'FOUND'))
  const at = `/patrons/${patron.id}`
  return html`<tr><td>${line.id}</td><td class="date">${line.date.slice(0, 10)}</td>
<td>${line.type} ${line.status && html`<span class="tag">${line.status}</span>`}
<small>${item ? `${item.title} (${item.barcode})` : line.description}</small></td>
<td>${line.libraryId ?? '–'}</td>
<td class="sum">${kronor(toKronor(line.amount))}</td><td class="sum"><strong>${kronor(toKronor(line.outstanding))}</strong></td>
<td>${line.outstanding > 0 && button(`${at}/pay`, 'debit', line.id, 'Pay')}
${out && button(`${at}/return`, 'item', line.itemId, 'Book is back')}
<form method="post" action="${at}/change"><input type="hidden" name="debit" value="${line.id}">
<input name="amount" inputmode="decimal" aria-label="New total of ${line.id}" placeholder="new total">
<button class="plain">Change</button></form></td></tr>`
}

function button(action: string, name: string, value: number | null, words: string): Html {
  return html`<form method="post" action="${action}"><input type="hidden" name="${name}" value="${value}">
<button class="plain">${words}</button></form>`
}

function creditRows(world: World, credits: Line[]): Html {
  return html`<div class="scroll"><table>
<thead><tr><th>No.<th>Date<th>Credit<th>Library<th class="sum">Amount<th>What it paid</tr></thead>
<tbody>${credits.map(
    (line) => html`<tr><td>${line.id}</td><td class="date">${line.date.slice(0, 16).replace('T', ' ')}</td>
<td>${line.type} <span class="tag">${line.interface}</span> ${line.paymentType && html`<span class="tag">${line.paymentType}</span>`}
<small>${line.description}</small><small>${line.note}</small></td>
<td>${line.libraryId ?? '–'}</td><td class="sum">${kronor(toKronor(-line.amount))}</td>
<td>${paidBy(world, line)}${line.outstanding < 0 && html`<strong>${kronor(toKronor(-line.outstanding))} unused</strong>`}</td></tr>`,
  )}</tbody></table></div>`
}

function paidBy(world: World, credit: Line): Html[] {
  return world.tables.offsets
    .filter(({ creditId }) => creditId === credit.id)
    .map(({ debitId, amount }) => {
      const debit = world.tables.lines.get(debitId)
      return html`<small>no. ${debitId} ${debit?.type}: ${kronor(toKronor(amount))}</small>`
    })
}

function newCharge(world: World, patron: Patron): Html {
  const libraries = [...world.tables.libraries.values()]
  return html`<section class="panel"><h2>New charge</h2>
<form method="post" action="/patrons/${patron.id}/charge">
<label>Type<select name="type">${debitTypes.map((type) => html`<option>${type}</option>`)}</select></label>
<label>Amount, kr<input name="amount" inputmode="decimal" required></label>
<label>Library<select name="library">${libraries.map(({ id, name }) => html`<option value="${id}">${name}</option>`)}
<option value="">none (a nightly job)</option></select></label>
<label>Description<input name="description" maxlength="500"></label>
<button>Charge</button></form></section>`
}

function newRestriction(patron: Patron): Html {
  return html`<section class="panel"><h2>Restrict</h2>
<form method="post" action="/patrons/${patron.id}/restrict">
<label>Type<select name="type"><option>MANUAL</option><option>FEES</option><option>OVERDUES</option></select></label>
<label>Comment<input name="comment" maxlength="200"></label>
<label class="check"><input type="checkbox" name="lifts" value="yes"> lifts when nothing is owed</label>
<button>Restrict</button></form></section>`
}
