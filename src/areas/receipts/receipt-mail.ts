import { formats } from '../../base/format.ts'
import type { Letter } from '../../outside/ports/mail.ts'
import { escaped, factsHtml, letterHtml, paragraph } from '../notices/letter-html.ts'
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
 * The receipt as a letter: plain text first, and the same in simple HTML. The subject names the reference and the
 * library only. It shows the titles that the receipt has: give it `withoutTitles(receipt)` unless the library wants them.
 */
export function receiptLetter(receipt: Receipt, { to, messageId, page, pdf }: Envelope): Letter {
  const words = receiptWords[receipt.language]
  return {
    to,
    messageId,
    subject: words.subjectOf(receipt),
    text: asText(receipt, page),
    html: asHtml(receipt, page),
    attachments: [
      {
        filename: `${words.receipt.toLowerCase()}-${receipt.reference}.pdf`,
        contentType: 'application/pdf',
        content: pdf,
      },
    ],
  }
}

function asText(receipt: Receipt, page: string): string {
  const words = receiptWords[receipt.language]
  const sums = receipt.lines.map(({ amount }) => formats[receipt.language].kronor(amount))
  const total = formats[receipt.language].kronor(receipt.total)
  const wide = Math.max(words.total.length, ...receipt.lines.map(({ name }) => name.length)) + 2
  const column = Math.max(total.length, ...sums.map(({ length }) => length))
  const row = (left: string, right: string) => `${left.padEnd(wide)}${right.padStart(column)}`
  return [
    words.greeting({ sum: total, library: receipt.library }),
    '',
    ...receipt.lines.flatMap((line, index) => [
      row(line.name, sums[index] ?? ''),
      ...about(line, receipt).map((text) => `  ${text}`),
    ]),
    '-'.repeat(wide + column),
    row(words.total, total),
    ...refundsInWords(receipt),
    ...receipt.vat.map((category) => words.vat[category]),
    '',
    ...facts(receipt).map(([name, value]) => `${name}: ${value}`),
    ...(receipt.kohaRegisteredAt ? [] : ['', words.kohaWaits]),
    '',
    words.attached,
    words.again,
    page,
    '',
    `${words.questions}: ${contact(receipt)}`,
    '',
  ].join('\n')
}

function asHtml(receipt: Receipt, page: string): string {
  const words = receiptWords[receipt.language]
  const total = formats[receipt.language].kronor(receipt.total)
  const cell = 'padding:8px 0;border-bottom:1px solid #d9dde2;vertical-align:top'
  const sum = `${cell};text-align:right;white-space:nowrap;padding-left:16px`
  const rows = receipt.lines.map((line) => {
    const notes = about(line, receipt).map(
      (text) => `<br><span style="color:#5b6067">${escaped(text)}</span>`,
    )
    const amount = formats[receipt.language].kronor(line.amount)
    return `<tr><td style="${cell}">${escaped(line.name)}${notes.join('')}</td><td style="${sum}">${escaped(amount)}</td></tr>`
  })
  return letterHtml(
    receipt.language,
    words.titleOf(receipt),
    [
      `<p style="margin:0;color:#17724a;font-weight:600">${words.receipt}</p>`,
      `<h1 style="margin:0 0 4px;font-size:32px;line-height:1.2">${escaped(total)}</h1>`,
      paragraph(escaped(words.greeting({ sum: total, library: receipt.library }))),
      '<table role="presentation" style="width:100%;border-collapse:collapse;margin:16px 0;border-top:2px dashed #c9ced4">',
      ...rows,
      `<tr><td style="padding:8px 0"><b>${words.total}</b></td><td style="padding:8px 0;text-align:right;white-space:nowrap"><b>${escaped(total)}</b></td></tr>`,
      '</table>',
      ...refundsInWords(receipt).map((text) => paragraph(escaped(text))),
      ...receipt.vat.map((category) => paragraph(words.vat[category])),
      factsHtml(facts(receipt)),
      ...(receipt.kohaRegisteredAt ? [] : [paragraph(words.kohaWaits)]),
      paragraph(words.attached),
      paragraph(`${words.again}<br><a href="${escaped(page)}">${escaped(page)}</a>`),
      `<p style="margin:24px 0 0;color:#5b6067">${words.questions}: ${escaped(contact(receipt))}</p>`,
    ].join('\n'),
  )
}

function facts(receipt: Receipt): [string, string][] {
  const words = receiptWords[receipt.language]
  return [
    [words.reference, receipt.reference],
    [words.paidOn, formats[receipt.language].moment(receipt.paidAt)],
    [words.method, receipt.method],
    [
      words.receiver,
      `${receipt.university}, ${words.organisationNumber.toLowerCase()} ${receipt.organisationNumber}`,
    ],
  ]
}

function about({ title, barcode }: ReceiptLine, { language }: Receipt): string[] {
  const words = receiptWords[language]
  return [title, barcode && `${words.barcode} ${barcode}`].filter((text) => text !== null)
}

function contact({ email, phone }: Receipt): string {
  return [email, phone].filter((way) => way !== null).join(', ')
}
