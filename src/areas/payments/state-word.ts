import type { ListedPayment } from './list-store.ts'
import type { PaymentState } from './payment.ts'

/** The look of a tag (views/partials/tag.ejs) and its word (`economy.states.…`). */
export interface StateWord {
  status: 'waiting' | 'paid' | 'declined' | 'cancelled' | 'checking'
  word: PaymentState | 'koha' | 'parked'
}

const looks = {
  created: 'waiting',
  open: 'waiting',
  paid: 'paid',
  declined: 'declined',
  cancelled: 'cancelled',
  expired: 'cancelled',
  failed: 'cancelled',
} as const satisfies Record<PaymentState, StateWord['status']>

/** A payment in one word: what needs a person first, then what is not finished, then what it is. */
export function stateWord({
  state,
  parked,
  koha,
}: Pick<ListedPayment, 'state' | 'parked' | 'koha'>): StateWord {
  if (parked !== null) return { status: 'checking', word: 'parked' }
  if (state === 'paid' && koha !== 'done' && koha !== 'by-hand') return { status: 'waiting', word: 'koha' }
  return { status: looks[state], word: state }
}
