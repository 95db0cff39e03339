import { createHash, timingSafeEqual } from 'node:crypto'
import { type Request, Router } from 'express'
import { Gauge } from 'prom-client'
import type { Metrics } from '../../../base/metrics.ts'
import type { Config } from '../../../config/load.ts'
import type { Uses } from '../../../work/context.ts'
import { countOpenCases } from '../../cases/store.ts'
import { paymentsByState, remainingWork } from '../store.ts'

export type HealthUses = Uses<'db' | 'clock' | 'log'> & {
  config: { service: Pick<Config['service'], 'metricsToken' | 'trustProxy'> }
  metrics: Metrics
  stopping: () => boolean
}

/**
 * /healthz: the process lives. /readyz: it may get requests; Koha or a provider in trouble is told as degraded and still
 * answers 200, so that receipts and waiting payments keep their pages. /metrics: for Prometheus.
 */
export function healthRouter(uses: HealthUses): Router {
  const router = Router()
  router.get('/healthz', (_request, response) => {
    response.json({ alive: true })
  })
  router.get('/readyz', async (_request, response) => {
    const reachable = await uses.db.query('select 1').then(
      () => true,
      () => false,
    )
    const ready = reachable && !uses.stopping()
    const neighbours = Object.fromEntries(
      uses.metrics
        .neighbours()
        .map(({ name, lastOkAt, lastTroubleAt }) => [
          name,
          inTrouble(lastOkAt, lastTroubleAt) ? 'in trouble' : 'ok',
        ]),
    )
    const degraded = Object.values(neighbours).includes('in trouble')
    response
      .status(ready ? 200 : 503)
      .json({ ready, degraded, database: reachable ? 'ok' : 'in trouble', neighbours })
  })
  const gauges = createGauges(uses)
  router.get('/metrics', async (request, response) => {
    if (!mayReadMetrics(request, uses.config.service)) {
      response.status(401).type('text/plain').send('metrics require a token\n')
      return
    }
    await gauges.read()
    response.type(uses.metrics.registry.contentType).send(await uses.metrics.registry.metrics())
  })
  return router
}

/** The last thing that was seen decides. */
export function inTrouble(lastOkAt: Date | null, lastTroubleAt: Date | null): boolean {
  return lastTroubleAt !== null && (lastOkAt === null || lastOkAt < lastTroubleAt)
}

/** Without a token only this machine may, and not through a proxy on it: then everybody would come from loopback. */
function mayReadMetrics(
  { socket, headers }: Request,
  { metricsToken, trustProxy }: HealthUses['config']['service'],
): boolean {
  if (metricsToken !== undefined)
    return timingSafeEqual(digest(headers.authorization ?? ''), digest(`Bearer ${metricsToken}`))
  const forwarded = trustProxy > 0 || ['forwarded', 'via', 'x-forwarded-for'].some((name) => name in headers)
  return !forwarded && ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(socket.remoteAddress ?? '')
}

/** Digests have one length, whatever was sent: the comparison takes the same time and cannot throw. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** Figures that stand in the tables, read when they are asked for: true over all instances. */
function createGauges({ db, clock, metrics }: HealthUses): { read(): Promise<void> } {
  const gauge = (name: string, help: string) =>
    new Gauge({ name: `kvitt_${name}`, help, registers: [metrics.registry] })
  const byState = new Gauge({
    name: 'kvitt_payments',
    help: 'Payments by state',
    labelNames: ['state'],
    registers: [metrics.registry],
  })
  const byKind = new Gauge({
    name: 'kvitt_cases_open',
    help: 'Cases that wait for a person, by kind',
    labelNames: ['kind'],
    registers: [metrics.registry],
  })
  const remaining = {
    openPayments: gauge('payments_open', 'Payments that the provider is still asked about'),
    notRegistered: gauge('payments_not_registered', 'Paid and not yet registered in Koha'),
    oldestNotRegistered: gauge(
      'payments_not_registered_oldest_seconds',
      'Age of the oldest paid payment that is not in Koha',
    ),
    webhooksWaiting: gauge('webhooks_waiting', 'Webhooks stored and not yet acted on'),
    oldestWebhook: gauge('webhooks_waiting_oldest_seconds', 'Age of the oldest webhook not yet acted on'),
    refundsProposed: gauge('refunds_proposed', 'Refunds that a second person is to approve'),
    refundsUnderWay: gauge('refunds_under_way', 'Refunds that the provider or Koha has not got yet'),
    noticesWaiting: gauge('notices_waiting', 'Mails that wait to be sent'),
    notExported: gauge('postings_not_exported', 'Journal postings in no batch yet'),
  }
  return {
    read: async () => {
      const found = await remainingWork(db, clock.now())
      for (const [name, value] of Object.entries(remaining)) value.set(found[name as keyof typeof remaining])
      const states = await paymentsByState(db)
      // A state that nothing is in any more has no row, and must not keep its last figure.
      byState.reset()
      for (const { state, payments } of states) byState.set({ state }, payments)
      const open = await countOpenCases(db)
      byKind.reset()
      for (const { kind, cases } of open) byKind.set({ kind }, cases)
    },
  }
}
