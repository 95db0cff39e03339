import { formats } from '../../base/format.ts'
import type { Language } from '../../base/language.ts'
import { type Ore, sum } from '../../base/money.ts'
import type { PaidWith } from '../../outside/ports/provider.ts'
import type { VatCategory } from '../ledger/coding.ts'
import { receiptWords } from './receipt-words.ts'

/** Proof of a payment, for the person who paid: on a page, as a PDF and by mail. Kvitto. */
export interface Receipt {
  reference: string
  language: Language
  /** Who issues it: the library and the university that receives the money. */
  library: string
  university: string
  organisationNumber: string
  /** The library's address in one line, and where to ask. */
  address: string | null
  email: string
  phone: string | null
  lines: ReceiptLine[]
  total: Ore
  /** When the money was taken, by the payment company's clock. */
  paidAt: Date
  /** "Visa ···· 4242", "Swish". */
  method: string
  vat: VatCategory[]
  /** When Koha had all of it; null while it waits. */
  kohaRegisteredAt: Date | null
  /** When it stood in the journal. */
  bookedAt: Date | null
  /** What has been given back of it since, or is on its way; oldest first. */
  givenBack: GivenBack[]
}

/** Money that went back to the payer. */
export interface GivenBack {
  amount: Ore
  state: 'under-way' | 'done' | 'failed'
  /** When it was done, or failed; null while it is under way. */
  at: Date | null
  /** It had been paid for a debt that had shrunk or gone. */
  forSurplus: boolean
  /** What it paid for is owed again in Koha. */
  owedAgain: boolean
}

export interface ReceiptLine {
  /** The fee type, in the receipt's language. */
  name: string
  amount: Ore
  title: string | null
  barcode: string | null
}

export interface Receiptable extends Omit<Receipt, 'total' | 'method' | 'vat'> {
  paidWith: PaidWith | null
  vat: VatCategory[]
}

/** Makes the receipt: total, method in words, each VAT category once. */
export function receiptOf({ paidWith, vat, ...rest }: Receiptable): Receipt {
  return {
    ...rest,
    total: sum(rest.lines.map(({ amount }) => amount)),
    method: methodText(paidWith, rest.language),
    vat: [...new Set(vat)].sort(),
  }
}

/**
 * Returns the receipt as it may travel: fee types and sums only. What a person borrows is secret (OSL 40 kap. 3 §),
 * and a barcode names the book as well as its title does.
 */
export function withoutTitles(receipt: Receipt): Receipt {
  return { ...receipt, lines: receipt.lines.map((line) => ({ ...line, title: null, barcode: null })) }
}

/** Returns what has gone back to the payer, a sentence each; what is only on its way is no part of a receipt. */
export function refundsInWords({ givenBack, language }: Receipt): string[] {
  const { moment, kronor } = formats[language]
  return givenBack.flatMap(({ state, amount, at }) =>
    state === 'done' && at
      ? [receiptWords[language].givenBack({ sum: kronor(amount), moment: moment(at) })]
      : [],
  )
}

function methodText(paidWith: PaidWith | null, language: Language): string {
  const { card } = receiptWords[language]
  if (!paidWith) return card
  if (paidWith.method !== 'card') return paidWith.method.charAt(0).toUpperCase() + paidWith.method.slice(1)
  return [paidWith.brand ?? card, paidWith.lastDigits && `···· ${paidWith.lastDigits}`]
    .filter(Boolean)
    .join(' ')
}
