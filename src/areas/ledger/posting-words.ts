import type { Texts } from '../../base/language.ts'
import type { PostingKind } from './posting.ts'

/** What the bookkeepers read of each kind of posting. */
export const postingWords: Texts<Record<PostingKind, string>> = {
  sv: {
    paid: 'Kortbetalningar',
    surplus: 'Överskott att återbetala',
    refunded: 'Återbetalningar',
    'refund-returned': 'Återbetalningar i retur',
    'surplus-refunded': 'Återbetalda överskott',
    'surplus-refund-returned': 'Återbetalda överskott i retur',
    disputed: 'Bestridda kortbetalningar',
    'dispute-returned': 'Bestridda kortbetalningar, återförda',
  },
  en: {
    paid: 'Card payments',
    surplus: 'Surplus to be refunded',
    refunded: 'Refunds',
    'refund-returned': 'Returned refunds',
    'surplus-refunded': 'Refunded surplus',
    'surplus-refund-returned': 'Returned refunds of surplus',
    disputed: 'Disputed card payments',
    'dispute-returned': 'Disputed card payments, returned',
  },
}
