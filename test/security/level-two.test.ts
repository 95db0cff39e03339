import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isMailAddress } from '../../src/areas/notices/mail-address.ts'
import { type Kvitt, openKvitt, type Visitor } from '../support/open-kvitt.ts'

/** What level 2 asks for that no other file tries: small things, each of which somebody once forgot. */
let kvitt: Kvitt
let people: Record<'elsa' | 'eva' | 'didrik' | 'rut', Visitor>
beforeAll(async () => {
  kvitt = await openKvitt((settings) => ({
    ...settings,
    people: { ...settings.people, kohaPassword: { enabled: true } },
  }))
  const visitor = (userid: string) => kvitt.visitor(userid, { language: 'en' })
  people = {
    elsa: await visitor('elsa'),
    eva: await visitor('eva'),
    didrik: await visitor('didrik'),
    rut: await visitor('rut'),
  }
})
afterAll(() => kvitt?.stop())

describe('what is typed is never SQL (ASVS V1.2.4)', () => {
  const typed = [
    "' or '1'='1",
    "'; drop table payment; --",
    '\\',
    '%',
    '$1',
    "') union select sid from session --",
  ]

  it.each(typed)('%s', async (text) => {
    const given = encodeURIComponent(text)
    for (const path of [
      `/audit?who=${given}&subject=${given}&act=${given}&before=${given}`,
      `/economy/payments?from=${given}&to=${given}&state=${given}&reference=${given}&q=${given}&page=${given}`,
      `/economy/batches?before=${given}`,
      `/payments/${given}`,
      `/economy/payments/${given}`,
      `/economy/batches/${given}`,
    ]) {
      const visitor = path.startsWith('/economy')
        ? people.eva
        : path.startsWith('/audit')
          ? people.rut
          : people.elsa
      const { status } = await visitor.get(path)
      expect([path, status < 500]).toEqual([path, true])
    }
    const found = await people.didrik.post('/operations/sessions/find', [['who', text]])
    expect([found.status, found.text.includes('Nobody is signed in as')]).toEqual([200, true])
    expect((await kvitt.town.context.db.query('select 1 from payment limit 1')).length).toBeLessThan(2)
  })

  it('and the trail shows no more for it', async () => {
    expect((await people.rut.get(`/audit?who=${encodeURIComponent("' or '1'='1")}`)).text).toContain(
      'No rows match',
    )
  })
})

describe('a mail', () => {
  it.each([
    'a@b.example\r\nBcc: all@b.example',
    'a@b.example\n',
    'a@b.example, c@d.example',
    '"A" <a@b.example>',
    'a@b.example%0aBcc:c',
  ])('takes no %j for an address: nothing typed becomes a header (ASVS V1.3.11)', (text) =>
    expect(isMailAddress(text)).toBe(false),
  )
})

