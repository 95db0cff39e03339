import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Kvitt, openKvitt, type Visitor } from '../../../support/open-kvitt.ts'

let kvitt: Kvitt

beforeAll(async () => {
  kvitt = await openKvitt((settings) => ({
    ...settings,
    people: {
      ...settings.people,
      kohaPassword: { enabled: true },
      // Somebody who has put a card into the list of staff by mistake.
      staff: [...settings.people.staff, { id: 'koha:104', roles: ['economy'] }],
    },
  }))
})
afterAll(() => kvitt?.stop())
beforeEach(() => kvitt.town.context.db.query('delete from sign_in_attempt'))

const bengt = '2140000104'

async function tryCard(card: string, password: string, more: [string, string][] = [], who?: Visitor) {
  const visitor = who ?? (await kvitt.visitor())
  const form = await visitor.get('/sign-in/card')
  const fields: [string, string][] = [['card', card], ['password', password], ...more]
  return { visitor, page: await visitor.post('/sign-in/card', fields, form) }
}

describe('sign-in by library card', () => {
  it('lets Bengt, whom no university knows, see what he owes', async () => {
    const { visitor, page } = await tryCard(bengt, 'demo', [['to', '/fees']])
    expect([page.status, page.location]).toEqual([303, '/fees'])
    const fees = await visitor.get('/fees')
    expect(fees.status).toBe(200)
    expect(fees.text).toContain('Bengt Hallström')
  })

  it('gives a new session, and no work to do here whatever the list of staff says (ASVS V7.2.4, V8.2.1)', async () => {
    const { visitor } = await tryCard(bengt, 'demo')
    for (const path of ['/economy', '/desk', '/operations'])
      expect([path, (await visitor.get(path)).status]).toEqual([path, 403])
  })

  it('says the same of a wrong card and of a wrong password (ASVS V6.3.8)', async () => {
    const wrong = [
      await tryCard(bengt, 'fel'),
      await tryCard('2140999999', 'fel'),
      await tryCard('elsa', 'demo'),
    ]
    const texts = wrong.map(({ page }) => [page.status, page.text.replace(/\s+/g, ' ')])
    expect(new Set(texts.map((text) => JSON.stringify(text))).size).toBe(1)
    expect(texts[0]?.[0]).toBe(422)
    for (const { page } of wrong) expect(page.html).not.toMatch(/value="(fel|demo)"/)
  })

  it('takes no sooner for a card that nobody has (ASVS V11.2.4)', async () => {
    const start = performance.now()
    await tryCard('2140999999', 'fel')
    expect(performance.now() - start).toBeGreaterThan(400)
  })

  it('waits after five wrong tries, longer each time, also with the right password, and the log says so (ASVS V6.3.1, V16.3.3)', async () => {
    for (let tries = 0; tries < 5; tries += 1) expect((await tryCard(bengt, 'fel')).page.status).toBe(422)
    const locked = await tryCard(bengt, 'demo')
    expect(locked.page.status).toBe(429)
    expect(kvitt.town.logged).toContainEqual(
      expect.objectContaining({ event: 'sign-in.delayed', why: 'waiting' }),
    )
    expect(Number(locked.page.headers.get('retry-after'))).toBeGreaterThan(30)
    // Somebody else is not locked out with him.
    expect((await tryCard('2140000102', 'demo')).page.status).toBe(303)
    kvitt.town.clock.advance(61)
    expect((await tryCard(bengt, 'fel')).page.status).toBe(422)
    expect(Number((await tryCard(bengt, 'demo')).page.headers.get('retry-after'))).toBeGreaterThan(90)
    kvitt.town.clock.advance(121)
    expect((await tryCard(bengt, 'demo')).page.status).toBe(303)
    expect((await tryCard(bengt, 'fel')).page.status).toBe(422)
  })

  it('waits for an address that tries many cards', async () => {
    const statuses: number[] = []
    await Promise.all(
      Array.from({ length: 45 }, async (_, index) => {
        statuses.push((await tryCard(`21409${String(index).padStart(5, '0')}`, 'demo')).page.status)
      }),
    )
    expect(statuses.filter((status) => status === 422)).toHaveLength(40)
    expect(statuses.filter((status) => status === 429)).toHaveLength(5)
  })

  it('holds no try against anybody while Koha is silent', async () => {
    kvitt.town.koha.world.faults.add({ kind: '500-before', on: 'all', times: 6 })
    for (let tries = 0; tries < 6; tries += 1) expect((await tryCard(bengt, 'demo')).page.status).toBe(503)
    expect((await tryCard(bengt, 'demo')).page.status).toBe(303)
  })

  it.each([
    ['no password', [['card', bengt]]],
    ['no card', [['password', 'demo']]],
    [
      'two cards',
      [
        ['card', bengt],
        ['card', '2140000101'],
        ['password', 'demo'],
      ],
    ],
    [
      'a card of 5 000 digits',
      [
        ['card', '1'.repeat(5000)],
        ['password', 'demo'],
      ],
    ],
    [
      'an object',
      [
        ['card[x]', bengt],
        ['password', 'demo'],
      ],
    ],
  ] as [string, [string, string][]][])('refuses a form with %s', async (_what, fields) => {
    const visitor = await kvitt.visitor()
    const form = await visitor.get('/sign-in/card')
    expect((await visitor.post('/sign-in/card', fields, form)).status).toBe(422)
  })

  it('asks for the token of its form, and leads nowhere else (ASVS V3.5.1, V3.7.2)', async () => {
    const bare = await fetch(`${kvitt.url}/sign-in/card`, {
      method: 'POST',
      body: new URLSearchParams({ card: bengt, password: 'demo' }),
      redirect: 'manual',
    })
    expect(bare.status).toBe(403)
    expect((await tryCard(bengt, 'demo', [['to', '//evil.example']])).page.location).toBe('/')
  })

  it('writes neither card nor password nor address into log or table', async () => {
    await tryCard(bengt, 'hemligare-än-så')
    const kept = await kvitt.town.context.db.query('select * from sign_in_attempt')
    expect(kept.length).toBe(2)
    expect(JSON.stringify([kept, kvitt.town.logged])).not.toMatch(/2140000104|hemligare|127\.0\.0\.1/)
  })

  it('can be found from the start page', async () => {
    expect((await (await kvitt.visitor()).get('/')).html).toContain('href="/sign-in/card"')
  })
})

describe('where the library does not want it', () => {
  it('there is no such page', async () => {
    const closed = await openKvitt()
    const visitor = await closed.visitor()
    expect((await visitor.get('/sign-in/card')).status).toBe(404)
    expect((await visitor.get('/')).html).not.toContain('/sign-in/card')
    await closed.stop()
  })
})
