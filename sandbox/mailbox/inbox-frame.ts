import { type Html, html } from '../cards/html.ts'

const style: Html = {
  html: `
:root { color-scheme: light dark; --ink: #1c1f24; --paper: #fff; --soft: #5a6270; --line: #d5d9e0; --accent: #17724a; --ground: #f3f4f7 }
@media (prefers-color-scheme: dark) { :root { --ink: #eceef2; --paper: #1b1e24; --soft: #a9b1be; --line: #3a404b; --accent: #7fd1a8; --ground: #121418 } }
* { box-sizing: border-box }
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground) }
.ribbon { margin: 0; padding: .5rem 1rem; text-align: center; font-weight: 600; background: #ffe08a; color: #3a2c00 }
main { max-width: 48rem; margin: 1rem auto 3rem; padding: 1.25rem; background: var(--paper); border: 1px solid var(--line); border-radius: .5rem }
h1 { font-size: 1.375rem; margin: 0 0 .25rem; overflow-wrap: anywhere } h2 { font-size: 1rem; margin: 2rem 0 .5rem }
.soft { color: var(--soft); font-size: .875rem } .none { padding: 2rem 0; text-align: center; color: var(--soft) }
.letters { list-style: none; margin: 1rem 0 0; padding: 0; border-top: 1px solid var(--line) }
.letters li { display: grid; grid-template-columns: 1fr auto; gap: 0 1rem; padding: .625rem 0; border-bottom: 1px solid var(--line) }
.letters a { grid-column: 1 / -1; padding: .125rem 0; text-decoration: none; overflow-wrap: anywhere } .letters a:hover { text-decoration: underline }
.letters span { overflow-wrap: anywhere }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: 1rem 0 } dt { color: var(--soft) } dd { margin: 0; overflow-wrap: anywhere }
iframe { width: 100%; height: 34rem; border: 1px solid var(--line); border-radius: .25rem; background: #fff }
pre { white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid var(--line); border-radius: .25rem; padding: 1rem; margin: 0 }
.switches { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); align-items: end } .switches p { margin: 0 0 .25rem }
label { display: block; font-weight: 600; margin-bottom: .25rem } .field { display: flex; gap: .5rem }
input { font: inherit; min-width: 0; flex: 1; padding: .5rem; border: 1px solid var(--soft); border-radius: .25rem; background: var(--paper); color: inherit }
button { font: inherit; font-weight: 600; min-height: 2.75rem; padding: 0 1rem; border-radius: .25rem; border: 1px solid var(--accent); background: transparent; color: var(--accent); cursor: pointer }
.refused { margin-top: 1rem; overflow-wrap: anywhere } a { color: var(--accent) } :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px } code { font-size: .875rem }
`,
}

/** Around every page of the mailbox: the ribbon that says what it is, and a quiet look. */
export function frame(title: string, content: Html): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<p class="ribbon">Test mailbox – nothing is really sent</p>
<main>
${content}
</main>
</body>
</html>`.html
}
