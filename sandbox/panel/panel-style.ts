import type { Html } from '../cards/html.ts'

/** The control panel: rows of switches that show their state in a word, a shape and a colour. Light and dark, phone first. */
export const panelStyle: Html = {
  html: `
:root { color-scheme: light dark; --ink: #1c1f24; --paper: #fff; --soft: #5a6270; --line: #d5d9e0; --ground: #f3f4f7;
  --accent: #24418f; --on-accent: #fff; --bad: #a3201a; --bad-tint: #fdeeed; --good: #17724a }
@media (prefers-color-scheme: dark) { :root { --ink: #eceef2; --paper: #1b1e24; --soft: #a9b1be; --line: #3a404b;
  --ground: #121418; --accent: #9db4ff; --on-accent: #10182e; --bad: #ff9c94; --bad-tint: #33201f; --good: #7fd1a8 } }
* { box-sizing: border-box }
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground) }
.ribbon { margin: 0; padding: .5rem 1rem; text-align: center; font-weight: 600; background: #ffe08a; color: #3a2c00 }
main { max-width: 64rem; margin: 1rem auto 3rem; padding: 1.25rem; background: var(--paper); border: 1px solid var(--line); border-radius: .5rem }
h1 { font-size: 1.375rem; margin: 0 } h2 { font-size: 1.125rem; margin: 2rem 0 .25rem }
p { margin: .25rem 0 .5rem } .soft { color: var(--soft); font-size: .875rem } a { color: var(--accent) }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: .75rem 0 } nav a { padding: .375rem 0 }
.state { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; justify-content: space-between;
  margin: 1rem -1.25rem; padding: .75rem 1.25rem; background: var(--paper); border-block: 1px solid var(--line) }
.state p { margin: 0; font-weight: 600 } .broken { color: var(--bad) } .well { color: var(--good) }
ul { list-style: none; margin: .5rem 0 0; padding: 0; display: grid; gap: 0 2rem; border-top: 1px solid var(--line) }
@media (min-width: 48rem) { ul { grid-template-columns: 1fr 1fr } }
li { display: grid; grid-template-columns: 1fr auto; gap: .25rem .75rem; align-items: center; padding: .5rem 0; border-bottom: 1px solid var(--line); min-width: 0 }
li > div { min-width: 0; overflow-wrap: anywhere } li b { display: block }
li.on { background: var(--bad-tint); box-shadow: -.5rem 0 0 var(--bad-tint), .5rem 0 0 var(--bad-tint) }
table { border-collapse: collapse; margin: .5rem 0 } th, td { text-align: start; font-weight: 400; padding: .125rem 2rem .125rem 0 }
td { text-align: end; padding-inline-end: 0; font-variant-numeric: tabular-nums; font-weight: 600 }
ul.apart { display: block; border: 0 } ul.apart li { display: block; border: 0; padding: .125rem 0 }
form { margin: 0 }
button { font: inherit; font-weight: 600; min-height: 2.75rem; padding: 0 1rem; border-radius: .25rem; border: 1px solid var(--accent); background: transparent; color: var(--accent); cursor: pointer }
button.main { background: var(--accent); color: var(--on-accent) }
.switch { display: inline-flex; align-items: center; gap: .5rem; min-width: 5.5rem; padding: 0 .75rem; border-color: var(--soft); color: var(--ink) }
.switch::before { content: ''; width: 2rem; height: 1.125rem; border-radius: 1rem; border: 1px solid var(--soft);
  background: radial-gradient(circle at .5625rem 50%, var(--soft) .375rem, transparent .4375rem) }
.switch[aria-checked=true] { border-color: var(--bad); color: var(--bad) }
.switch[aria-checked=true]::before { border-color: var(--bad); background: radial-gradient(circle at 1.4375rem 50%, var(--paper) .375rem, var(--bad) .4375rem) }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
@media (forced-colors: active) { .switch::before { display: none } }
`,
}
