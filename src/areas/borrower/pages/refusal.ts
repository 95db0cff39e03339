import type { wordsOf } from '../../../web/render.ts'
import type { Context } from '../../../work/context.ts'
import type { StartOutcome } from '../../payments/start-payment.ts'
import { readPayment } from '../../payments/store.ts'
import { fees } from './texts/fees.ts'

/** Why a payment did not start, as far as the fees page tells it. `changed` has a page of its own, Koha's silence too. */
export type Refusal = Exclude<StartOutcome, { kind: 'started' | 'changed' | 'koha-silent' }>

/**
 * Returns a refusal in words, with the HTTP status it goes out with. Each says that no money was taken where somebody
 * could think so.
 */
export async function describeRefusal(
  { db }: Pick<Context, 'db'>,
  { language, kronor, moment }: ReturnType<typeof wordsOf>,
  refusal: Refusal,
): Promise<{ status: number; text: string }> {
  const words = fees[language].refusal
  switch (refusal.kind) {
    case 'closed':
      return { status: 503, text: words.closed }
    case 'nothing-chosen':
      return { status: 422, text: words['nothing-chosen'] }
    case 'too-many':
      return { status: 422, text: words['too-many']({ count: refusal.most }) }
    case 'below-minimum': {
      const { minimum, sum } = refusal
      return {
        status: 422,
        text: words['below-minimum']({ minimum: kronor(minimum), sum: kronor(sum) }),
      }
    }
    case 'not-payable':
      return { status: 409, text: words['not-payable'] }
    case 'provider-silent':
      return { status: 503, text: words['provider-silent'] }
    case 'held': {
      const holder = refusal.reference === null ? undefined : await readPayment(db, refusal.reference)
      const text = holder?.paidAt ? words['already-paid']({ moment: moment(holder.paidAt) }) : words.held
      return { status: 409, text }
    }
  }
}
