import type { Area } from '../../area.ts'
import { anchorAudit } from './anchor-audit.ts'
import { auditRouter } from './pages/routes.ts'
import { audit as texts } from './pages/texts.ts'

/** What staff and the system have done, in a chain that cannot be changed unseen. */
export const audit: Area = {
  name: 'audit',
  tasks: [{ name: 'anchor-audit', cron: () => '50 3 * * *', run: anchorAudit }],
  pages: [
    {
      places: [
        {
          at: '/audit',
          visitors: ['auditor'],
          tab: { sv: 'Granskning', en: 'Audit' },
          proofForChanges: true,
        },
      ],
      texts: { audit: texts },
      router: ({ context, areas }) => auditRouter(context, areas),
    },
  ],
}
