import type { Area } from '../../area.ts'

/** What is sent to patrons by mail. */
export const notices: Area = {
  name: 'notices',
  neighbours: ({ context: { mailer } }) => [
    { metric: 'mail', title: 'mail (SMTP)', tryOut: () => mailer.tryOut() },
  ],
}
