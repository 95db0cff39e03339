import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { securityTable, withTable } from '../../docs/list-security-tests.ts'

describe('docs/security.md', () => {
  const text = readFileSync(new URL('../../docs/security.md', import.meta.url), 'utf8')

  it('lists the tests that there are: node docs/list-security-tests.ts', () => {
    expect(text).toBe(withTable(text))
    expect(text).toContain(securityTable())
  })
})
