import { describe, expect, it } from 'vitest'
import { withoutTitles } from '../../../src/areas/receipts/receipt.ts'
import { receiptLetter } from '../../../src/areas/receipts/receipt-mail.ts'
import { formats } from '../../../src/base/format.ts'
import { elsasReceipt } from './receipts.ts'

const envelope = {
  to: 'elsa@demo.kvitt.example',
  messageId: 'receipt-KV-7F3K-9Q2M-4T-1',
  page: 'https://kvitt.example.se/payments/KV-7F3K-9Q2M-4T',
  pdf: Buffer.from('%PDF'),
}

describe('a receipt', () => {
  it('adds up', () => {
    expect(elsasReceipt().total).toBe(88600)
  })

  it.each([
    [{ method: 'card', brand: 'Visa', lastDigits: '4242' }, 'Visa ···· 4242'],
    [{ method: 'card', brand: null, lastDigits: '4242' }, 'Kort ···· 4242'],
    [{ method: 'card', brand: 'Mastercard', lastDigits: null }, 'Mastercard'],
    [{ method: 'swish', brand: null, lastDigits: null }, 'Swish'],
    [null, 'Kort'],
  ])('says how %j was paid: %s', (paidWith, method) => {
    expect(elsasReceipt({ paidWith }).method).toBe(method)
  })

  it('names each VAT category once', () => {
    expect(elsasReceipt({ vat: ['S', 'O', 'S'] }).vat).toEqual(['O', 'S'])
  })
})

describe('the letter with a receipt', () => {
  it('says what was paid, to whom and how, in text and in HTML', () => {
    const letter = receiptLetter(withoutTitles(elsasReceipt()), envelope)
    expect(letter.subject).toBe('Kvitto KV-7F3K-9Q2M-4T från Demouniversitetets bibliotek')
    for (const body of [letter.text, letter.html]) {
      for (const part of [
        '886,00',
        '526,00',
        'Ersättningsavgift',
        'Visa ···· 4242',
        '202199-0011',
        envelope.page,
        '20 november 2026',
      ]) {
        expect(body).toContain(part)
      }
    }
    expect(letter.attachments.map(({ filename }) => filename)).toEqual(['kvitto-KV-7F3K-9Q2M-4T.pdf'])
  })

  it('tells nobody what was borrowed, neither by title nor by barcode', () => {
    const letter = receiptLetter(withoutTitles(elsasReceipt()), envelope)
    expect(JSON.stringify(letter)).not.toMatch(/Campbell|14001082337/)
  })

  it('shows titles where the library has decided so, and never in the subject', () => {
    const letter = receiptLetter(elsasReceipt(), envelope)
    expect(letter.text).toContain('Campbell biology')
    expect(letter.html).toContain('14001082337')
    expect(letter.subject).not.toContain('Campbell')
  })

  it('is in English for those who chose it', () => {
    const letter = receiptLetter(
      elsasReceipt({ language: 'en', library: 'Demo University Library' }),
      envelope,
    )
    expect(letter.subject).toBe('Receipt KV-7F3K-9Q2M-4T from Demo University Library')
    expect(letter.text).toContain('20 November 2026 at\u00a018:06')
    expect(letter.html).toContain('<html lang="en">')
  })

  it('says that Koha does not have it yet, when that is so', () => {
    const letter = receiptLetter(elsasReceipt({ kohaRegisteredAt: null }), envelope)
    for (const body of [letter.text, letter.html]) expect(body).toContain('Väntar på att registreras i Koha')
    expect(receiptLetter(elsasReceipt(), envelope).text).not.toContain('Väntar')
  })

  it('escapes whatever stands in a title', () => {
    const lines = elsasReceipt().lines.map((line) => ({ ...line, title: '"><img src=x onerror=alert(1)>' }))
    const { html } = receiptLetter(elsasReceipt({ lines }), envelope)
    expect(html).not.toContain('<img')
    expect(html).toContain('&#34;&gt;&lt;img src=x onerror=alert(1)&gt;')
  })

  it('keeps the sums in one column', () => {
    const rows = receiptLetter(elsasReceipt(), envelope)
      .text.split('\n')
      .filter((line) => line.endsWith('kr') && /^(Ers|Arb|För|Sum)/.test(line))
    expect(rows).toHaveLength(4)
    expect(new Set(rows.map(({ length }) => length)).size).toBe(1)
  })
})

describe('sums in words', () => {
  it('are written with the figures of the language, and kr after them', () => {
    expect(formats.sv.kronor(elsasReceipt().total)).toBe('886,00\u00a0kr')
    expect(formats.en.kronor(elsasReceipt().total)).toBe('886.00\u00a0kr')
  })
})