describe('what is fetched', () => {
  it('is a file with a name of ours and its own type, not a page (ASVS V3.2.1, V5.4.1, V5.4.2)', async () => {
    const { town } = kvitt
    const reference = await town.started('elsa')
    town.payByCard(reference)
    await town.work()
    const receipt = await people.elsa.get(`/payments/${reference}/receipt.pdf`)
    expect(receipt.headers.get('content-type')).toBe('application/pdf')
    expect(receipt.headers.get('content-disposition')).toMatch(/^attachment; filename="?[\w-]+\.pdf"?$/)
    expect(receipt.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it.each(['/', '/sign-in/card', '/assets/kvitt.css', '/saml/metadata', '/healthz', '/nowhere'])(
    'from %s says what it is, and other sites cannot read it (ASVS V3.4.2, V4.1.1)',
    async (path) => {
      const answer = await fetch(`${kvitt.url}${path}`, { headers: { origin: 'https://evil.example' } })
      expect(answer.headers.get('content-type')).toMatch(/^[a-z]+\/[a-z+]+; charset=utf-8$/i)
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
      await answer.arrayBuffer()
    },
  )
})

describe('the form with a password', () => {
  it('hides it, and lets password managers fill and people paste (ASVS V6.2.6, V6.2.7)', async () => {
    const { html } = await (await kvitt.visitor()).get('/sign-in/card')
    expect(html).toMatch(
      /<input id="password" name="password" type="password"[^>]*autocomplete="current-password"/,
    )
    expect(html).not.toMatch(/onpaste|autocomplete="off"/)
  })
})

describe('a session', () => {
  it('is named by 192 random bits under our signature, and by nothing that a browser makes up (ASVS V7.2.1, V7.2.2, V7.2.3, V11.5.1)', async () => {
    const names = new Set<string>()
    for (let count = 0; count < 20; count += 1) {
      const answer = await fetch(`${kvitt.url}/sign-in/card`)
      const cookie = decodeURIComponent(
        /kvitt=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1] ?? '',
      )
      const [, name = ''] = /^s:([\w-]{32})\.[\w+/]{43}$/.exec(cookie) ?? []
      names.add(name)
    }
    expect([names.size, names.has('')]).toEqual([20, false])

    const [{ value = '' } = {}] = people.elsa.cookies
    const [sid = '', signature = ''] = decodeURIComponent(value).slice(2).split('.')
    for (const made of [
      sid,
      `s:${sid}`,
      `s:${sid}.`,
      `s:${sid}.${signature.slice(1)}A`,
      `s:mine.${signature}`,
    ]) {
      const headers = { cookie: `kvitt=${encodeURIComponent(made)}` }
      const { status } = await fetch(`${kvitt.url}/payments`, { headers, redirect: 'manual' })
      expect([made, status]).toEqual([made, 303])
    }
  })

  it('ends when nobody has used it for half an hour (ASVS V7.3.1)', async () => {
    const ingrid = await kvitt.visitor('ingrid')
    expect((await ingrid.get('/payments')).status).toBe(200)
    const sid = decodeURIComponent(ingrid.cookies[0]?.value ?? '').slice(2, 38)
    const left = await kvitt.town.context.db.query<{ minutes: number }>(
      'select round(extract(epoch from expire - now()) / 60)::int as minutes from session where sid = $1',
      [sid],
    )
    expect(left).toEqual([{ minutes: 30 }])
    await kvitt.town.context.db.query(
      `update session set expire = now() - interval '1 second' where sid = $1`,
      [sid],
    )
    expect((await ingrid.get('/payments')).status).toBe(303)
  })

  it('can be left on every page (ASVS V7.4.4)', async () => {
    for (const [visitor, path] of [
      [people.elsa, '/fees'],
      [people.elsa, '/sessions'],
      [people.elsa, '/nowhere'],
      [people.elsa, '/terms'],
      [people.eva, '/economy'],
      [people.didrik, '/operations'],
      [people.rut, '/audit'],
    ] as const)
      expect([path, (await visitor.get(path)).html.includes('action="/sign-out"')]).toEqual([path, true])
  })
})

describe('who wants what is not theirs', () => {
  it('is told to the log: who, with which roles, and why not; nothing that was typed (ASVS V16.3.2)', async () => {
    const before = kvitt.town.logged.length
    await people.elsa.get('/economy/payments?q=secret-words')
    const lines = kvitt.town.logged.slice(before).filter(({ event }) => event === 'request.refused')
    expect(lines).toMatchObject([
      {
        level: 'warn',
        refused: 'forbidden',
        patron: expect.any(Number),
        roles: 'borrower',
        request: expect.any(String),
      },
    ])
    expect(JSON.stringify(kvitt.town.logged.slice(before))).not.toContain('secret-words')
  })

  it('or sends what no form of ours holds, too (ASVS V16.3.3)', async () => {
    const before = kvitt.town.logged.length
    expect((await people.elsa.post('/payments', [['amount', 'secret-words']])).status).toBe(400)
    const told = kvitt.town.logged.slice(before)
    expect(told).toContainEqual(expect.objectContaining({ event: 'request.refused', refused: 'bad-request' }))
    expect(JSON.stringify(told)).not.toContain('secret-words')
  })
})

describe('the source', () => {
  const read = (folder: string): string =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.[jt]s$/.test(name))
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('\n')

  it('turns the check of certificates off nowhere (ASVS V12.3.2)', () => {
    const source = read(fileURLToPath(new URL('../../src', import.meta.url)))
    expect(source).toContain('axios')
    expect(source).not.toMatch(/rejectUnauthorized|NODE_TLS_REJECT|checkServerIdentity/)
  })

  it('runs no text as a program and no shell (ASVS V1.2.5, V1.3.2)', () => {
    const source = read(fileURLToPath(new URL('../../src', import.meta.url)))
    expect(source).toContain('spawn(')
    expect(source).not.toMatch(/\beval\(|new Function\(|node:vm|(?<![.\w])exec(?:Sync)?\(|shell: true/)
  })

  it('shows text as text in the browser, and hears no other window (ASVS V3.2.2, V3.5.5)', () => {
    expect(script()).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|'message'/)
  })

  it('keeps nothing in the browser but cookies (ASVS V14.3.3)', () => {
    expect(script()).not.toMatch(/localStorage|sessionStorage|indexedDB|document\.cookie/)
  })

  const script = () => {
    const text = read(fileURLToPath(new URL('../../public', import.meta.url)))
    expect(text).toContain('addEventListener')
    return text
  }
})
