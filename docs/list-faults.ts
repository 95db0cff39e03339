import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { checks } from '../test/drill/checks.ts'
import type { Fault } from '../test/drill/drill.ts'
import { faults, groups } from '../test/drill/faults.ts'

/**
 * The tables of docs/faults.md, out of the drill's own list. `node docs/list-faults.ts` writes them; a test writes them
 * again and compares, so they cannot grow old.
 */

const page = fileURLToPath(new URL('./faults.md', import.meta.url))

/** What is caused, what Kvitt does about it, what staff see; and which faults show what others have got wrong. */
export function faultTables(): string {
  const parts = Object.entries(groups).map(([name, ones]) => `## ${name}\n\n${ones.map(entry).join('\n')}`)
  const shown = Object.entries(checks).map(
    ([name, what]) => `- **${name}**: ${what}. _${namesOf(name).join(', ')}_`,
  )
  return [...parts, `## What others have got wrong\n\n${shown.join('\n')}`].join('\n\n')
}

function entry({ name, done, kvitt, staff, switches = [] }: Fault): string {
  const turned = switches.length > 0 ? ` On the panel: ${switches.join(', ')}.` : ''
  return `- **${name}**: ${done}.${turned}\n  Kvitt: ${kvitt}\n  Staff see: ${staff}.`
}

function namesOf(check: string): string[] {
  return faults.filter((fault) => fault.checks?.some((one) => one === check)).map(({ name }) => name)
}

/** The page with the tables in their place. */
export function withFaults(text: string): string {
  return text.replace(
    /(<!-- written by [^>]*-->\n)[\s\S]*?(<!-- end -->)/,
    (_whole, start, end) => `${start}\n${faultTables()}\n\n${end}`,
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(page, withFaults(readFileSync(page, 'utf8')))
