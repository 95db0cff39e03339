import { describe, expect, it } from 'vitest'
import { filesIn, type SourceFile, withoutComments } from './source.ts'

interface LogCall {
  /** `path: the beginning of the call`. */
  at: string
  level: string
  event: string | undefined
}

const calls = filesIn(['src'], ['.ts']).map(withoutComments).flatMap(callsIn)
const operations = filesIn(['docs'], ['operations.md'])[0]?.text ?? ''

describe('what is logged', () => {
  it('is found', () => {
    expect(calls.length).toBeGreaterThan(30)
  })

  it('has an event: a noun, a dot and what became of it', () => {
    const named = /^[a-z]+(?:-[a-z]+)*[.][a-z]+(?:-[a-z]+)*$/
    const wrong = calls.filter(({ event }) => !named.test(event ?? ''))
    expect(wrong.map(({ at }) => at)).toEqual([])
  })

  it('stands in docs/operations.md, event by event, and nothing else does', () => {
    const logged = calls.flatMap(({ level, event }) => (event ? [`${event} ${level}`] : []))
    const told = [...operations.matchAll(/^\| `([a-z-]+[.][a-z-]+)` +\| (\w+) +\|/gm)].map(
      ([, event, level]) => `${event} ${level}`,
    )
    expect(told.sort()).toEqual([...new Set(logged)].sort())
  })

  it.each([
    ["log.warn({ event: 'letter.not-sent', why }, 'x')", 'letter.not-sent'],
    ["log.info(\n  { event: 'a.b' },", 'a.b'],
    ["log.error('x')", undefined],
  ])('is read from the code: %s', (text, event) => {
    expect(callsIn({ path: 'x', text })).toMatchObject([{ event }])
  })
})

function callsIn({ path, text }: SourceFile): LogCall[] {
  return [
    ...text.matchAll(/\b(?:log|heard)[.](info|warn|error|fatal|debug)\(\s*(\{ *\s*event: '([^']+)')?/g),
  ].map(([call, level, , event]) => ({ at: `${path}: ${call}`, level: level ?? '', event }))
}
