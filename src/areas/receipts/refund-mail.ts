import { formats } from '../../base/format.ts'
import type { Ore } from '../../base/money.ts'
import type { Letter } from '../../outside/ports/mail.ts'
import { escaped, factsHtml, letterHtml, paragraph } from '../notices/letter-html.ts'
import type { Receipt } from './receipt.ts'
import { refundWords } from './refund-words.ts'

/** A refund that is done, as its payer is told of it. */
export interface RefundNote {
  /** The refund's own reference. */
  reference: string
  amount: Ore
  /** When the payment company had done it. */
  doneAt: Date
  /** It was paid for a debt that had shrunk or gone. */
  forSurplus: boolean
  /** The debt stands in Koha again. */
  owedAgain: boolean
}

/** Tells a payer that money is on its way back to the card or account it came from. No titles, no reasons of staff. */
export function refundLetter(
  receipt: Receipt,
  note: RefundNote,
  { to, messageId, page }: { to: string; messageId: string; page: string },
): Letter {
  const words = refundWords[receipt.language]
  const format = formats[receipt.language]
  const sum = format.kronor(note.amount)
  const said = [
    words.greeting({ sum, library: receipt.library }),
    words.when(receipt),
    ...(note.forSurplus ? [words.surplus] : []),
    ...(note.owedAgain ? [words.owedAgain] : []),
  ]
  const facts: [string, string][] = [
    [words.refund, note.reference],
    [words.payment, receipt.reference],
    [words.paid, `${format.kronor(receipt.total)}, ${format.moment(receipt.paidAt)}`],
    [words.givenBack, `${sum}, ${format.moment(note.doneAt)}`],
    [words.to, receipt.method],
    [words.payer, `${receipt.university}, ${words.organisationNumber} ${receipt.organisationNumber}`],
  ]
  const contact = [receipt.email, receipt.phone].filter((way) => way !== null).join(', ')
  return {
    to,
    messageId,
    subject: words.subject({ reference: note.reference, library: receipt.library }),
    text: [
      ...said,
      '',
      ...facts.map(([name, value]) => `${name}: ${value}`),
      '',
      words.receipt,
      page,
      '',
      `${words.questions}: ${contact}`,
      '',
    ].join('\n'),
    html: letterHtml(
      receipt.language,
      words.title,
      [
        `<p style="margin:0;color:#17724a;font-weight:600">${words.title}</p>`,
        `<h1 style="margin:0 0 4px;font-size:32px;line-height:1.2">${escaped(sum)}</h1>`,
        ...said.map((text) => paragraph(escaped(text))),
        factsHtml(facts),
        paragraph(`${words.receipt}<br><a href="${escaped(page)}">${escaped(page)}</a>`),
        `<p style="margin:24px 0 0;color:#5b6067">${words.questions}: ${escaped(contact)}</p>`,
      ].join('\n'),
    ),
    attachments: [],
  }
}
