import { type Html, html } from '../cards/html.ts'
import { switches } from '../switches/all-switches.ts'
import { type Neighbour, neighbours, type Outside, type Switch } from '../switches/switch.ts'
import { moneyView, type Payer } from './money-view.ts'
import { panelStyle } from './panel-style.ts'

/** Where the other pages of the sandbox are. */
export interface Places {
  product: string
  koha: string
  cards: string
  mailbox: string
}

const about: Record<Neighbour, string> = {
  Koha: 'The library system.',
  'Card company': 'Nets Easy and Stripe. Disputes and refunds of single payments are on its own page.',
  Webhooks: 'What the card company tells by itself. They …',
  Mail: 'The mail server.',
  'Sign-in': "The university's identity provider. What it sends …",
}

/** The money, all switches with their states by neighbour, and one button that makes all well again. */
export function panelPage(outside: Outside, places: Places, latest: Payer[]): string {
  const all = Object.entries<Switch>(switches)
  const broken = all.filter(([, one]) => one.isOn(outside)).map(([name]) => name)
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${broken.length > 0 && `(${broken.length} broken) `}Control panel</title>
<style>${panelStyle}</style>
</head>
<body>
<header class="ribbon">Sandbox – nobody here is real</header>
<main>
<h1>Control panel</h1>
<p class="soft">Break the world around Kvitt, pay, and see that nothing is lost and nothing is paid twice. What is switched on stays so until it is switched off.</p>
<nav aria-label="The sandbox"><a href="${places.product}">Kvitt</a><a href="${places.koha}">Koha</a><a href="${places.cards}">Card company</a><a href="${places.mailbox}">Mailbox</a></nav>
<div class="state">${state(broken)}
<form method="post" action="/all-well"><button class="main">All well again</button></form></div>
${moneyView(outside, latest)}
${neighbours.map((neighbour) => {
  const its = all.filter(([, one]) => one.neighbour === neighbour)
  return html`<section><h2>${neighbour}</h2><p class="soft">${about[neighbour]}</p>
<ul>${its.map(([name, one]) => row(name, one, broken.includes(name)))}</ul></section>`
})}
</main>
</body>
</html>`.html
}

function state(broken: string[]): Html {
  if (broken.length === 0) return html`<p role="status" class="well">✓ All is well</p>`
  return html`<p role="status" class="broken">✗ ${broken.length} broken: ${broken.join(', ')}</p>`
}

/** The anchor brings a person back to the switch that was pressed. */
function row(name: string, { what }: Switch, on: boolean): Html {
  const id = anchorOf(name)
  return html`<li id="${id}"${on && html` class="on"`}><div><b id="${id}-name">${name}</b><span class="soft" id="${id}-what">${what}</span></div>
<form method="post" action="/switch"><input type="hidden" name="name" value="${name}">
<button class="switch" role="switch" aria-checked="${on ? 'true' : 'false'}" aria-labelledby="${id}-name" aria-describedby="${id}-what" name="to" value="${on ? 'off' : 'on'}">${on ? 'On' : 'Off'}</button></form></li>`
}

/** A switch's place on the page. */
export function anchorOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '-')
}
