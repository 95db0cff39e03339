/** The look of the sandbox's Koha: quiet, green, tables that line up. Light and dark. */
export const stylesheet = `
:root { color-scheme: light dark; --paper: #fff; --ink: #1d2521; --soft: #5d6a63; --line: #d9dfdb;
  --green: #2c6e49; --tint: #eef5f0; --warn: #9a3412; --warn-tint: #fdf0e7; }
@media (prefers-color-scheme: dark) { :root { --paper: #161b18; --ink: #e7ede9; --soft: #a0ada6;
  --line: #34403a; --green: #7cc79b; --tint: #1e2a23; --warn: #f0a878; --warn-tint: #33251b; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
header { border-bottom: 3px solid var(--green); padding: .7rem 1rem; display: flex; gap: 1rem;
  align-items: baseline; flex-wrap: wrap; }
header a { color: inherit; text-decoration: none; font-weight: 700; font-size: 1.2rem; }
header span { color: var(--soft); }
main { max-width: 68rem; margin: 0 auto; padding: 1rem 1rem 4rem; }
h1 { font-size: 1.7rem; margin: 1rem 0 .2rem; line-height: 1.2; }
h2 { font-size: 1.15rem; margin: 2.2rem 0 .5rem; }
a { color: var(--green); }
p { margin: .3rem 0; max-width: 45rem; }
.soft { color: var(--soft); }
.scroll { overflow-x: auto; }
.scroll table { min-width: 38rem; }
table + form, .scroll + form { margin: .8rem 0; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th { text-align: left; font-weight: 600; color: var(--soft); font-size: .875rem; }
th, td { padding: .45rem .7rem .45rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td.date { white-space: nowrap; }
.sum { text-align: right; white-space: nowrap; }
td small { display: block; color: var(--soft); overflow-wrap: anywhere; }
.tag { display: inline-block; padding: 0 .45rem; border: 1px solid currentColor; border-radius: 3px;
  font-size: .8rem; color: var(--soft); white-space: nowrap; }
.tag.warn { color: var(--warn); background: var(--warn-tint); }
.notice { border-left: 4px solid var(--warn); background: var(--warn-tint); padding: .6rem .9rem; margin: .8rem 0; }
form { margin: 0; display: flex; flex-wrap: wrap; gap: .5rem .8rem; align-items: end; }
td form { display: inline-flex; gap: .3rem; }
label { display: grid; gap: .15rem; min-width: 0; max-width: 100%; font-size: .875rem; color: var(--soft); }
label.check { display: flex; align-items: center; min-height: 2.4rem; }
input, select, button { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--soft);
  border-radius: 4px; padding: .35rem .55rem; min-height: 2.4rem; max-width: 100%; min-width: 0; }
input[type=checkbox] { min-height: 0; }
button { background: var(--green); color: var(--paper); border-color: var(--green); font-weight: 600; cursor: pointer; }
button.plain { background: none; color: var(--green); }
td button, td input { min-height: 2rem; padding: .15rem .5rem; font-size: .875rem; }
td input { width: 6rem; }
:focus-visible { outline: 3px solid var(--green); outline-offset: 2px; }
.panel { border-top: 1px solid var(--line); margin-top: 2.5rem; }
`
