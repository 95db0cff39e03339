import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Kvitt, openKvitt, type Visitor } from '../../support/open-kvitt.ts'

let kvitt: Kvitt
beforeAll(async () => {
  kvitt = await openKvitt()
})
afterAll(() => kvitt?.stop())
let ahead = 0
afterEach(() => {
  kvitt.town.clock.advance(-ahead)
  ahead = 0
})

const later = (minutes: number) => {
  ahead += minutes * 60
  kvitt.town.clock.advance(minutes * 60)
}
const shown: [string, string][] = [
  ['until', new Date().toISOString()],
  ['postings', '1'],
  ['total', '100'],
]
const makeBatch = (eva: Visitor) => eva.post('/economy/batches', shown)

describe('what is done to the books', () => {
  it('needs a proof of a quarter of an hour ago at most; reading does not (ASVS V7.5.3)', async () => {
    const eva = await kvitt.visitor('eva', { language: 'en' })
    later(14)
    expect((await makeBatch(eva)).status).toBe(303)
    later(2)
    const refused = await makeBatch(eva)
    expect([refused.status, refused.text.includes('Show that it is you')]).toEqual([403, true])
    expect(refused.html).toContain('/sign-in?fresh=1&amp;to=%2Feconomy')
    expect((await eva.get('/economy')).status).toBe(200)
  })

  it('is held to when the person proved it, not to when they came here (ASVS V6.8.4)', async () => {
    const eva = await kvitt.visitor('eva')
    const anHourAgo = new Date(Date.now() - 3600_000).toISOString()
    await kvitt.town.context.db.query(
      `update session set sess = jsonb_set(sess::jsonb, '{passport,user,provedAt}', to_jsonb($1::text))::json`,
      [anHourAgo],
    )
    expect((await makeBatch(eva)).status).toBe(403)
  })

  it.each(['/ECONOMY/batches', '/economy/batches/', '/economy//batches', '/operations/anything', '/audit/x'])(
    'also at %s',
    async (path) => {
      const someone = await kvitt.visitor(path.includes('operations') ? 'didrik' : 'eva')
      later(20)
      expect([401, 403, 404]).toContain((await someone.post(path, shown)).status)
    },
  )

  it('leads back to the page of the form, and to nowhere else', async () => {
    const eva = await kvitt.visitor('eva')
    later(20)
    const from = async (referer: string) => {
      const form = await eva.get('/economy')
      const token = /name="_csrf" value="([^"]+)"/.exec(form.html)?.[1] ?? ''
      const cookie = eva.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
      const answer = await fetch(`${kvitt.url}/economy/batches`, {
        method: 'POST',
        body: new URLSearchParams([['_csrf', token], ...shown]),
        headers: { cookie, referer, accept: 'text/html' },
      })
      return /fresh=1&amp;to=([^"]+)/.exec(await answer.text())?.[1]
    }
    expect(await from(`${kvitt.url}/economy/batches/next?changed=1`)).toBe(
      '%2Feconomy%2Fbatches%2Fnext%3Fchanged%3D1',
    )
    expect(await from('https://evil.example/economy')).toBe('%2Feconomy')
    expect(await from('')).toBe('%2Feconomy')
  })
})
