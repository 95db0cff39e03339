import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const { options } = createRequire(import.meta.url)('./dependencies.cjs') as { options: object }

/** The room of a file: an area, an adapter, or a folder of the house. A section of the settings is a room below the configuration. */
function roomOf(path: string): string {
  if (
    /^src\/(?:areas\/[a-z-]+\/(?:settings|coding|coding-file)|outside\/(?!saml)[a-z-]+\/settings)[.]ts$/.test(
      path,
    )
  )
    return 'sections'
  const [, room] = /^src\/(areas\/[a-z-]+|outside\/[a-z-]+|[a-z-]+)(?:\/|[.]ts$)/.exec(path) ?? []
  return room ?? path
}

/** Who imports whom, room by room; types count. */
async function roomsOf(): Promise<Map<string, Map<string, string>>> {
  const { output } = await cruise(['src'], { ...options, baseDir: root })
  const rooms = new Map<string, Map<string, string>>()
  for (const { source, dependencies } of (output as ICruiseResult).modules)
    for (const { resolved } of dependencies) {
      const [from, to] = [roomOf(source), roomOf(resolved)]
      if (!resolved.startsWith('src/') || from === to) continue
      rooms.set(from, (rooms.get(from) ?? new Map()).set(to, `${source} → ${resolved}`))
    }
  return rooms
}

/** The circles that a walk from each room finds, each as the imports that make it. */
export function circlesIn(rooms: Map<string, Map<string, string>>): string[][] {
  const done = new Set<string>()
  const circles: string[][] = []
  const walk = (room: string, path: [room: string, by: string][]): void => {
    const begin = path.findIndex(([name]) => name === room)
    if (begin >= 0) circles.push(path.slice(begin).map(([, by]) => by))
    if (begin >= 0 || done.has(room)) return
    for (const [next, by] of rooms.get(room) ?? []) walk(next, [...path, [room, by]])
    done.add(room)
  }
  for (const room of rooms.keys()) walk(room, [])
  return circles
}

describe('the rooms of the house', () => {
  it('have no circle, also where only a type is imported', { timeout: 60_000 }, async () => {
    expect(circlesIn(await roomsOf())).toEqual([])
  })

  it('would be found in a circle', () => {
    const rooms = new Map([
      ['web', new Map([['areas/desk', 'a → b']])],
      ['areas/desk', new Map([['work', 'b → c']])],
      ['work', new Map([['web', 'c → a']])],
    ])
    expect(circlesIn(rooms)).toEqual([['a → b', 'b → c', 'c → a']])
  })
})
