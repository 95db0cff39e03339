import express, { type NextFunction, type Request, type Response } from 'express'
import expressSession from 'express-session'
import request from 'supertest'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLog } from '../../../src/base/log.ts'
import { csrf } from '../../../src/web/middleware/csrf.ts'
import { formBody } from '../../../src/web/middleware/form-body.ts'
import { noStore } from '../../../src/web/middleware/no-store.ts'
import { rateLimitOf, sharedRateLimit } from '../../../src/web/middleware/rate-limits.ts'
import { requestTrail } from '../../../src/web/middleware/request-trail.ts'
import { securityHeaders } from '../../../src/web/middleware/security-headers.ts'
import { problem, problemFrom, problemPages } from '../../../src/web/problem.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'

const baseUrl = 'https://kvitt.demo.kvitt.example'

function showProblems(fault: unknown, _req: Request, res: Response, _next: NextFunction): void {
  const { status, page, details } = problemFrom(fault)
  res.status(status).json({ page, details })
}

describe('only our own pages may post to us (ASVS V3.5.1)', () => {
  const app = express()
  app.use(expressSession({ secret: 'x'.repeat(32), resave: false, saveUninitialized: false }))
  app.use(formBody({ large: [] }))
  app.use(csrf({ baseUrl, exempt: ['/saml/acs'] }))
  app.get('/form', (_req, res) => {
    res.send(res.locals.csrfToken())
  })
  app.get('/look', (_req, res) => {
    res.send('looked')
  })
  app.all('/*any', (_req, res) => {
    res.send('done')
  })
  app.use(showProblems)

  const openForm = async () => {
    const browser = request.agent(app)
    const token = (await browser.get('/form')).text
    return { browser, token }
  }

  it('takes a form with its own token', async () => {
    const { browser, token } = await openForm()
    expect((await browser.post('/pay').type('form').send({ _csrf: token })).text).toBe('done')
    const ours = browser.post('/pay').set('Sec-Fetch-Site', 'same-origin').set('Origin', baseUrl)
    expect((await ours.type('form').send({ _csrf: token })).status).toBe(200)
  })

  it.each([
    ['no token', {}, ''],
    ["another session's token", {}, 'other'],
    ['cross-site, with the right token', { 'Sec-Fetch-Site': 'cross-site' }, 'own'],
    ['same-site, another host', { 'Sec-Fetch-Site': 'same-site' }, 'own'],
    ['a nonsense site', { 'Sec-Fetch-Site': 'x' }, 'own'],
    ['an older browser, another origin', { Origin: 'https://evil.example' }, 'own'],
    ['an older browser, origin null', { Origin: 'null' }, 'own'],
    ['an older browser, our host with another port', { Origin: `${baseUrl}:8443` }, 'own'],
  ])('refuses %s', async (_what, headers, which) => {
    const { browser, token } = await openForm()
    const other = (await openForm()).token
    const sent = { '': undefined, other, own: token }[which]
    const refused = await browser.post('/pay').set(headers).type('form').send({ _csrf: sent })
    expect([refused.status, refused.body.page]).toEqual([403, 'form-expired'])
  })

  it.each(['put', 'patch', 'delete'] as const)('asks for it on %s too', async (method) => {
    const { browser } = await openForm()
    expect((await browser[method]('/pay')).status).toBe(403)
  })

  it('exempts exactly the address for responses', async () => {
    expect((await request(app).post('/saml/acs').set('Sec-Fetch-Site', 'cross-site')).status).toBe(200)
    for (const path of ['/saml/acs/', '/SAML/ACS', '/saml/acs/x', '/saml']) {
      expect((await request(app).post(path)).status).toBe(403)
    }
  })

  it('makes no session for a page without a form', async () => {
    expect((await request(app).get('/look')).headers['set-cookie']).toBeUndefined()
    expect((await request(app).get('/form')).headers['set-cookie']).toBeDefined()
  })

  it('takes two tokens in one form for none', async () => {
    const { browser, token } = await openForm()
    expect((await browser.post('/pay').type('form').send(`_csrf=${token}&_csrf=${token}`)).status).toBe(403)
  })
})

