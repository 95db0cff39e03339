import { formats } from '../../../../base/format.ts'
import type { Texts } from '../../../../base/language.ts'
import type { EventKind, PaymentEvents } from '../../../payments/payment-event.ts'

/** What an event is called, and what else its facts say. A case that was opened says the rest itself. */
type EventTexts = { [What in EventKind]: { word: string; more(facts: PaymentEvents[What]): string } }

const { sv: swedish, en: english } = formats

const nothing = () => ''
const numbers = (list: (number | null)[]) => list.filter((one) => one !== null).join(' ')
const because = ({ subject, why }: { subject: string; why: string | null }) =>
  why === null ? subject : `${subject}: ${why}`

type OfRefund = PaymentEvents['refunded'] & { why?: string | null; answer?: string | null }

const ofRefund: Texts<(facts: OfRefund) => string> = {
  sv: ({ refund, amount, why, answer }) =>
    [`${refund} ${swedish.kronor(amount)}`, why, answer].filter(Boolean).join(': '),
  en: ({ refund, amount, why, answer }) =>
    [`${refund} ${english.kronor(amount)}`, why, answer].filter(Boolean).join(': '),
}

const ofDispute: Texts<(facts: PaymentEvents['disputed']) => string> = {
  sv: ({ dispute, amount }) => `${dispute} ${swedish.kronor(amount)}`,
  en: ({ dispute, amount }) => `${dispute} ${english.kronor(amount)}`,
}

const sv: EventTexts = {
  created: { word: 'Påbörjad', more: nothing },
  opened: { word: 'Betalsidan öppnades', more: ({ checkout }) => checkout },
  'not-opened': {
    word: 'Betalsidan kunde inte öppnas',
    more: ({ answer }) => answer ?? 'Inget svar från betalbolaget sparades.',
  },
  paid: { word: 'Betald', more: nothing },
  'paid-after-all': { word: 'Betald till slut', more: nothing },
  declined: { word: 'Nekad', more: nothing },
  cancelled: { word: 'Avbruten', more: nothing },
  expired: { word: 'Tiden gick ut', more: nothing },
  registered: { word: 'Registrerad i Koha', more: ({ credits }) => numbers(credits) },
  'case-opened': { word: 'Ska utredas', more: ({ subject }) => subject },
  'tried-again': { word: 'Försökte igen', more: because },
  asked: { word: 'Frågade betalbolaget', more: because },
  'resolved-by-hand': { word: 'Avgjord för hand', more: because },
  'given-back': { word: 'Avslutad i Koha, resten återbetalas', more: because },
  'refund-proposed': { word: 'Återbetalning föreslagen', more: ofRefund.sv },
  'refund-approved': { word: 'Återbetalning godkänd', more: ofRefund.sv },
  'refund-withdrawn': { word: 'Återbetalning avslagen', more: ofRefund.sv },
  'refund-sending': { word: 'Återbetalning skickas', more: ofRefund.sv },
  'refund-pending': { word: 'Återbetalning mottagen av betalbolaget', more: ofRefund.sv },
  'refund-pending-after-all': { word: 'Återbetalning mottagen till slut', more: ofRefund.sv },
  refunded: { word: 'Återbetald', more: ofRefund.sv },
  'refunded-after-all': { word: 'Återbetald till slut', more: ofRefund.sv },
  'refund-failed': { word: 'Återbetalning misslyckades', more: ofRefund.sv },
  'refund-returned': { word: 'Återbetalning kom i retur', more: ofRefund.sv },
  'refunded-elsewhere': { word: 'Återbetald utanför Kvitt', more: ofRefund.sv },
  'owed-again': {
    word: 'Skuld igen i Koha',
    more: ({ refund, debits }) => `${refund} ${numbers(debits)}`,
  },
  disputed: { word: 'Bestridd av banken', more: ofDispute.sv },
  'dispute-returned': { word: 'Tvist återförd', more: ofDispute.sv },
}

const en: EventTexts = {
  created: { word: 'Begun', more: nothing },
  opened: { word: 'The checkout was opened', more: ({ checkout }) => checkout },
  'not-opened': {
    word: 'The checkout could not be opened',
    more: ({ answer }) => answer ?? 'No answer from the payment company was stored.',
  },
  paid: { word: 'Paid', more: nothing },
  'paid-after-all': { word: 'Paid after all', more: nothing },
  declined: { word: 'Declined', more: nothing },
  cancelled: { word: 'Cancelled', more: nothing },
  expired: { word: 'Time ran out', more: nothing },
  registered: { word: 'Registered in Koha', more: ({ credits }) => numbers(credits) },
  'case-opened': { word: 'To be looked into', more: ({ subject }) => subject },
  'tried-again': { word: 'Tried again', more: because },
  asked: { word: 'Asked the payment company', more: because },
  'resolved-by-hand': { word: 'Resolved by hand', more: because },
  'given-back': { word: 'Closed in Koha, the rest is refunded', more: because },
  'refund-proposed': { word: 'Refund proposed', more: ofRefund.en },
  'refund-approved': { word: 'Refund approved', more: ofRefund.en },
  'refund-withdrawn': { word: 'Refund declined', more: ofRefund.en },
  'refund-sending': { word: 'Refund being sent', more: ofRefund.en },
  'refund-pending': { word: 'Refund taken by the payment company', more: ofRefund.en },
  'refund-pending-after-all': { word: 'Refund taken after all', more: ofRefund.en },
  refunded: { word: 'Refunded', more: ofRefund.en },
  'refunded-after-all': { word: 'Refunded after all', more: ofRefund.en },
  'refund-failed': { word: 'Refund failed', more: ofRefund.en },
  'refund-returned': { word: 'Refund came back', more: ofRefund.en },
  'refunded-elsewhere': { word: 'Refunded outside Kvitt', more: ofRefund.en },
  'owed-again': { word: 'Owed again in Koha', more: ({ refund, debits }) => `${refund} ${numbers(debits)}` },
  disputed: { word: 'Disputed by the bank', more: ofDispute.en },
  'dispute-returned': { word: 'Dispute returned', more: ofDispute.en },
}

export const events: Texts<EventTexts> = { sv, en }

/** What older versions wrote, which nothing writes any more. */
export const olderEvents: Texts<Readonly<Record<string, string>>> = {
  sv: { parked: 'Lades åt sidan för att utredas' },
  en: { parked: 'Put aside to be looked into' },
}
