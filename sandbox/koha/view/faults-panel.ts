import { faultKinds, faultScopes } from '../faults.ts'
import type { World } from '../world.ts'
import { type Html, html } from './html.ts'

/** The switches of the API's misbehaviour. */
export function faultsPanel(world: World): Html {
  const active = world.faults.active()
  return html`<section class="panel">
<h2 id="faults">Let the API misbehave</h2>
<p class="soft">What a real Koha does on a bad day. The pages here go on working.</p>
${
  active.length > 0 &&
  html`<table><tbody>
${active.map(
  (fault) => html`<tr><td><span class="tag warn">${fault.kind}</span> ${faultKinds[fault.kind]}</td>
<td>on ${fault.on}</td><td>${fault.times === undefined ? 'until cleared' : `${fault.times} more`}</td></tr>`,
)}
</tbody></table>
<form method="post" action="/faults/clear"><button class="plain">Behave again</button></form>`
}
<form method="post" action="/faults">
<label>Fault<select name="kind">
${Object.entries(faultKinds).map(([kind, what]) => html`<option value="${kind}">${kind}: ${what}</option>`)}
</select></label>
<label>Calls<select name="on">${faultScopes.map((scope) => html`<option>${scope}</option>`)}</select></label>
<label>How many<input name="times" type="number" min="1" placeholder="until cleared"></label>
<label>Delay, seconds<input name="seconds" type="number" min="0" step="0.1" placeholder="60"></label>
<button>Switch on</button>
</form>
</section>`
}

/** The newest calls of the API. */
export function requestsPanel(world: World): Html {
  const newest = world.requests.slice(-15).reverse()
  return html`<section class="panel">
<h2>Newest calls of the API</h2>
${
  newest.length === 0
    ? html`<p class="soft">None yet.</p>`
    : html`<div class="scroll"><table><tbody>
${newest.map(
  ({ method, path, query, status }) =>
    html`<tr><td>${status ?? 'cut'}</td><td>${method}</td><td>${path}<small>${decoded(query)}</small></td></tr>`,
)}
</tbody></table></div>`
}
</section>`
}

function decoded(query: string): string {
  return [...new URLSearchParams(query)].map(([name, value]) => `${name}=${value}`).join(' & ')
}
