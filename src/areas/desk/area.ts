import type { Area } from '../../area.ts'
import { deskRouter } from './pages/routes.ts'

/** The circulation desk. */
export const desk: Area = {
  name: 'desk',
  pages: [
    {
      places: [{ at: '/desk', visitors: ['desk', 'auditor'], tab: { sv: 'Lånedisk', en: 'Desk' } }],
      router: ({ context }) => deskRouter(context),
    },
  ],
}
