import { describe, expect, it } from 'vitest'
import { languageFrom, languageNames, languages, locales, plural } from '../../src/base/language.ts'

describe('a plural', () => {
  it.each([
    [0, 'fees'],
    [1, 'fee'],
    [2, 'fees'],
    [101, 'fees'],
  ])('of %i is written so', (count, word) => {
    for (const language of languages)
      expect(plural(language, count, { one: 'fee', other: 'fees' }), language).toBe(word)
  })

  it('without a form of its own takes the one for all others', () => {
    expect(plural('sv', 1, { other: 'universitet' })).toBe('universitet')
  })
})

describe('a language', () => {
  it.each([
    ['sv-SE', 'sv'],
    ['en', 'en'],
    ['EN-gb', 'en'],
    ['default', undefined],
    ['de', undefined],
    [null, undefined],
  ])('%s is read as %s', (code, language) => {
    expect(languageFrom(code)).toBe(language)
  })

  it('has a tag and a name', () => {
    for (const language of languages) {
      expect(languageFrom(locales[language])).toBe(language)
      expect(languageNames[language]).not.toBe('')
    }
  })
})
