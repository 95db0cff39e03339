import type { Texts } from '../../base/language.ts'
import type { VatCategory } from '../ledger/coding.ts'

const sv = {
  receipt: 'Kvitto',
  titleOf: ({ reference }: { reference: string }) => `Kvitto ${reference}`,
  subjectOf: ({ reference, library }: { reference: string; library: string }) =>
    `Kvitto ${reference} från ${library}`,
  greeting: ({ sum, library }: { sum: string; library: string }) => `Du har betalat ${sum} till ${library}.`,
  attached: 'Kvittot finns också som bifogad PDF.',
  again: 'Du kan alltid öppna kvittot igen här:',
  paid: 'Betalt',
  reference: 'Referens',
  paidOn: 'Betald',
  method: 'Betalsätt',
  card: 'Kort',
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
  givenBack: ({ sum, moment }: { sum: string; moment: string }) => `Återbetalt ${moment}: ${sum}`,
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
  titleOf: ({ reference }) => `Receipt ${reference}`,
  subjectOf: ({ reference, library }) => `Receipt ${reference} from ${library}`,
  greeting: ({ sum, library }) => `You have paid ${sum} to ${library}.`,
  attached: 'The receipt is attached as a PDF too.',
  again: 'You can always open the receipt again here:',
  paid: 'Paid',
  reference: 'Reference',
  paidOn: 'Paid',
  method: 'Payment method',
  card: 'Card',
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
  givenBack: ({ sum, moment }) => `Paid back ${moment}: ${sum}`,
  questions: 'Questions about fees',
  vat: {
    O: 'No VAT: outside the scope of VAT.',
    E: 'Exempt from VAT.',
    S: 'VAT is included in the amount.',
    Z: 'VAT 0 %.',
  },
}

/** The words of a receipt, for paper and mail. */
export const receiptWords: Texts<typeof sv> = { sv, en }