describe('posted forms', () => {
  const app = express()
  app.use(formBody({ large: ['/large'] }))
  app.post('/*any', (req, res) => {
    res.json(req.body ?? 'unread')
  })
  app.use(showProblems)

  it.each([
    ['30 kB', '/small', `a=${'a'.repeat(30_000)}`, 413, 'too-large'],
    ['700 fields', '/small', Array.from({ length: 700 }, (_, n) => `a${n}=1`).join('&'), 413, 'too-large'],
    ['300 kB where 256 may be', '/large', `a=${'a'.repeat(300_000)}`, 413, 'too-large'],
  ])('%s: refused', async (_what, path, body, status, page) => {
    const refused = await request(app).post(path).type('form').send(body)
    expect([refused.status, refused.body.page]).toEqual([status, page])
  })

  it('takes 500 chosen debts, and 30 kB where they may be', async () => {
    const debits = Array.from({ length: 500 }, (_, n) => `debit=${100_000 + n}`).join('&')
    expect((await request(app).post('/small').type('form').send(debits)).body.debit).toHaveLength(500)
    expect(
      (
        await request(app)
          .post('/large')
          .type('form')
          .send(`a=${'a'.repeat(30_000)}`)
      ).status,
    ).toBe(200)
  })

  it('builds no objects out of names, and reads no JSON', async () => {
    const nested = await request(app).post('/small').type('form').send('a[b]=1&__proto__[x]=1')
    expect(nested.body['a[b]']).toBe('1')
    expect(({} as Record<string, unknown>).x).toBeUndefined()
    expect((await request(app).post('/small').send({ a: 1 })).body).toBe('unread')
  })
})

describe('what browsers are told', () => {
  const appAt = (url: string) => {
    const app = express()
    const formTargets = ['https://pay.example', 'https://idp.example', 'https://pay.example']
    app.use(securityHeaders({ baseUrl: url, formTargets }), noStore)
    app.get('/', (_req, res) => {
      res.send('page')
    })
    return app
  }

  it('nothing loads but our own, nobody frames us, forms lead where they must (ASVS V3.4.1, V3.4.3, V3.4.4, V3.4.5)', async () => {
    const { headers } = await request(appAt(baseUrl)).get('/')
    expect(headers['content-security-policy']?.split(';').sort()).toEqual([
      "base-uri 'none'",
      "connect-src 'self'",
      "default-src 'none'",
      "font-src 'self'",
      "form-action 'self' https://pay.example https://idp.example",
      "frame-ancestors 'none'",
      "img-src 'self' data:",
      "manifest-src 'self'",
      "object-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
    ])
    expect(headers).toMatchObject({
      'referrer-policy': 'same-origin',
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'cache-control': 'no-store',
    })
    expect(headers['permissions-policy']).toContain('camera=()')
    expect(headers['x-powered-by']).toBeUndefined()
  })

  it("says nothing of https on a machine of one's own", async () => {
    const { headers } = await request(appAt('http://127.0.0.1:8080')).get('/')
    expect(headers['strict-transport-security']).toBeUndefined()
  })
})

describe('too many requests', () => {
  it('get 429, the seconds to wait, and a page, whatever address they claim (ASVS V2.4.1, V15.3.4)', async () => {
    const app = express()
    app.use(rateLimitOf(2))
    app.get('/', (_req, res) => {
      res.send('page')
    })
    app.use(showProblems)
    await request(app).get('/')
    expect((await request(app).get('/').set('X-Forwarded-For', '1.2.3.4')).status).toBe(200)
    const third = await request(app).get('/').set('X-Forwarded-For', '5.6.7.8')
    expect(third.status).toBe(429)
    expect(third.body).toEqual({ page: 'too-many', details: { retryAfter: expect.any(Number) } })
    expect(third.headers['retry-after']).toBeDefined()
  })

  it('are counted by the address that the last proxy saw, not by what was claimed before it (ASVS V15.3.4)', async () => {
    const app = express().set('trust proxy', 1)
    app.use(rateLimitOf(1))
    app.use(showProblems)
    const from = async (addresses: string) =>
      (await request(app).get('/').set('X-Forwarded-For', addresses)).status
    expect(await from('1.2.3.4, 198.51.100.7')).toBe(404)
    expect(await from('5.6.7.8, 198.51.100.7')).toBe(429)
    expect(await from('1.2.3.4, 198.51.100.8')).toBe(404)
  })
})

