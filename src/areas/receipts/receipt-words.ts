import { formats } from '../../base/format.ts'
import type { Language } from '../../base/language.ts'
import type { VatCategory } from '../ledger/coding.ts'
import type { Receipt } from './receipt.ts'

const sv = {
  receipt: 'Kvitto',
  titleOf: (reference: string) => `Kvitto ${reference}`,
  subjectOf: (reference: string, library: string) => `Kvitto ${reference} från ${library}`,
  greeting: (sum: string, library: string) => `Du har betalat ${sum} till ${library}.`,
  attached: 'Kvittot finns också som bifogad PDF.',
  again: 'Du kan alltid öppna kvittot igen här:',
  paid: 'Betalt',
  reference: 'Referens',
  paidOn: 'Betald',
  method: 'Betalsätt',
  receiver: 'Betalningsmottagare',
  organisationNumber: 'Org.nr',
  fee: 'Avgift',
  amount: 'Belopp',
  total: 'Summa',
  barcode: 'Streckkod',
  proofs: 'Så här långt har betalningen kommit',
  takenProof: 'Betald hos betalföretaget',
  kohaProof: 'Registrerad i Koha, bibliotekets system',
  kohaWaits: 'Väntar på att registreras i Koha. Det sker automatiskt, du behöver inte göra något.',
  bookedProof: 'Bokförd',
  bookedWaits: 'Ännu inte bokförd',
  givenBack: (sum: string, moment: string) => `Återbetalt ${moment}: ${sum}`,
  questions: 'Frågor om avgifter',
  vat: {
    O: 'Ingen moms: ligger utanför mervärdesskatten.',
    E: 'Undantaget från moms.',
    S: 'Moms ingår i beloppet.',
    Z: 'Moms 0 %.',
  } satisfies Record<VatCategory, string>,
}

const en: typeof sv = {
  receipt: 'Receipt',
  titleOf: (reference: string) => `Receipt ${reference}`,
  subjectOf: (reference: string, library: string) => `Receipt ${reference} from ${library}`,
  greeting: (sum: string, library: string) => `You have paid ${sum} to ${library}.`,
  attached: 'The receipt is attached as a PDF too.',
  again: 'You can always open the receipt again here:',
  paid: 'Paid',
  reference: 'Reference',
  paidOn: 'Paid',
  method: 'Payment method',
  receiver: 'Receiver',
  organisationNumber: 'Org. no.',
  fee: 'Fee',
  amount: 'Amount',
  total: 'Total',
  barcode: 'Barcode',
  proofs: 'How far the payment has come',
  takenProof: 'Paid at the payment company',
  kohaProof: "Registered in Koha, the library's system",
  kohaWaits: 'Waiting to be registered in Koha. It happens by itself, you need not do anything.',
  bookedProof: 'Booked in the accounts',
  bookedWaits: 'Not yet booked in the accounts',
  givenBack: (sum: string, moment: string) => `Paid back ${moment}: ${sum}`,
  questions: 'Questions about fees',
  vat: {
    O: 'No VAT: outside the scope of VAT.',
    E: 'Exempt from VAT.',
    S: 'VAT is included in the amount.',
    Z: 'VAT 0 %.',
  },
}

/** What has gone back to the payer, a sentence each; what is only on its way is no part of a receipt. */
export function refundsInWords({ givenBack, language }: Receipt): string[] {
  const { moment, kronor } = formats[language]
  return givenBack.flatMap(({ state, amount, at }) =>
    state === 'done' && at ? [receiptWords[language].givenBack(kronor(amount), moment(at))] : [],
  )
}

/** The words of a receipt, for paper and mail. */
export const receiptWords: Record<Language, typeof sv> = { sv, en }
