import type { VatCategory } from '../ledger/posting.ts'
import { TIME_ZONE } from '../local-time.ts'
import type { Ore } from '../money.ts'

type Language = 'sv' | 'en'

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
  questions: 'Questions about fees',
  vat: {
    O: 'No VAT: outside the scope of VAT.',
    E: 'Exempt from VAT.',
    S: 'VAT is included in the amount.',
    Z: 'VAT 0 %.',
  },
}

/** The words of a receipt, for paper and mail. */
export const receiptWords: Record<Language, typeof sv> = { sv, en }

const SPACE = '\u00a0'

// The figures of the language, and always "kr" after them, as on the pages: en-GB by itself would write "SEK 886.00".
const figures = { minimumFractionDigits: 2, maximumFractionDigits: 2 }
const sums = {
  sv: new Intl.NumberFormat('sv-SE', figures),
  en: new Intl.NumberFormat('en-GB', figures),
}
const dates = {
  sv: new Intl.DateTimeFormat('sv-SE', { dateStyle: 'long', timeZone: TIME_ZONE }),
  en: new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: TIME_ZONE }),
}
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: TIME_ZONE })

/** Öre as people read it: "886,00 kr", "886.00 kr". */
export function kronorText(amount: Ore, language: Language): string {
  return `${sums[language].format(amount / 100)}${SPACE}kr`
}

/** An instant as people read it, in the books' time zone: "20 november 2026 kl. 18.06", "20 November 2026 at 18:06". */
export function momentText(instant: Date, language: Language): string {
  const time = clock.format(instant)
  const at = language === 'sv' ? `kl.${SPACE}${time.replace(':', '.')}` : `at${SPACE}${time}`
  return `${dates[language].format(instant)} ${at}`
}
