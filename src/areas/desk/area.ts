import type { Area } from '../../area.ts'
import { deskRouter } from './pages/routes.ts'
import { desk as texts } from './pages/texts.ts'

/** The circulation desk. */
export const desk: Area = {
  name: 'desk',
  pages: [
    {
      places: [{ at: '/desk', visitors: ['desk', 'auditor'], tab: { sv: 'Lånedisk', en: 'Desk' } }],
      texts: { desk: texts },
      router: ({ context }) => deskRouter(context),
    },
  ],
}
