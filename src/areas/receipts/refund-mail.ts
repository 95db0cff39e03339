import { formats } from '../../base/format.ts'
import type { Ore } from '../../base/money.ts'
import { templates } from '../../base/templates.ts'
import type { Letter } from '../../outside/ports/mail.ts'
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

/**
 * Returns the letter to a payer whose money is on its way back to the card or account it came from, of
 * views/receipts/letters/refund. No titles, no reasons of staff.
 */
export function refundLetter(
  receipt: Receipt,
  note: RefundNote,
  { to, messageId, page }: { to: string; messageId: string; page: string },
): Letter {
  const words = refundWords[receipt.language]
  return {
    to,
    messageId,
    subject: words.subject({ reference: note.reference, library: receipt.library }),
    ...templates.renderLetter('receipts/letters/refund', present(receipt, note, page)),
    attachments: [],
  }
}

function present(receipt: Receipt, note: RefundNote, address: string) {
  const { language, library, email, phone } = receipt
  const words = refundWords[language]
  const sum = formats[language].kronor(note.amount)
  return {
    language,
    title: words.title,
    kind: words.title,
    sum,
    said: [
      words.greeting({ sum, library }),
      words.when(receipt),
      ...(note.forSurplus ? [words.surplus] : []),
      ...(note.owedAgain ? [words.owedAgain] : []),
    ],
    facts: factsOf(receipt, note),
    link: words.receipt,
    address,
    questions: words.questions,
    contact: [email, phone].filter((way) => way !== null).join(', '),
  }
}

function factsOf(receipt: Receipt, note: RefundNote): [name: string, value: string][] {
  const words = refundWords[receipt.language]
  const { kronor, moment } = formats[receipt.language]
  return [
    [words.refund, note.reference],
    [words.payment, receipt.reference],
    [words.paid, `${kronor(receipt.total)}, ${moment(receipt.paidAt)}`],
    [words.givenBack, `${kronor(note.amount)}, ${moment(note.doneAt)}`],
    [words.to, receipt.method],
    [words.payer, `${receipt.university}, ${words.organisationNumber} ${receipt.organisationNumber}`],
  ]
}
