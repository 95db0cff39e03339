import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { cruise, type ICruiseResult } from 'dependency-cruiser'

/**
 * Draws who imports whom, room by room, as the code has it: `node docs/draw-architecture.ts` puts the picture into
 * docs/architecture.md. A test draws it again and compares, so it cannot grow old.
 */

const root = fileURLToPath(new URL('../', import.meta.url))
const page = fileURLToPath(new URL('./architecture.md', import.meta.url))
const { options } = createRequire(import.meta.url)('../test/rules/dependencies.cjs') as {
  options: Record<string, unknown>
}

/** From the top of the house to the ground. A room is a folder, or some files that belong together. */
const rooms: [name: string, label: string, files: RegExp][] = [
  [
    'start',
    'start-up<br>main · command-line · start · wiring · app',
    /^src\/(?:main|start|wiring|app)[.]ts$|^src\/command-line\//,
  ],
  ['web', 'web', /^src\/web\//],
  ['jobs', 'jobs', /^src\/jobs\//],
  ['reconciliation', 'reconciliation', /^src\/reconciliation\//],
  ['invoices', 'invoices', /^src\/invoices\//],
  ['parked', 'parked', /^src\/parked\//],
  ['receipts', 'receipts', /^src\/receipts\//],
  ['writeBack', 'write-back', /^src\/write-back\//],
  ['refunds', 'refunds', /^src\/refunds\//],
  ['payments', 'payments', /^src\/payments\//],
  ['notices', 'notices', /^src\/notices\//],
  ['debts', 'debts', /^src\/debts\//],
  ['people', 'people', /^src\/people\//],
  ['ledger', 'ledger', /^src\/ledger\//],
  ['ports', 'outside/ports', /^src\/outside\/(?:ports\/|[^/]+[.]ts$)/],
  ['adapters', 'outside/*<br>koha · providers · saml · mail · economy', /^src\/outside\/[^/]+\//],
  ['database', 'database', /^src\/database\//],
]
/** Known to nearly everybody: context, configuration, log, money, time. Their arrows would hide all others. */
const common =
  /^src\/(?:context|config|settings|coding-file|log|money|local-time|csv|version|metrics|masked-settings)[.]ts$|^src\/settings\//

/** The picture, in Mermaid's language. */
export async function drawArchitecture(): Promise<string> {
  const { output } = await cruise(['src'], { ...options, baseDir: root, exclude: { path: '^src/sandbox/' } })
  const arrows = new Set<string>()
  for (const { source, dependencies } of (output as ICruiseResult).modules) {
    for (const { resolved } of dependencies) {
      const [from, to] = [roomOf(source), roomOf(resolved)]
      if (from && to && from !== to) arrows.add(`${from} --> ${to}`)
    }
  }
  const used = rooms.filter(([name]) => [...arrows].some((arrow) => arrow.split(' --> ').includes(name)))
  const order = used.map(([name]) => name)
  const place = (arrow: string) =>
    arrow
      .split(' --> ')
      .map((name) => String(order.indexOf(name)).padStart(2, '0'))
      .join()
  return [
    'flowchart TD',
    ...used.map(([name, label]) => `  ${name}["${label}"]`),
    ...[...arrows].sort((a, b) => place(a).localeCompare(place(b))).map((arrow) => `  ${arrow}`),
  ].join('\n')
}

function roomOf(file: string): string | undefined {
  return common.test(file) ? undefined : rooms.find(([, , files]) => files.test(file))?.[0]
}

const FRAME =
  /(?<=<!-- drawn from the code by docs\/draw-architecture[.]ts -->\n```mermaid\n)[\s\S]*?(?=\n```)/

/** The picture as it stands on the page. */
export function drawnArchitecture(): string {
  return FRAME.exec(readFileSync(page, 'utf8'))?.[0] ?? ''
}

if (import.meta.main) {
  const picture = await drawArchitecture()
  writeFileSync(
    page,
    readFileSync(page, 'utf8').replace(FRAME, () => picture),
  )
}
