import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { admin } from './admin.ts'
import { cardPage } from './card-page.ts'
import { netsApi } from './nets-api.ts'
import { netsMessages } from './nets-events.ts'
import { stripeApi } from './stripe-api.ts'
import { stripeMessages } from './stripe-events.ts'
import { type CardWorld, createCardWorld } from './world.ts'

export interface SandboxCardsOptions {
  /** 0 takes a free one. */
  port: number
  host?: string
  /** The address that browsers use, when it is not the one we listen on. */
  publicUrl?: string
  nets: { secretKey: string; merchantNumber?: number; refuseLoopbackWebhooks?: boolean }
  /** `endpoint` is where Stripe's events go, and the secret they are signed with; set in Stripe's dashboard. */
  stripe: { secretKey: string; endpoint?: { url: string; secret: string } }
  now?: () => Date
  /** Waiting times before each new try of a webhook. */
  webhookBackoffMs?: number[]
  webhookCutOffMs?: number
}

export interface SandboxCards {
  url: string
  world: CardWorld
  stop(): Promise<void>
}

const QUICK_BACKOFF_MS = [500, 1000, 2000, 5000, 10_000, 30_000, 60_000, 120_000, 300_000]

/**
 * Starts the sandbox's card company: Nets Easy's and Stripe's APIs, the payment page of both, webhooks, and a back office at
 * `/`. Money is whole öre; nothing is kept when it stops.
 */
export async function startSandboxCards(options: SandboxCardsOptions): Promise<SandboxCards> {
  const server = createServer()
  server.listen(options.port, options.host ?? '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const url = options.publicUrl ?? `http://127.0.0.1:${port}`
  const world = worldFor(options, url)
  server.on('request', sandboxApp(world))
  return {
    url,
    world,
    stop: async () => {
      await world.webhooks.stop()
      server.close()
      server.closeAllConnections()
      if (server.listening) await once(server, 'close')
    },
  }
}

function worldFor(
  { nets, stripe, now, webhookBackoffMs, webhookCutOffMs }: SandboxCardsOptions,
  url: string,
): CardWorld {
  const world = createCardWorld(
    {
      publicUrl: url,
      nets: { merchantNumber: 100_099_001, refuseLoopbackWebhooks: false, ...nets },
      stripe: { secretKey: stripe.secretKey },
      now: now ?? (() => new Date()),
      timing: { backoffMs: webhookBackoffMs ?? QUICK_BACKOFF_MS, cutOffMs: webhookCutOffMs ?? 10_000 },
    },
    (created) => (payment, happenings) => {
      const messages = payment.provider === 'stripe' ? stripeMessages : netsMessages
      created.webhooks.send(messages(created, payment, happenings))
    },
  )
  world.stripeEndpoint = stripe.endpoint ?? null
  return world
}

function sandboxApp(world: CardWorld): express.Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.use((_request, response, next) => {
    response.set({
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    next()
  })
  const nets = netsApi(world)
  const stripe = stripeApi(world)
  app.use((request, response, next) => {
    if (!/^\/(v1|report)\//.test(request.path)) return next()
    const api = isForStripe(request) ? stripe : nets
    api(request, response, next)
  })
  app.use(cardPage(world))
  app.use(admin(world))
  app.use(complain)
  return app
}

/** Both APIs have /v1/charges and /v1/refunds: there, Stripe's clients are known by their Bearer. */
function isForStripe({ path, headers }: express.Request): boolean {
  if (/^\/v1\/(?:(?:checkout|payment_intents)\/|disputes$)/.test(path)) return true
  return /^\/v1\/(charges|refunds)/.test(path) && (headers.authorization?.startsWith('Bearer ') ?? false)
}

/** What cannot be read is the caller's fault, and is told briefly; what breaks here is told on the console. */
const complain: express.ErrorRequestHandler = (error: { status?: number }, _request, response, _next) => {
  const status = error.status ?? 500
  if (status >= 500) console.error(error)
  response.status(status).json({ errors: { body: ['could not be read'] } })
}
