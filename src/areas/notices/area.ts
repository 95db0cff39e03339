import type { Area } from '../../area.ts'
import { paymentsWithWaitingNotices, removeAddresses } from './forget-store.ts'
import { noticeGauges } from './gauges.ts'

/** What is sent to patrons by mail. */
export const notices: Area = {
  name: 'notices',
  gauges: noticeGauges,
  forgetting: { unfinished: paymentsWithWaitingNotices, removeTitles: removeAddresses },
  neighbours: ({ context: { mailer } }) => [
    { metric: 'mail', title: 'mail (SMTP)', tryOut: () => mailer.tryOut() },
  ],
}
