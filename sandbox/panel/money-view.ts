import { type Html, html } from '../cards/html.ts'
import type { Outside } from '../switches/switch.ts'
import { compareMoney } from './money.ts'

/** Somebody who was asked to pay from here, and whether they reached the page after paying. */
export interface Payer {
  name: string
  paid: boolean
}

const kronor = (ore: number) => `${(ore / 100).toFixed(2)} kr`

/** What the card company and Koha hold, whether they agree, and the button that lets people pay. */
export function moneyView(outside: Outside, latest: Payer[]): Html {
  const { payments, charged, givenBack, credited, owedAgain, apart } = compareMoney(outside)
  return html`<section id="money"><h2>Money</h2>
<p class="soft">What the card company has taken, and what Koha has been told. Reload to see it move.</p>
<table><tbody>
<tr><th scope="row">Charged, ${payments} payments</th><td>${kronor(charged)}</td></tr>
<tr><th scope="row">Given back</th><td>${kronor(givenBack)}</td></tr>
<tr><th scope="row">Credited in Koha</th><td>${kronor(credited)}</td></tr>
<tr><th scope="row">Owed again in Koha</th><td>${kronor(owedAgain)}</td></tr>
</tbody></table>
${
  apart.length === 0
    ? html`<p class="well"><b>✓ Koha and the card company agree</b></p>`
    : html`<p class="broken"><b>✗ ${apart.length} payments are not the same in both yet</b></p>
<ul class="apart">${apart.slice(0, 12).map(({ reference, difference }) => html`<li><code>${reference}</code> ${kronor(Math.abs(difference))} ${difference > 0 ? 'not in Koha' : 'too much in Koha'}</li>`)}</ul>`
}
<form method="post" action="/six-pay"><button>Let six people pay</button></form>
${latest.length > 0 && html`<p role="status" class="soft">${latest.map(wordFor).join(' ')}</p>`}
</section>`
}

function wordFor({ name, paid }: Payer): string {
  const person = name.charAt(0).toUpperCase() + name.slice(1)
  return paid ? `${person} paid.` : `${person} was stopped by what is broken.`
}
