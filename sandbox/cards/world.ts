import { createFaults, type Faults } from './faults.ts'
import type { Happening } from './happening.ts'
import type { CardPayment } from './payment.ts'
import { createWebhooks, type Webhooks, type WebhookTiming } from './webhooks.ts'

export type { CardPayment }

export type AutoCharge = 'works' | 'fails' | 'never'

export interface CardWorldOptions {
  publicUrl: string
  nets: { secretKey: string; merchantNumber: number; refuseLoopbackWebhooks: boolean }
  stripe: { secretKey: string }
  now: () => Date
  timing: WebhookTiming
}

/** Everything that the two providers know, and the knobs that a test or the admin page turns. */
export interface CardWorld {
  readonly options: CardWorldOptions
  readonly payments: Map<string, CardPayment>
  readonly faults: Faults
  readonly webhooks: Webhooks
  /** Where Stripe's events go: in Stripe this is set in the dashboard, not with each session. */
  stripeEndpoint: { url: string; secret: string } | null
  /** What becomes of the charge that follows a card reservation. */
  autoCharge: AutoCharge
  /** What becomes of charges that are asked for over the API. */
  charges: 'work' | 'declined'
  /** What becomes of refunds: a merchant account without money leaves them pending. */
  refunds: 'completed' | 'pending' | 'failed'
  now(): Date
  /** Sends what has happened to whom it concerns; set by the server, which knows both providers' words. */
  tell(payment: CardPayment, happenings: Happening[]): void
}

/** A world with nothing in it yet. */
export function createCardWorld(
  options: CardWorldOptions,
  tell: (world: CardWorld) => CardWorld['tell'],
): CardWorld {
  const world: CardWorld = {
    options,
    payments: new Map(),
    faults: createFaults(),
    webhooks: createWebhooks(options.timing, options.now),
    stripeEndpoint: null,
    autoCharge: 'works',
    charges: 'work',
    refunds: 'completed',
    now: options.now,
    tell: () => {},
  }
  world.tell = tell(world)
  return world
}
