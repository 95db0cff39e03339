import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { withFaults } from '../../docs/list-faults.ts'
import { checks } from './checks.ts'
import { faults } from './faults.ts'

describe('the list of faults', () => {
  it.each(Object.keys(checks))('shows: %s', (check) => {
    expect(faults.filter((fault) => fault.checks?.some((one) => one === check))).not.toEqual([])
  })

  it('names each once, and says what is done, what Kvitt does and what staff see', () => {
    expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length)
    for (const { done, kvitt, staff } of faults)
      for (const words of [done, kvitt, staff]) expect(words).not.toBe('')
  })

  it('stands in docs/faults.md as it is: node docs/list-faults.ts', () => {
    const text = readFileSync(new URL('../../docs/faults.md', import.meta.url), 'utf8')
    expect(text).toBe(withFaults(text))
  })
})
