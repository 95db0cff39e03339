import type { Ore } from '../../base/money.ts'

/** A debit that the desk is to make in Koha. The amount in öre. */
export interface DebitToMake {
  type: string
  amount: Ore
  libraryId: string
  /** The note that it is to carry. */
  reference: string
}

/** What contradicts itself in what the provider says of refunds. Sums in öre. */
export type Oddity =
  | { kind: 'not-paid-any-more' }
  | { kind: 'sum-differs'; refund: string; atProvider: Ore; here: Ore }
  | { kind: 'more-than-listed'; refunded: Ore; listed: Ore }
  | { kind: 'more-than-there-is'; amount: Ore }

/** Why a payment or a refund of it waits for a person, and what each such case knows. Sums in öre. */
export interface RefundCases {
  /** It was paid for debts that had shrunk or gone. */
  surplus: { amount: Ore }
  /** About a refund that was sent and that the provider does not list; or about a payment, what is odd. */
  'refund-undecidable': { amount: Ore; room: Ore } | { odd: Oddity[] }
  'refund-failed':
    | { amount: Ore; because: 'refused'; answer: string | null }
    | { amount: Ore; because: 'no-room'; room: Ore }
    /** It came back from the payer's bank; true when its debits are in Koha and must be taken out there. */
    | { amount: Ore; because: 'returned'; inKoha: boolean }
  /** `answer` is what Koha said, where it was asked. */
  'refund-not-in-koha': { amount: Ore; debits: DebitToMake[]; trouble: KohaTrouble | null }
  'refunded-elsewhere': { amount: Ore; debits: DebitToMake[] }
  /** Each change in what the payer's bank holds; negative when it gave back. */
  disputed: { changes: { dispute: string; amount: Ore }[] }
}

/** Why a line could not be written to Koha, or not be decided. */
export type KohaTrouble =
  | { kind: 'refused'; answer: string }
  /** So many lines carry our reference, with sums that we did not send. */
  | { kind: 'not-ours'; reference: string; lines: number }
  /** It is there, and we have no memory of having sent it. */
  | { kind: 'not-remembered'; reference: string }
