import { describe, expect, it } from 'vitest'
import { createTexts } from '../../src/web/texts/texts.ts'

const words = {
  title: 'Avgifter',
  paySum: ({ sum }: { sum: string }) => `Betala ${sum}`,
  why: { held: 'Upptagen' },
}
// As a template sees it: without types.
// biome-ignore lint/suspicious/noExplicitAny: templates have no types
const texts = createTexts([{ fees: { sv: words, en: words } }]).sv as any

describe('the texts of templates', () => {
  it('are read by part and name, and filled in', () => {
    expect(texts.fees.title).toBe('Avgifter')
    expect(texts.fees.why.held).toBe('Upptagen')
    expect(texts.fees.paySum({ sum: '10,00 kr' })).toBe('Betala 10,00 kr')
  })

  it('throw when there is no such text', () => {
    expect(() => texts.fees.titel).toThrow('There is no text fees.titel')
    expect(() => texts.fees.why.constructor).toThrow('There is no text fees.why.constructor')
    expect(() => texts.feez).toThrow('There is no text feez')
  })

  it('throw when a value is not filled in, or the text is written out uncalled', () => {
    expect(() => texts.fees.paySum({})).toThrow('The text fees.paySum needs sum')
    expect(() => texts.fees.paySum({ sum: null })).toThrow('The text fees.paySum needs sum')
    expect(() => `${texts.fees.paySum}`).toThrow('The text fees.paySum has values to be filled in')
  })

  it('have one part of each name', () => {
    const part = { sv: words, en: words }
    expect(() => createTexts([{ fees: part }, { fees: part }])).toThrow(
      'Two parts of the texts are called fees',
    )
  })
})
