import { type Html, html } from '../cards/html.ts'
import type { Received } from './inbox.ts'
import { frame } from './inbox-frame.ts'

export interface InboxView {
  messages: Received[]
  refused: string[]
  /** Whether the mail server takes connections. */
  open: boolean
}

const time = new Intl.DateTimeFormat('sv-SE', {
  dateStyle: 'short',
  timeStyle: 'medium',
  timeZone: 'Europe/Stockholm',
})

export function inboxPage({ messages, refused, open }: InboxView): string {
  return frame(
    'Mailbox',
    html`<h1>Mailbox</h1>
<p class="soft">Everything that has been sent, to whomever. Nothing leaves this machine.</p>
${messages.length === 0 ? html`<p class="none">No mail yet. It comes when somebody has paid.</p>` : list(messages)}
<h2>Break things</h2>
<div class="switches">
<form method="post" action="/switches"><p>The mail server is <b>${open ? 'up' : 'down'}</b>.</p>
<button name="mail" value="${open ? 'down' : 'up'}">${open ? 'Take it down' : 'Bring it up'}</button></form>
<form method="post" action="/switches"><label for="refuse">Refuse an address</label>
<div class="field"><input id="refuse" name="refuse" type="email" required placeholder="elsa@…"><button>Refuse</button></div></form>
<form method="post" action="/clear"><p>${messages.length} letters.</p><button>Throw all away</button></form>
</div>
${refused.map(refusedAddress)}`,
  )
}

function list(messages: Received[]): Html {
  return html`<ol class="letters">${messages.map(
    ({ id, to, subject, receivedAt, attachments }) => html`
<li><a href="/messages/${id}"><b>${subject || '(no subject)'}</b></a>
<span class="soft">to ${to.join(', ')}${attachments.length > 0 && ` · ${attachments.length} attached`}</span>
<time class="soft" datetime="${receivedAt.toISOString()}">${time.format(receivedAt)}</time></li>`,
  )}</ol>`
}

function refusedAddress(address: string): Html {
  return html`<form method="post" action="/switches" class="refused">${address} is refused (550)
<button name="accept" value="${address}">Accept again</button></form>`
}

export function letterPage(message: Received): string {
  const { id, from, to, subject, text, receivedAt, messageId, attachments } = message
  return frame(
    subject,
    html`<p><a href="/">← All mail</a></p>
<h1>${subject || '(no subject)'}</h1>
<dl>
<dt>From</dt><dd>${from}</dd>
<dt>To</dt><dd>${to.join(', ')}</dd>
<dt>Arrived</dt><dd>${time.format(receivedAt)}</dd>
<dt>Message-ID</dt><dd><code>${messageId}</code></dd>
${attachments.map(
  ({ filename, contentType, content }, place) => html`
<dt>Attached</dt><dd><a href="/messages/${id}/attachments/${place}">${filename}</a> <span class="soft">${contentType}, ${Math.ceil(content.length / 1024)} kB</span></dd>`,
)}
</dl>
${
  message.html !== null &&
  html`<h2>As most people see it</h2>
<iframe sandbox src="/messages/${id}/html" title="The letter as HTML"></iframe>`
}
<h2>As text</h2>
<pre>${text}</pre>`,
  )
}