describe('too many requests over all instances', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await createTestDatabase()
  })
  afterAll(() => database?.drop())

  const start = Date.now()
  let ahead = 0
  const instance = () => {
    const app = express()
    const config = { service: { sessionSecrets: ['a secret of at least thirty-two letters'] } }
    const clock = { now: () => new Date(start + ahead) }
    app.use('/payments', sharedRateLimit({ db: database.db, clock, config }, 'payments'))
    app.use('/sign-in', sharedRateLimit({ db: database.db, clock, config }, 'sign-in'))
    app.use((_req, res) => {
      res.send('page')
    })
    app.use(showProblems)
    return app
  }

  it('are counted together, by name and by minute, and no address is kept (ASVS V2.4.1)', async () => {
    const instances = [instance(), instance()]
    const answers = await Promise.all(
      Array.from({ length: 70 }, (_, index) =>
        request(instances[index % 2] as express.Express).get('/payments'),
      ),
    )
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused).toHaveLength(10)
    expect(refused[0]?.headers['retry-after']).toBeDefined()
    expect((await request(instance()).get('/sign-in')).status).toBe(200)
    const kept = await database.db.query('select * from request_count')
    expect(kept).toHaveLength(2)
    expect(JSON.stringify(kept)).not.toMatch(/127[.]0|::/)
    ahead = 61_000
    expect((await request(instance()).get('/payments')).status).toBe(200)
    ahead = 200_000
    await request(instance()).get('/payments')
    expect(await database.db.query('select * from request_count')).toHaveLength(1)
  })
})

describe('the trail of a request', () => {
  it('is one line: id, method, route pattern, status; nothing that was typed', async () => {
    const lines: string[] = []
    const log = createLog('info', { write: (line: string) => lines.push(line) })
    const app = express()
    app.use(requestTrail({ log }))
    app.get('/payments/:reference', (_req, res) => {
      log.info('inside')
      res.send('page')
    })
    app.use(showProblems)
    const answer = await request(app).get('/payments/19900101-1234?name=Elsa')
    await request(app).get('/19900101-1234')
    const [inside, answered, lost] = lines.map((line) => JSON.parse(line))
    expect(inside).toMatchObject({ request: answer.headers['x-request-id'], msg: 'inside' })
    expect(answered).toMatchObject({
      request: inside.request,
      method: 'GET',
      route: '/payments/:reference',
      status: 200,
    })
    expect(lost).toMatchObject({ route: 'no route', status: 404 })
    expect(lines.join('')).not.toMatch(/19900101|Elsa/)
  })
})

describe('problems', () => {
  it('keep their page; faults of the parsers get one; our own faults say nothing', () => {
    expect(problemFrom(problem('no-patron'))).toEqual({
      kind: 'problem',
      status: 403,
      page: 'no-patron',
      details: {},
    })
    expect(problemFrom(Object.assign(new Error('secret'), { status: 413 })).page).toBe('too-large')
    expect(problemFrom(Object.assign(new Error('secret'), { status: 400 })).page).toBe('bad-request')
    for (const fault of [new Error('secret'), 'secret', null, undefined, { status: 599 }]) {
      expect(problemFrom(fault)).toEqual({ kind: 'problem', status: 500, page: 'broken', details: {} })
    }
    expect(problemPages).toContain('koha-silent')
  })
})
