import type { Area } from '../../area.ts'
import { signInRouter } from './pages/routes.ts'
import { sessionsRouter } from './pages/sessions.ts'
import { sessions } from './pages/texts/sessions.ts'
import { signIn } from './pages/texts/sign-in.ts'

/** Who somebody is, what they may do, and how long they stay signed in. */
export const people: Area = {
  name: 'people',
  acts: {
    'signed-in': { sv: 'Loggade in', en: 'Signed in' },
    'sessions-ended': { sv: 'Avslutade inloggningar', en: 'Ended sessions' },
  },
  neighbours: ({ identityProvider }) => [
    { title: 'identity provider', tryOut: () => identityProvider.tryOut() },
  ],
  pages: [
    {
      places: [
        { at: '/sign-in', visitors: 'everybody' },
        { at: '/sign-out', visitors: 'everybody' },
        { at: '/saml', visitors: 'everybody' },
      ],
      texts: { signIn },
      signedPosts: ['/saml/acs'],
      router: ({ context, passport, identityProvider, gate }) =>
        signInRouter({ ...context, passport, identityProvider, gate }),
    },
    {
      places: [{ at: '/sessions', visitors: ['borrower'], proofForChanges: true }],
      texts: { sessions },
      router: ({ context }) => sessionsRouter(context),
    },
  ],
}
