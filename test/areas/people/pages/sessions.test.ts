import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { auditAfter, auditHead } from '../../../../src/areas/audit/audit-store.ts'
import { areas } from '../../../../src/areas.ts'
import { digestOf } from '../../../../src/base/digest.ts'
import { createMetrics } from '../../../../src/base/metrics.ts'
import { createApp } from '../../../../src/service/app.ts'
import { type Kvitt, openKvitt, type Page, type Visitor } from '../../../support/open-kvitt.ts'

let kvitt: Kvitt
beforeAll(async () => {
  kvitt = await openKvitt()
})
afterEach(() => kvitt.town.context.db.query('delete from session'))
afterAll(() => kvitt?.stop())

const inEnglish = (userid: string) => kvitt.visitor(userid, { language: 'en' })
const isIn = async (visitor: Visitor) => (await visitor.get('/sessions')).status === 200
const sid = ({ cookies }: Visitor) =>
  decodeURIComponent(cookies.find(({ name }) => name === 'kvitt')?.value ?? '').slice(2, 38)
const handleOf = (visitor: Visitor) => createHash('sha256').update(sid(visitor)).digest('hex')
const end = (visitor: Visitor, which: string): Promise<Page> =>
  visitor.post('/sessions/end', [['which', which]])

/** What a sign-in by that browser or by card would have left in the session. */
async function remember(visitor: Visitor, more: object): Promise<void> {
  await kvitt.town.context.db.query(
    `update session set sess = jsonb_set(sess::jsonb, '{passport,user}', sess::jsonb #> '{passport,user}' || $2::jsonb)::json where sid = $1`,
    [sid(visitor), JSON.stringify(more)],
  )
}

describe("a person's own sessions (ASVS V7.5.2)", () => {
  it('are all there, this one marked, each by what it was opened with, and nobody else’s', async () => {
    const [laptop, phone] = [await inEnglish('elsa'), await inEnglish('elsa')]
    await remember(laptop, { device: { browser: 'Firefox', system: 'Windows' } })
    await remember(phone, { device: { browser: 'Safari', system: 'iPhone' } })
    const other = await inEnglish('bengt')
    await remember(other, { device: { browser: 'Opera', system: 'Linux' } })
    const page = await laptop.get('/sessions')
    expect(page.status).toBe(200)
    expect(page.text).toMatch(
      /Firefox on Windows This one Signed in .+ Last used .+ Safari on iPhone Signed in/,
    )
    expect(page.text).not.toContain('Opera')
    expect(page.html).not.toContain(sid(phone))
  })

  it('can be ended one by one: the telephone that was left on the bus is outside at its next click', async () => {
    const [laptop, phone, tablet] = [
      await inEnglish('elsa'),
      await inEnglish('elsa'),
      await inEnglish('elsa'),
    ]
    const ended = await end(laptop, handleOf(phone))
    expect([ended.status, ended.location]).toEqual([303, '/sessions?ended'])
    expect([await isIn(laptop), await isIn(phone), await isIn(tablet)]).toEqual([true, false, true])
    expect((await laptop.get('/sessions?ended')).text).toContain(
      'Whoever uses that sign-in has to sign in again',
    )
  })

  it('can be ended all but this one, and also those that the same patron opened by card', async () => {
    const [here, there, card] = [await inEnglish('elsa'), await inEnglish('elsa'), await inEnglish('elsa')]
    const { patronId } = await patronOf(here)
    await remember(card, {
      by: 'card',
      identity: { id: `koha:${patronId}`, name: 'Elsa', email: null, attributes: {} },
    })
    expect((await here.get('/sessions')).text).toContain('By library card')
    await end(here, 'others')
    expect([await isIn(here), await isIn(there), await isIn(card)]).toEqual([true, false, false])
  })

  it("cannot be ended by anybody else, though they know a session's digest (ASVS V8.2.2)", async () => {
    const [elsa, bengt] = [await inEnglish('elsa'), await inEnglish('bengt')]
    await end(bengt, handleOf(elsa))
    await end(bengt, 'others')
    expect(await isIn(elsa)).toBe(true)
    for (const odd of ['', 'all', sid(elsa), "' or true --", `${handleOf(elsa)}\n`])
      expect([odd, (await end(bengt, odd)).status]).toEqual([odd, 400])
    expect(await isIn(elsa)).toBe(true)
  })

  it('are ended only soon after a proof: the computer that was left open ends nothing (ASVS V7.5.3)', async () => {
    const [elsa, phone] = [await inEnglish('elsa'), await inEnglish('elsa')]
    const hourAgo = new Date(Date.now() - 3600_000).toISOString()
    await remember(elsa, { signedInAt: hourAgo })
    const refused = await end(elsa, handleOf(phone))
    expect([refused.status, await isIn(phone)]).toEqual([403, true])
    expect(refused.html).toContain('/sign-in?fresh=1&amp;to=%2Fsessions')
    await remember(elsa, { by: 'card' })
    expect((await end(elsa, handleOf(phone))).html).toContain('/sign-in/card?to=%2Fsessions')
  })

  it('that are over by themselves are not shown', async () => {
    const [elsa, old] = [await inEnglish('elsa'), await inEnglish('elsa')]
    await remember(old, {
      endsAt: new Date(Date.now() - 1000).toISOString(),
      device: { browser: 'Opera', system: null },
    })
    const page = await elsa.get('/sessions')
    expect(page.text).not.toContain('Opera')
    expect(page.text).toContain('You are signed in nowhere else')
  })
})

