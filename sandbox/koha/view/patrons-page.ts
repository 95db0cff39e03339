import type { World } from '../world.ts'
import { faultsPanel, requestsPanel } from './faults-panel.ts'
import { html } from './html.ts'
import { kronor, layout } from './layout.ts'

/** The first page: everybody, what they owe, and the switches. */
export function patronsPage(world: World): string {
  const patrons = [...world.tables.patrons.values()]
  return layout(
    world,
    'Patrons',
    html`<h1>Patrons</h1>
<p class="soft">Open one to see the account, and to do what happens at a desk: charge, pay, return a book, restrict.</p>
<div class="scroll"><table>
<thead><tr><th>Name<th>Userid<th>Card<th>Category<th>Library<th class="sum">Owes</tr></thead>
<tbody>
${patrons.map(
  (patron) => html`<tr>
<td><a href="/patrons/${patron.id}">${patron.firstname} ${patron.surname}</a>
${patron.restrictions.length > 0 && html`<span class="tag warn">restricted</span>`}</td>
<td>${patron.userid}</td><td>${patron.cardnumber}</td><td>${patron.categoryId}</td><td>${patron.libraryId}</td>
<td class="sum">${kronor(world.owes(patron.id))}</td></tr>`,
)}
</tbody></table></div>
<h2>Time</h2>
<p class="soft">The nightly job makes every fine of a book that is still out 10 kr larger.</p>
<form method="post" action="/fines-job"><button class="plain">Run the fines job once</button></form>
${faultsPanel(world)}
${requestsPanel(world)}`,
  )
}
