import express, { type Express } from 'express'
import { MemoryStore, type SessionData } from 'express-session'
import request from 'supertest'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLog } from '../../../src/base/log.ts'
import { connect, type Database } from '../../../src/database/database.ts'
import { session } from '../../../src/web/middleware/session.ts'
import { throttleTouch } from '../../../src/web/middleware/throttle-touch.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'

describe('a session in PostgreSQL', () => {
  let test: TestDatabase
  let db: Database
  let app: Express
  beforeEach(async () => {
    test = await createTestDatabase()
    // One connection, so that what is prepared on it can be asked for on it.
    db = connect({ url: test.url, connections: 1, as: 'service' })
    const service = { baseUrl: 'http://127.0.0.1:8080', sessionSecrets: ['x'.repeat(32)], sessionMinutes: 30 }
    app = express()
    app.use(session({ service, db, log: createLog('silent') }))
    app.post('/language', (req, res) => {
      req.session.language = 'en'
      res.end()
    })
    app.get('/language', (req, res) => void res.json(req.session.language ?? null))
    app.post('/end', (req, res) => void req.session.destroy(() => res.end()))
  })
  afterEach(async () => {
    await db.close()
    await test.drop()
  })

  it('is kept over requests, and gone when it has ended or its time is over', async () => {
    const browser = request.agent(app)
    await browser.post('/language').expect(200)
    await browser.get('/language').expect(200, '"en"')
    await db.query("update session set expire = now() - interval '1 second'")
    await browser.get('/language').expect(200, 'null')
    await browser.post('/language').expect(200)
    await browser.get('/language').expect(200, '"en"')
    await browser.post('/end').expect(200)
    await browser.get('/language').expect(200, 'null')
  })

  it('is read by a statement that is parsed once for each connection', async () => {
    const browser = request.agent(app)
    await browser.post('/language').expect(200)
    for (let view = 0; view < 4; view += 1) await browser.get('/language').expect(200, '"en"')
    const prepared = await db.query<{ runs: number }>(
      `select (generic_plans + custom_plans)::int as runs from pg_prepared_statements
        where statement ilike 'select sess from%'`,
    )
    expect(prepared).toEqual([{ runs: 4 }])
  })

  it('costs a visitor who chooses nothing no row', async () => {
    await request(app).get('/language').expect(200, 'null')
    expect(await db.query('select sid from session')).toEqual([])
  })
})

describe('the life of a session', () => {
  it('is lengthened once a minute while somebody clicks, for each session by itself', () => {
    let now = 5000
    const touched: string[] = []
    const store = new MemoryStore()
    store.touch = (id, _session, done) => {
      touched.push(`${id} at ${now}`)
      done?.()
    }
    const throttled = throttleTouch(store, () => now)
    let answered = 0
    const click = (id: string, at: number) => {
      now = at
      throttled.touch?.(id, {} as SessionData, () => {
        answered += 1
      })
    }
    click('elsa', 5000)
    click('elsa', 5001)
    click('amir', 20_000)
    click('elsa', 64_999)
    click('elsa', 65_000)
    click('elsa', 70_000)
    click('amir', 80_000)
    expect(touched).toEqual(['elsa at 5000', 'amir at 20000', 'elsa at 65000', 'amir at 80000'])
    expect(answered).toBe(7)
  })
})
