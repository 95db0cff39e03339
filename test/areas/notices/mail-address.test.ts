import { describe, expect, it } from 'vitest'
import { isMailAddress } from '../../../src/areas/notices/mail-address.ts'

describe('a mail address', () => {
  it.each([
    'elsa@demo.kvitt.example',
    'fornamn.efternamn+bibliotek@student.gu.se',
    "o'hara@example.se",
    'info@räksmörgås.se',
  ])('may be %s', (text) => {
    expect(isMailAddress(text)).toBe(true)
  })

  it.each([
    '',
    'elsa',
    'elsa@localhost',
    '@example.se',
    'elsa@@example.se',
    'elsa@example.se, amir@example.se',
    'elsa@example.se;amir@example.se',
    'Elsa <elsa@example.se>',
    'elsa@example.se\r\nBcc: x@example.se',
    'elsa @example.se',
    '.elsa@example.se',
    'el..sa@example.se',
    'elsa@-example.se',
    'elsa@example..se',
    `${'x'.repeat(65)}@example.se`,
    `x@${'long.'.repeat(60)}se`,
  ])('is not %j', (text) => {
    expect(isMailAddress(text)).toBe(false)
  })
})