describe('an ended session', () => {
  it('is not brought back by a request that was on its way (ASVS V7.4.1, V15.4.2)', async () => {
    const { db } = kvitt.town.context
    const [laptop, phone] = [await inEnglish('elsa'), await inEnglish('elsa')]
    const [row] = await db.query<{ sess: object; expire: Date }>(
      'select sess, expire from session where sid = $1',
      [sid(phone)],
    )
    await end(laptop, handleOf(phone))
    // As connect-pg-simple saves what a request has changed.
    await db.query(
      'insert into session (sess, expire, sid) values ($1, $2, $3) on conflict (sid) do update set sess = $1, expire = $2',
      [JSON.stringify(row?.sess), row?.expire, sid(phone)],
    )
    expect(await isIn(phone)).toBe(false)
  })

  it('stays ended under a storm of clicks', async () => {
    const [laptop, phone] = [await inEnglish('elsa'), await inEnglish('elsa')]
    // Each of these saves the session: the page's form makes a token.
    const clicks = Array.from({ length: 30 }, () => phone.get('/payments').catch(() => undefined))
    await end(laptop, handleOf(phone))
    await Promise.all(clicks)
    expect(await isIn(phone)).toBe(false)
  })
})

describe('operators end sessions (ASVS V7.4.5)', () => {
  const find = (visitor: Visitor, who: string) => visitor.post('/operations/sessions/find', [['who', who]])

  it('of one person: found by the identity, ended for a reason, at every instance at once', async () => {
    const { wired, context } = kvitt.town
    const second = createServer(
      createApp({ areas, ...wired, metrics: createMetrics(() => new Date()), stopping: () => false }),
    )
    await new Promise<void>((done) => second.listen(0, '127.0.0.1', done))
    const elsewhere = `http://127.0.0.1:${(second.address() as AddressInfo).port}/sessions`
    const [didrik, elsa, phone, bengt] = [
      await inEnglish('didrik'),
      await inEnglish('elsa'),
      await inEnglish('elsa'),
      await inEnglish('bengt'),
    ]
    const there = async (visitor: Visitor) =>
      (
        await fetch(elsewhere, {
          headers: { cookie: visitor.cookies.map(({ name, value }) => `${name}=${value}`).join('; ') },
          redirect: 'manual',
        })
      ).status
    expect(await there(elsa)).toBe(200)

    expect((await didrik.get('/operations/sessions')).text).toContain('3 people are signed in by 4 sessions')
    const found = await find(didrik, ' elsa@demo.kvitt.example ')
    expect(found.text).toContain('2 sessions of elsa@demo.kvitt.example')
    expect(found.text).not.toMatch(/Lindqvist/)
    const before = (await auditHead(context.db))?.id ?? 0
    const unreasoned = await didrik.post('/operations/sessions/end', [
      ['who', 'elsa@demo.kvitt.example'],
      ['reason', ' '],
    ])
    expect([unreasoned.status, await isIn(elsa)]).toEqual([422, true])
    const ended = await didrik.post('/operations/sessions/end', [
      ['who', 'elsa@demo.kvitt.example'],
      ['reason', 'stolen laptop, ticket 4711'],
    ])
    expect([ended.status, ended.location]).toEqual([303, '/operations/sessions?ended=2'])
    expect([await isIn(elsa), await isIn(phone), await isIn(bengt)]).toEqual([false, false, true])
    expect([await there(elsa), await there(bengt)]).toEqual([303, 200])
    expect(await auditAfter(context.db, before, 10)).toMatchObject([
      {
        who: 'didrik@demo.kvitt.example',
        role: 'operator',
        act: 'sessions-ended',
        subject: `sessions of ${digestOf('elsa@demo.kvitt.example')}`,
        after: { sessions: 2 },
        reason: 'stolen laptop, ticket 4711',
      },
    ])
    second.closeAllConnections()
    await new Promise((done) => second.close(done))
  })

  it('of a patron, whichever way in', async () => {
    const [didrik, elsa] = [await inEnglish('didrik'), await inEnglish('elsa')]
    const { patronId } = await patronOf(elsa)
    expect((await find(didrik, `koha:${patronId}`)).text).toContain(`1 session of koha:${patronId}`)
  })

  it('of everybody, their own too; only when they say that they are sure', async () => {
    const [didrik, elsa] = [await inEnglish('didrik'), await inEnglish('elsa')]
    const endAll = (...more: [string, string][]) =>
      didrik.post('/operations/sessions/end-all', [['reason', 'cookies in a log'], ...more])
    expect([(await endAll()).status, await isIn(elsa)]).toEqual([422, true])
    expect((await endAll(['sure', 'yes'])).location).toBe('/?signed-out')
    expect([await isIn(didrik), await isIn(elsa)]).toEqual([false, false])
    const last = (await auditHead(kvitt.town.context.db))?.id ?? 0
    expect(await auditAfter(kvitt.town.context.db, last - 1, 1)).toMatchObject([
      { subject: 'sessions of everybody', after: { sessions: 2 } },
    ])
  })

  it('who are really operators, and proved it lately', async () => {
    const [elsa, rut, didrik] = [await inEnglish('elsa'), await inEnglish('rut'), await inEnglish('didrik')]
    expect((await find(elsa, 'bengt@demo.kvitt.example')).status).toBe(403)
    expect((await find(rut, 'elsa@demo.kvitt.example')).status).toBe(403)
    expect((await rut.get('/operations/sessions')).text).toContain('You can read here')
    await remember(didrik, { signedInAt: new Date(Date.now() - 3600_000).toISOString() })
    expect((await find(didrik, 'elsa@demo.kvitt.example')).text).toContain('Show that it is you')
  })

  it('who mistype are told so, and nothing typed is a tag of ours (ASVS V1.2.1)', async () => {
    const didrik = await inEnglish('didrik')
    expect((await find(didrik, ' ')).status).toBe(422)
    const odd = await find(didrik, '"><script>alert(1)</script>')
    expect(odd.status).toBe(200)
    expect(odd.html).not.toContain('<script>alert')
    expect(odd.text).toContain('Nobody is signed in as')
  })
})

async function patronOf(visitor: Visitor): Promise<{ patronId: number }> {
  const [row] = await kvitt.town.context.db.query<{ patronId: number }>(
    `select (sess #>> '{passport,user,patronId}')::int as "patronId" from session where sid = $1`,
    [sid(visitor)],
  )
  return row ?? { patronId: 0 }
}
