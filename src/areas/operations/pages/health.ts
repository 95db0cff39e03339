import { createHash, timingSafeEqual } from 'node:crypto'
import { type Request, Router } from 'express'
import { Gauge } from 'prom-client'
import type { Area } from '../../../area.ts'
import type { Metrics } from '../../../base/metrics.ts'
import type { Config } from '../../../config/load.ts'
import type { Uses } from '../../../work/context.ts'
import { gaugesOf } from '../gauge.ts'
import { readGauges } from '../read-gauges.ts'

export type HealthUses = Uses<'db' | 'clock' | 'log'> & {
  config: { service: Pick<Config['service'], 'metricsToken' | 'trustProxy'> }
  metrics: Metrics
  areas: readonly Area[]
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

/** The areas' figures, read when they are asked for. */
function createGauges(uses: HealthUses): { read(): Promise<void> } {
  const { areas, metrics } = uses
  const kinds = gaugesOf(areas)
  const gauges = new Map(
    kinds.map(([name, { help, label }]) => [
      name,
      new Gauge({
        name: `kvitt_${name}`,
        help,
        labelNames: label === undefined ? [] : [label],
        registers: [metrics.registry],
      }),
    ]),
  )
  const labels = new Map(kinds.map(([name, { label }]) => [name, label]))
  return {
    read: async () => {
      for (const [name, figure] of await readGauges(uses, areas)) {
        const gauge = gauges.get(name)
        if (typeof figure === 'number') gauge?.set(figure)
        else {
          // A value that nothing has any more has no row, and must not keep its last figure.
          gauge?.reset()
          for (const [value, count] of Object.entries(figure))
            gauge?.set({ [labels.get(name) ?? 'value']: value }, count)
        }
      }
    },
  }
}
