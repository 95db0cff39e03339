import express, { type Express, type RequestHandler } from 'express'
import supertest from 'supertest'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areas } from '../../src/areas.ts'
import { createLog } from '../../src/base/log.ts'
import { pageTextsOf } from '../../src/service/page-texts.ts'
import { errorPages } from '../../src/web/error-pages.ts'
import { problem, problemPages } from '../../src/web/problem.ts'
import { installPages } from '../../src/web/render.ts'
import { startTown, type Town } from '../support/town.ts'

let town: Town
beforeAll(async () => {
  town = await startTown()
})
afterAll(() => town.stop())

/** An application without session and without database, in which one thing goes wrong. */
function appThat(goesWrong: RequestHandler): { app: Express; lines: Record<string, unknown>[] } {
  const lines: Record<string, unknown>[] = []
  const log = createLog('info', { write: (line: string) => lines.push(JSON.parse(line)) })
  const app = express()
  app.use((_req, res, next) => {
    res.locals.requestId = '0f0e0d0c-0000-4000-8000-000000000000'
    next()
  })
  app.use(installPages(app, { config: town.context.config, places: [], texts: pageTextsOf(areas) }))
  app.get('/wrong', goesWrong)
  app.use(errorPages({ log }))
  return { app, lines }
}

describe('every problem', () => {
  it.each(problemPages)('%s has a page in both languages, and JSON for those who ask', async (page) => {
    const { app } = appThat((_req, _res, next) => next(problem(page, { reference: 'KX4M22P7', count: 2 })))
    const titles = new Set<string>()
    for (const language of ['sv', 'en']) {
      const answer = await supertest(app)
        .get('/wrong')
        .set('accept-language', language)
        .set('accept', 'text/html')
      expect(answer.status).toBe(problem(page).status)
      expect(answer.text).toContain(`<html lang="${language}"`)
      expect(answer.text).toContain('KX4M22P7')
      expect(answer.text).toContain('biblioteket@demo.kvitt.example')
      titles.add(/<h1>([^<]+)/.exec(answer.text)?.[1] ?? '')
    }
    expect(titles.size).toBe(2)
    const json = await supertest(app).get('/wrong').set('accept', 'application/json')
    expect(json.status).toBe(problem(page).status)
    expect(json.body).toMatchObject({ error: page, reference: 'KX4M22P7' })
  })
})

describe('an error of our own', () => {
  const secret = 'select * from secret'

  it('shows a reference and nothing of itself, and is logged once with that reference', async () => {
    const { app, lines } = appThat(() => {
      throw Object.assign(new Error(secret), { config: { headers: { authorization: 'Bearer key' } } })
    })
    const answer = await supertest(app).get('/wrong').set('accept', 'text/html')
    expect(answer.status).toBe(500)
    expect(answer.text).toContain('0F0E0D0C')
    expect(answer.text).toContain('betala inte igen innan du har gjort det')
    expect(answer.text).not.toContain('secret')
    expect(answer.text).not.toContain('.ts')
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatchObject({ level: 'error', reference: '0F0E0D0C', error: { message: secret } })
    expect(JSON.stringify(lines)).not.toContain('Bearer')
  })

  it('that is no Error is told of too', async () => {
    const { app, lines } = appThat((_req, _res, next) => next('something'))
    expect((await supertest(app).get('/wrong')).status).toBe(500)
    expect(lines).toHaveLength(1)
  })
})

describe('what is not there', () => {
  it('is not found, for pages and for machines', async () => {
    const { app, lines } = appThat((_req, res) => void res.end())
    expect((await supertest(app).get('/nowhere').set('accept', 'text/html')).text).toContain(
      'Sidan finns inte',
    )
    expect((await supertest(app).get('/nowhere').set('accept', 'application/json')).body.error).toBe(
      'not-found',
    )
    expect((await supertest(app).get('/payments/X/status')).body.error).toBe('not-found')
    expect(lines).toEqual([])
  })

  it('stays so for an address that cannot be decoded', async () => {
    const { app } = appThat((_req, res) => void res.end())
    expect((await supertest(app).get('/%E0%A4%A')).status).toBe(404)
    const { app: other } = appThat((_req, res) => void res.end())
    other.get('/x/:name', (_req, res) => void res.end())
    expect([400, 404]).toContain((await supertest(other).get('/x/%E0%A4%A')).status)
  })
})
