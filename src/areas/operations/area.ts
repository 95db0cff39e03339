import type { Area } from '../../area.ts'
import { alertBacklog } from './alert-backlog.ts'
import { healthRouter } from './pages/health.ts'
import { operationsRouter } from './pages/routes.ts'
import { operations as texts } from './pages/texts.ts'

/** For those who keep Kvitt running: what lives, what waits, who is signed in. */
export const operations: Area = {
  name: 'operations',
  tasks: [{ name: 'alert-backlog', cron: () => '17 * * * *', run: alertBacklog }],
  pages: [
    {
      places: [
        { at: '/healthz', visitors: 'everybody' },
        { at: '/readyz', visitors: 'everybody' },
        // Its own token or loopback guards it.
        { at: '/metrics', visitors: 'everybody' },
      ],
      beforeSessions: true,
      router: ({ context, metrics, areas, stopping }) =>
        healthRouter({ ...context, metrics, areas, stopping }),
    },
    {
      places: [
        {
          at: '/operations',
          visitors: ['operator', 'auditor'],
          tab: { sv: 'Drift', en: 'Operations' },
          proofForChanges: true,
        },
      ],
      texts: { operations: texts },
      router: operationsRouter,
    },
  ],
}
