import type { Area } from '../../area.ts'
import { paymentsWithWaitingNotices, removeAddresses } from './forget-store.ts'

/** What is sent to patrons by mail. */
export const notices: Area = {
  name: 'notices',
  forgetting: { unfinished: paymentsWithWaitingNotices, removeTitles: removeAddresses },
  neighbours: ({ context: { mailer } }) => [
    { metric: 'mail', title: 'mail (SMTP)', tryOut: () => mailer.tryOut() },
  ],
}
