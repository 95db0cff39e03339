import { formats } from '../../base/format.ts'
import { templates } from '../../base/templates.ts'
import type { Letter } from '../../outside/ports/mail.ts'
import { type Receipt, type ReceiptLine, refundsInWords } from './receipt.ts'
import { receiptWords } from './receipt-words.ts'

export interface Envelope {
  to: string
  messageId: string
  /** Where the receipt can be opened again. */
  page: string
  pdf: Buffer
}

/**
 * Returns the receipt as a letter, of views/receipts/letters/receipt. The subject names the reference and the library
 * only. It shows the titles that the receipt has: give it `withoutTitles(receipt)` unless the library wants them.
 */
export function receiptLetter(receipt: Receipt, { to, messageId, page, pdf }: Envelope): Letter {
  const words = receiptWords[receipt.language]
  return {
    to,
    messageId,
    subject: words.subjectOf(receipt),
    ...templates.renderLetter('receipts/letters/receipt', present(receipt, page)),
    attachments: [
      {
        filename: `${words.receipt.toLowerCase()}-${receipt.reference}.pdf`,
        contentType: 'application/pdf',
        content: pdf,
      },
    ],
  }
}

/** What the letter shows. As text its rows are as wide as the longest name and the longest sum need. */
function present(receipt: Receipt, address: string) {
  const { language, library, email, phone } = receipt
  const words = receiptWords[language]
  const { kronor } = formats[language]
  const sum = kronor(receipt.total)
  const lines = receipt.lines.map((line) => ({
    name: line.name,
    amount: kronor(line.amount),
    notes: notesOf(line, words.barcode),
  }))
  const wide = Math.max(words.total.length, ...lines.map(({ name }) => name.length)) + 2
  const column = Math.max(sum.length, ...lines.map(({ amount }) => amount.length))
  const row = (left: string, right: string) => `${left.padEnd(wide)}${right.padStart(column)}`
  return {
    language,
    title: words.titleOf(receipt),
    kind: words.receipt,
    sum,
    greeting: words.greeting({ sum, library }),
    lines: lines.map((line) => ({ ...line, row: row(line.name, line.amount) })),
    rule: '-'.repeat(wide + column),
    total: words.total,
    totalRow: row(words.total, sum),
    said: [...refundsInWords(receipt), ...receipt.vat.map((category) => words.vat[category])],
    facts: factsOf(receipt),
    waits: receipt.kohaRegisteredAt ? [] : [words.kohaWaits],
    attached: words.attached,
    link: words.again,
    address,
    questions: words.questions,
    contact: [email, phone].filter((way) => way !== null).join(', '),
  }
}

function factsOf(receipt: Receipt): [name: string, value: string][] {
  const words = receiptWords[receipt.language]
  const { university, organisationNumber } = receipt
  return [
    [words.reference, receipt.reference],
    [words.paidOn, formats[receipt.language].moment(receipt.paidAt)],
    [words.method, receipt.method],
    [words.receiver, `${university}, ${words.organisationNumber.toLowerCase()} ${organisationNumber}`],
  ]
}

function notesOf({ title, barcode }: ReceiptLine, word: string): string[] {
  return [title, barcode && `${word} ${barcode}`].filter((text) => text !== null)
}
