import type { Area } from '../../area.ts'
import { deliverDueNotices } from './deliver-notices.ts'

/** Proof of a payment, for the person who paid. */
export const receipts: Area = {
  name: 'receipts',
  workers: { notices: deliverDueNotices },
}
