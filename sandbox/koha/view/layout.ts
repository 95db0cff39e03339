import type { World } from '../world.ts'
import { type Html, html } from './html.ts'

/** A whole page of the sandbox's Koha; says so when a fault is switched on. */
export function layout(world: World, title: string, content: Html): string {
  const active = world.faults.active()
  const page = html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – sandbox Koha</title>
<link rel="stylesheet" href="/koha.css">
</head>
<body>
<header><a href="/">Koha, sandbox</a><span>A stand-in for the library system. Nobody here is real.</span></header>
<main>
${
  active.length > 0 &&
  html`<p class="notice"><strong>The API misbehaves on purpose:</strong>
${active.map((fault) => html`<span class="tag warn">${fault.kind} on ${fault.on}</span> `)}
<a href="/#faults">Change</a></p>`
}
${content}
</main>
</body>
</html>`
  return page.html
}

/** Kronor with two decimals, or as many as Koha's six when there are fractions of an öre. */
export function kronor(amount: number): string {
  const decimals = Math.abs(amount * 100 - Math.round(amount * 100)) > 1e-6 ? 6 : 2
  return `${amount.toFixed(decimals)} kr`
}
