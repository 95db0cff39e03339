/** The page's look: a university's plain sign-in, phone first, light and dark. */
export const style = `
:root { --ink: #1d2430; --soft: #56606e; --paper: #fff; --wash: #f3f1ec; --line: #d9d5cb; --accent: #7a2e3b; --on-accent: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #f0ece4; --soft: #b5b0a6; --paper: #1c1f26; --wash: #14161b; --line: #3a3f4a; --accent: #e3a1ac; --on-accent: #1c1f26; }
}
* { box-sizing: border-box; }
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--wash); }
header { padding: 1rem; background: var(--accent); color: var(--on-accent); font-weight: 600; text-align: center; }
main { max-width: 40rem; margin: 0 auto; padding: 1rem 1rem 3rem; background: var(--paper); min-height: 100vh; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0.5rem 0; }
h2 { font-size: 1rem; margin: 2rem 0 0.25rem; color: var(--soft); }
.lead, details p { color: var(--soft); margin: 0.25rem 0 1rem; }
.language { text-align: right; margin: 0; }
a { color: var(--accent); }
ul { list-style: none; margin: 0; padding: 0; border-top: 1px solid var(--line); }
li { border-bottom: 1px solid var(--line); }
li button { display: block; width: 100%; padding: 0.75rem 0.5rem; border: 0; background: none; color: inherit; font: inherit; text-align: left; cursor: pointer; }
li button:hover { background: var(--wash); }
li span { display: block; overflow-wrap: anywhere; }
.name { font-weight: 600; color: var(--accent); text-decoration: underline; text-underline-offset: 0.15em; }
.eppn { font-size: 0.875rem; color: var(--soft); }
:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; }
details { margin-top: 1.5rem; border-top: 1px solid var(--line); padding-top: 0.75rem; }
summary { cursor: pointer; font-weight: 600; padding: 0.5rem 0; }
fieldset { border: 0; margin: 0; padding: 0; }
legend { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.field { display: block; margin-bottom: 1rem; font-weight: 600; }
.field input { display: block; width: 100%; margin-top: 0.25rem; padding: 0.6rem; font: inherit; color: inherit; background: var(--paper); border: 2px solid var(--soft); border-radius: 4px; }
.choice { display: block; padding: 0.5rem 0; }
.choice input { width: 1.25rem; height: 1.25rem; margin: 0 0.5rem 0 0; vertical-align: -0.2em; accent-color: var(--accent); }
.main { padding: 0.75rem 1.5rem; border: 0; border-radius: 4px; background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 600; cursor: pointer; }
`
