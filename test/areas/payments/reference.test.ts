import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { isReference, referenceFrom } from '../../../src/areas/payments/reference.ts'

describe('a payment reference', () => {
  it('is short, readable aloud, and has nothing that Koha or a provider takes as a special sign', () => {
    const made = Array.from({ length: 2000 }, () => referenceFrom('KV', randomBytes(24)))
    expect(new Set(made).size).toBe(2000)
    for (const reference of made) {
      expect(reference).toMatch(/^KV-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{2}$/)
      expect(isReference(reference)).toBe(true)
      expect(reference.length).toBeLessThanOrEqual(36)
    }
  })

  it.each(['', 'KV', '../etc', 'KV-AAAA-BBBB-C0', "KV-AAAA-BBBB-CC'", 'kv-aaaa-bbbb-cc'])(
    'is not %j',
    (text) => {
      expect(isReference(text)).toBe(false)
    },
  )
})
