import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWebhookDoor } from '../../../../src/areas/payments/pages/webhook-door.ts'
import type { Database } from '../../../../src/database/database.ts'
import { startTown, type Town } from '../../../support/town.ts'

describe('the webhook door', () => {
  let town: Town
  let server: Server
  let full = true
  let address = ''
  beforeAll(async () => {
    town = await startTown()
    const { db } = town.context
    const diskFull: Database = {
      ...db,
      query: (text, values) =>
        full
          ? Promise.reject(Object.assign(new Error('could not extend file'), { code: '53100' }))
          : db.query(text, values),
    }
    const door = createWebhookDoor({ ...town.context, db: diskFull })
    server = createServer((request, response) => {
      if (!door(request, response)) response.writeHead(404).end()
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/nets-easy`
  })
  afterAll(async () => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
    await town.stop()
  })

  it('says stored only when it is: with a full disk 503, and 200 when there is room again', async () => {
    const { webhookSecret } = town.context.config.providers['nets-easy'] as { webhookSecret: string }
    const send = () =>
      fetch(address, {
        method: 'POST',
        headers: { authorization: webhookSecret },
        body: JSON.stringify({ id: 'e1', event: 'payment.created', data: { paymentId: 'c1' } }),
      })
    expect((await send()).status).toBe(503)
    full = false
    expect((await send()).status).toBe(200)
    expect(await town.context.db.query("select 1 from webhook where event_id = 'e1'")).toHaveLength(1)
  })
})
