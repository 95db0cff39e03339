import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { healthRouter } from '../../../../src/areas/operations/pages/health.ts'
import { createLog } from '../../../../src/base/log.ts'
import { createMetrics, type Metrics } from '../../../../src/base/metrics.ts'
import { createTestDatabase, type TestDatabase } from '../../../support/database.ts'

describe('the health pages', () => {
  let database: TestDatabase
  let server: Server
  let metrics: Metrics
  let stopping: boolean
  let service: { metricsToken?: string; trustProxy: number }
  let now: Date
  let breakDatabase: boolean

  beforeAll(async () => {
    database = await createTestDatabase()
  })
  beforeEach(async () => {
    stopping = false
    breakDatabase = false
    service = { trustProxy: 0 }
    now = new Date()
    metrics = createMetrics(() => now)
    server?.close()
    const db = {
      ...database.db,
      query: (async (text: string, values?: unknown[]) => {
        if (breakDatabase) throw new Error('the line is cut')
        return database.db.query(text, values)
      }) as typeof database.db.query,
    }
    const app = express()
    app.use(
      healthRouter({
        db,
        clock: { now: () => now },
        log: createLog('silent'),
        config: {
          get service() {
            return service
          },
        },
        metrics,
        stopping: () => stopping,
      }),
    )
    server = createServer(app)
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  })
  afterAll(async () => {
    server.closeAllConnections()
    server.close()
    await database.drop()
  })

  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { headers })
  const ready = async () => {
    const answer = await get('/readyz')
    return [answer.status, await answer.json()]
  }

  it('says that the process lives, whatever else is down', async () => {
    breakDatabase = true
    const answer = await get('/healthz')
    expect([answer.status, await answer.json()]).toEqual([200, { alive: true }])
  })

  it('is ready when the database answers', async () => {
    expect(await ready()).toEqual([200, { ready: true, degraded: false, database: 'ok', neighbours: {} }])
  })

  it('is not ready without its database, nor while it closes', async () => {
    breakDatabase = true
    expect(await ready()).toMatchObject([503, { ready: false, database: 'in trouble' }])
    breakDatabase = false
    stopping = true
    expect(await ready()).toMatchObject([503, { ready: false, database: 'ok' }])
  })

  it('stays ready while Koha is in trouble, and says that it is degraded, until Koha answers again', async () => {
    metrics.saw('koha', 'account', 0.1, null)
    now = new Date(now.getTime() + 1)
    metrics.saw('koha', 'account', 8, { kind: 'timeout', message: 'Koha did not answer within 8 s' })
    expect(await ready()).toMatchObject([
      200,
      { ready: true, degraded: true, neighbours: { koha: 'in trouble' } },
    ])
    now = new Date(now.getTime() + 1)
    metrics.saw('koha', 'account', 0.1, null)
    expect(await ready()).toMatchObject([200, { degraded: false, neighbours: { koha: 'ok' } }])
  })

  describe('/metrics', () => {
    it('is for this machine when there is no token', async () => {
      const answer = await get('/metrics')
      expect(answer.status).toBe(200)
      expect(answer.headers.get('content-type')).toMatch(/^text\/plain/)
    })

    it.each(['X-Forwarded-For', 'Forwarded', 'Via'])(
      'is not for the world behind a proxy on this machine (%s)',
      async (header) => {
        expect((await get('/metrics', { [header]: '192.0.2.1' })).status).toBe(401)
      },
    )

    it('is for nobody without a token when a proxy is known to stand in front (ASVS V13.4.5)', async () => {
      service = { trustProxy: 1 }
      expect((await get('/metrics')).status).toBe(401)
    })

    it('is for whoever has the token, from anywhere', async () => {
      service = { trustProxy: 1, metricsToken: 'a-token-of-some-length' }
      const bearer = (token: string) => get('/metrics', { Authorization: `Bearer ${token}`, Via: 'x' })
      expect((await bearer('a-token-of-some-length')).status).toBe(200)
      for (const wrong of ['', 'a-token', 'a-token-of-some-lengtH', 'å'.repeat(50)])
        expect((await bearer(encodeURIComponent(wrong))).status).toBe(401)
      expect((await get('/metrics')).status).toBe(401)
    })

    it('has every figure that docs/operations.md wants watched', async () => {
      metrics.saw('koha', 'account', 0.1, null)
      const text = await (await get('/metrics')).text()
      for (const name of [
        'kvitt_cases_open',
        'kvitt_payments_not_registered_oldest_seconds',
        'kvitt_webhooks_waiting_oldest_seconds',
        'kvitt_notices_waiting',
        'kvitt_refunds_under_way',
        'kvitt_refunds_proposed',
        'kvitt_postings_not_exported',
        'kvitt_neighbour_up{neighbour="koha"} 1',
        'kvitt_neighbour_calls_total{neighbour="koha",call="account",outcome="ok"} 1',
        'kvitt_neighbour_seconds_bucket',
        'kvitt_process_resident_memory_bytes',
      ])
        expect(text).toContain(name)
    })

    it('forgets a state that no payment is in any more', async () => {
      const insert = `insert into payment (reference, patron_id, state, amount, currency, language, provider, created_at, expires_at)
                      values ('KV-2222-2222-22', 1, 'open', 100, 'SEK', 'sv', 'stripe', now(), now())`
      await database.db.query(insert)
      expect(await (await get('/metrics')).text()).toContain('kvitt_payments{state="open"} 1')
      await database.db.query(`update payment set state = 'declined'`)
      const text = await (await get('/metrics')).text()
      expect(text).toContain('kvitt_payments{state="declined"} 1')
      expect(text).not.toContain('state="open"')
    })
  })
})
