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

const { floors } = createRequire(import.meta.url)('../test/rules/kinds.cjs') as { floors: string[] }

/** From the top of the house to the ground. A room is a folder, or some files that belong together. */
const rooms: [name: string, label: string, files: RegExp][] = [
  ['service', 'service<br>start · app · wiring · commands', /^src\/(?:main[.]ts$|service\/)/],
  ...floors
    .toReversed()
    .map((area): [string, string, RegExp] => [camelCase(area), area, new RegExp(`^src/areas/${area}/`)]),
  ['web', 'web', /^src\/web\//],
  ['work', 'work', /^src\/work\/(?!context)/],
  ['adapters', 'outside/*<br>koha · providers · saml · mail · economy', /^src\/outside\/(?!ports)/],
  ['ports', 'outside/ports', /^src\/outside\/ports\//],
  ['database', 'database', /^src\/database\//],
]
/** Known to nearly everybody: the context, the configuration, and what stands in base/. Their arrows would hide all others. */
const common = /^src\/(?:base|config)\/|^src\/work\/context[.]ts$|^src\/areas\/[a-z-]+\/settings[.]ts$/

/** The picture, in Mermaid's language. */
export async function drawArchitecture(): Promise<string> {
  const { output } = await cruise(['src'], { ...options, baseDir: root })
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

/** Mermaid wants names without hyphens. */
function camelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

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
