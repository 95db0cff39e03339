import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Kvitt, openKvitt } from '../../../support/open-kvitt.ts'

let kvitt: Kvitt
beforeAll(async () => {
  kvitt = await openKvitt()
})
afterAll(() => kvitt.stop())

describe('the start page', () => {
  it('says what this is and where to sign in, and leaves no cookie', async () => {
    const page = await (await kvitt.visitor()).get('/')
    expect(page.status).toBe(200)
    expect(page.text).toContain('Betala biblioteksavgifter')
    expect(page.html).toContain('href="/sign-in"')
    expect(page.headers.getSetCookie()).toEqual([])
  })

  it('is the fees for who is signed in', async () => {
    expect((await (await kvitt.visitor('elsa')).get('/')).location).toBe('/fees')
  })
})

describe('the language', () => {
  it('is what the browser asks for, until somebody chooses', async () => {
    const visitor = await kvitt.visitor()
    expect((await visitor.get('/', { 'accept-language': 'en-GB,en;q=0.9' })).html).toContain(
      '<html lang="en"',
    )
    expect((await visitor.get('/', { 'accept-language': 'de' })).html).toContain('<html lang="sv"')

    const chosen = await visitor.post('/language', [
      ['language', 'en'],
      ['back', '/terms'],
    ])
    expect(chosen.status).toBe(400)
    const response = await fetch(`${kvitt.url}/language`, {
      method: 'POST',
      body: new URLSearchParams({ language: 'en', back: '/terms' }),
      redirect: 'manual',
    })
    expect(response.headers.get('location')).toBe('/terms')
    expect(response.headers.get('set-cookie')).toContain('kvitt-language=en')
    expect(response.headers.get('set-cookie')).toContain('SameSite=Lax')
  })

  it('leads nowhere else', async () => {
    for (const back of ['//evil.example', 'https://evil.example', '/\\evil.example', 'javascript:alert(1)']) {
      const response = await fetch(`${kvitt.url}/language`, {
        method: 'POST',
        body: new URLSearchParams({ language: 'sv', back }),
        redirect: 'manual',
      })
      expect(response.headers.get('location')).toBe('/')
    }
  })

  it('is Swedish or English', async () => {
    const response = await fetch(`${kvitt.url}/language`, {
      method: 'POST',
      body: new URLSearchParams({ language: 'xx' }),
    })
    expect(response.status).toBe(400)
  })
})

describe('the statements', () => {
  it.each(['terms', 'privacy', 'accessibility'])(
    '/%s stands in both languages with the library in it',
    async (name) => {
      for (const language of ['sv', 'en'] as const) {
        const page = await (await kvitt.visitor(undefined, { language })).get(`/${name}`)
        expect(page.status).toBe(200)
        expect(page.text).toContain(language === 'sv' ? 'Demouniversitetet' : 'Demo University')
        expect(page.text).toContain('biblioteket@demo.kvitt.example')
        expect(page.text).not.toMatch(/undefined|\[object|\{\{/)
      }
    },
  )

  it('holds what the law asks of an accessibility statement', async () => {
    const page = await (await kvitt.visitor()).get('/accessibility')
    expect(page.html).toContain('href="https://www.digg.se/tdosanmalan"')
    expect(page.text).toContain('delvis uppfyller lagen')
    expect(page.text).toMatch(/Senaste bedömningen gjordes \d{4}-\d\d-\d\d/)
  })
})

describe('assets', () => {
  it('are kept for good by browsers and travel compressed', async () => {
    const page = await (await kvitt.visitor()).get('/')
    const addresses = [...page.html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(
      ([, address]) => address,
    )
    expect(addresses.length).toBeGreaterThanOrEqual(4)
    for (const address of addresses) {
      const answer = await fetch(new URL(address ?? '', kvitt.url), { headers: { 'accept-encoding': 'br' } })
      expect(answer.status).toBe(200)
      expect(answer.headers.get('cache-control')).toContain('immutable')
      expect(answer.headers.get('content-encoding')).toBe('br')
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
      expect(answer.headers.getSetCookie()).toEqual([])
      expect((await answer.text()).length).toBeGreaterThan(50)
    }
    expect((await fetch(`${kvitt.url}/assets/kvitt-000000000000.css`)).status).toBe(404)
  })
})
