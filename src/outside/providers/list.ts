import { createNetsEasy } from './nets-easy/nets-easy.ts'
import { netsEasySettings } from './nets-easy/settings.ts'
import { type KnownProvider, provider } from './provider.ts'
import { stripeSettings } from './stripe/settings.ts'
import { createStripe } from './stripe/stripe.ts'

/** Every payment provider that this version speaks to, by its name in the configuration. A new one is a folder and a line. */
export const knownProviders = {
  'nets-easy': provider(netsEasySettings, createNetsEasy),
  // A Checkout Session lives for 30 minutes at least (docs.stripe.com, expires_at).
  stripe: provider(stripeSettings, createStripe, { leastCheckoutMinutes: 30 }),
} satisfies Record<string, KnownProvider>
