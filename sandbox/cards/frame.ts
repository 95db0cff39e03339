import { type Html, html } from './html.ts'

/** Around every page of the sandbox's card company: the ribbon that says what this is, and a quiet look. */

const style: Html = {
  html: `
:root { color-scheme: light dark; --ink: #1c1f24; --paper: #fff; --soft: #5a6270; --line: #d5d9e0; --accent: #24418f;
  --on-accent: #fff; --bad: #a3201a; --ribbon: #ffe08a; --on-ribbon: #3a2c00; --ground: #f3f4f7 }
@media (prefers-color-scheme: dark) { :root { --ink: #eceef2; --paper: #1b1e24; --soft: #a9b1be; --line: #3a404b;
  --accent: #9db4ff; --on-accent: #10182e; --bad: #ff9c94; --ground: #121418 } }
* { box-sizing: border-box }
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground) }
.ribbon { background: var(--ribbon); color: var(--on-ribbon); padding: .5rem 1rem; text-align: center; font-weight: 600; margin: 0 }
main { max-width: 30rem; margin: 1rem auto 3rem; padding: 1.25rem; background: var(--paper); border: 1px solid var(--line); border-radius: .5rem }
main.wide { max-width: 75rem }
h1 { font-size: 1.25rem; margin: 0 0 .25rem } h2 { font-size: 1rem; margin: 1.5rem 0 .5rem }
p { margin: .25rem 0 .75rem } .soft { color: var(--soft); font-size: .875rem }
.sum { font-size: 2rem; font-weight: 700; font-variant-numeric: tabular-nums; margin: 0 }
table { width: 100%; border-collapse: collapse } th { text-align: left; font-size: .875rem; color: var(--soft); font-weight: 600 }
th, td { padding: .375rem .5rem .375rem 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: break-word }
.amount { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
.total { font-weight: 700 } .total td { border-bottom: 0 }
label { display: block; font-weight: 600; margin-top: .75rem }
input, select { font: inherit; width: 100%; padding: .5rem; border: 1px solid var(--soft); border-radius: .25rem; background: var(--paper); color: inherit }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: .75rem }
button { font: inherit; font-weight: 600; width: 100%; min-height: 2.75rem; margin-top: .75rem; border-radius: .25rem;
  border: 1px solid var(--accent); background: transparent; color: var(--accent); cursor: pointer }
button.main { background: var(--accent); color: var(--on-accent) }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
.problem { border-left: 4px solid var(--bad); padding: .5rem .75rem; color: var(--bad); font-weight: 600 }
a { color: var(--accent) } code { font-size: .875rem; overflow-wrap: anywhere }
.panels { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(16rem, 1fr)) }
.small { width: auto; min-height: 2rem; padding: 0 .75rem; margin: 0 .25rem .25rem 0; font-size: .875rem }
.inline { display: inline } .scroll { overflow-x: auto }
`,
}

export function page(
  { language, title, wide = false }: { language: 'sv' | 'en'; title: string; wide?: boolean },
  content: Html,
): string {
  const ribbon = language === 'sv' ? 'Testsida – inga pengar dras' : 'Test page – no money is taken'
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<header class="ribbon">${ribbon}</header>
<main class="${wide ? 'wide' : ''}">
${content}
</main>
</body>
</html>`.html
}
