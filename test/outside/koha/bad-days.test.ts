import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FaultKind } from '../../../sandbox/koha/faults.ts'
import type { Answer, Trouble } from '../../../src/base/answer.ts'
import { createKoha } from '../../../src/outside/koha/koha.ts'
import type { Koha } from '../../../src/outside/ports/koha.ts'
import { elsasCredit, type KohaForTests, settingsFor, startKoha } from './koha-for-tests.ts'
import { type RawKoha, startRawKoha } from './raw-koha.ts'

const questions: [string, (koha: Koha) => Promise<Answer<unknown>>][] = [
  ['findPatrons', (koha) => koha.findPatrons({ by: 'userid', value: 'elsa' })],
  ['patron', (koha) => koha.patron(1)],
  ['account', (koha) => koha.account(1)],
  ['items', (koha) => koha.items([10_001])],
  ['libraries', (koha) => koha.libraries()],
  ['creditsWithReference', (koha) => koha.creditsWithReference(1, 'KV-1')],
  ['tryOut', (koha) => koha.tryOut()],
]

const troubles: [FaultKind, Trouble['kind']][] = [
  ['down', 'unreachable'],
  ['cut-after', 'unreachable'],
  ['slow', 'timeout'],
  ['timeout-after', 'timeout'],
  ['500-before', 'broken'],
  ['500-after', 'broken'],
  ['503', 'broken'],
  ['html', 'nonsense'],
  ['401', 'forbidden'],
  ['403', 'forbidden'],
]

describe.each(questions)('when Koha lets us down, %s', (name, question) => {
  let outside: KohaForTests
  beforeEach(async () => {
    outside = await startKoha({ readSeconds: 10 })
  })
  afterEach(() => outside.stop())

  it.each(troubles)('answers the fault %s with %s, in words and without secrets', async (kind, expected) => {
    outside.world.faults.add({ kind, on: 'reads' })
    const settings = settingsFor(outside.apiUrl, { readSeconds: expected === 'timeout' ? 0.3 : 10 })
    const answer = await question(createKoha(settings))
    expect(answer).toMatchObject({ ok: false, trouble: { kind: expected } })
    const message = answer.ok ? '' : answer.trouble.message
    expect(message).toMatch(/Koha/)
    expect(message).not.toMatch(/secret|Bearer|elsa|KV-1|Sign in|127\.0\.0\.1/i)
  })

  it('says that a closed port cannot be reached, and works when it is open again', async () => {
    await outside.goDown()
    expect(await question(outside.koha)).toMatchObject({ ok: false, trouble: { kind: 'unreachable' } })
    await outside.comeUp()
    expect(await question(outside.koha)).toMatchObject({ ok: true })
  })

  it('takes a 404 for trouble, except for a patron that is not there', async () => {
    outside.world.faults.add({ kind: '404', on: 'reads' })
    const answer = await question(outside.koha)
    if (name === 'patron') expect(answer).toEqual({ ok: true, value: undefined })
    else expect(answer).toMatchObject({ ok: false, trouble: { kind: 'refused' } })
  })
})

describe('when something that is no Koha answers', () => {
  let raw: RawKoha
  beforeEach(async () => {
    raw = await startRawKoha()
  })
  afterEach(() => raw.stop())

  it.each([301, 302, 307, 308])('follows no redirect (%i), and takes nothing for booked', async (status) => {
    raw.answerWith((_, response) => response.writeHead(status, { location: '/elsewhere' }).end())
    expect(await raw.koha.account(1)).toMatchObject({ trouble: { kind: 'nonsense' } })
    expect(await raw.koha.postCredit(elsasCredit())).toMatchObject({ kind: 'unknown' })
    expect(raw.seen).toHaveLength(2)
  })

  it.each([400, 401, 403, 404, 409, 429, 502])(
    'does not know whether a proxy that says %i let it through',
    async (status) => {
      raw.answerWith((_, response) =>
        response.writeHead(status, { 'content-type': 'text/html' }).end('<h1>no</h1>'),
      )
      expect(await raw.koha.postCredit(elsasCredit())).toMatchObject({ kind: 'unknown' })
      expect(await raw.koha.patron(1)).toMatchObject({ ok: false })
      expect(raw.seen).toHaveLength(2)
    },
  )

  it.each([
    ['null', null],
    ['an empty object', {}],
    ['only the number, as before 21.05', { account_line_id: 7 }],
    ['another amount', { account_line_id: 7, amount: -885.99, amount_outstanding: 0 }],
    ['a positive amount', { account_line_id: 7, amount: 886, amount_outstanding: 0 }],
    ['an amount as text', { account_line_id: 7, amount: '-886', amount_outstanding: '0' }],
    ['no number', { account_line_id: null, amount: -886, amount_outstanding: 0 }],
  ])('does not know what 201 with %s means', async (_what, json) => {
    raw.answerJson(201, json)
    expect(await raw.koha.postCredit(elsasCredit())).toMatchObject({
      kind: 'unknown',
      trouble: { kind: 'nonsense' },
    })
  })

  it.each([204, 202, 206, 299])('does not know what %i means', async (status) => {
    raw.answerWith((_, response) => response.writeHead(status).end())
    expect(await raw.koha.postCredit(elsasCredit())).toMatchObject({ kind: 'unknown' })
  })

  it('tells where a refused request was wrong, and nothing that it held', async () => {
    raw.answerJson(400, { errors: [{ path: '/body/amount', message: 'elsa is not a number' }], status: 400 })
    expect(await raw.koha.postCredit(elsasCredit())).toEqual({
      kind: 'refused',
      trouble: { kind: 'refused', message: 'Koha refuses the question (400, /body/amount)' },
    })
  })

  it('calls half an answer cut, and JSON that does not end nonsense', async () => {
    raw.answerWith((_, response) => {
      response.writeHead(200, { 'content-length': '500' })
      response.write('{"balance":', () => response.destroy())
    })
    expect(await raw.koha.account(1)).toMatchObject({ trouble: { kind: 'unreachable' } })
    expect(await raw.koha.postCredit(elsasCredit())).toMatchObject({ kind: 'unknown' })
    raw.answerWith((_, response) => response.end('{"balance":'))
    expect(await raw.koha.account(1)).toMatchObject({ trouble: { kind: 'nonsense' } })
  })

  it('does not wait for an answer that drips', async () => {
    const dripping: NodeJS.Timeout[] = []
    const hasty = await startRawKoha(0.3)
    hasty.answerWith((_, response) => {
      dripping.push(setInterval(() => response.write(' '), 20))
    })
    const [read, write] = await Promise.all([hasty.koha.account(1), hasty.koha.postCredit(elsasCredit())])
    for (const timer of dripping) clearInterval(timer)
    await hasty.stop()
    expect(read).toMatchObject({ trouble: { kind: 'timeout' } })
    expect(write).toMatchObject({ kind: 'unknown', trouble: { kind: 'timeout' } })
  })

  it('reads no more than it can hold, packed or not', async () => {
    const large = Buffer.alloc(17 * 1024 * 1024, ' ')
    const packed = gzipSync(large)
    raw.answerWith((_, response) => response.end(large))
    const plain = await raw.koha.libraries()
    raw.answerWith((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed))
    const unpacked = await raw.koha.libraries()
    const tooLarge = { ok: false, trouble: { kind: 'nonsense', message: "Koha's answer is too large" } }
    expect([plain, unpacked]).toEqual([tooLarge, tooLarge])
  })

  it('refuses a patron who is another than the one asked for', async () => {
    raw.answerJson(200, { patron_id: 2, surname: 'X', library_id: 'HUM', category_id: 'S' })
    expect(await raw.koha.patron(1)).toMatchObject({ trouble: { kind: 'nonsense' } })
  })

  it('refuses attributes that Koha does not show', async () => {
    raw.answerJson(200, [{ patron_id: 2, surname: 'X', library_id: 'HUM', category_id: 'S' }])
    const key = { by: 'attribute', type: 'EPPN', value: 'x' } as const
    expect(await raw.koha.findPatrons(key)).toMatchObject({ trouble: { kind: 'nonsense' } })
  })
})

describe('an address that leads nowhere', () => {
  it('is told as not sent', async () => {
    const nowhere = createKoha(settingsFor('http://koha.invalid/api/v1'))
    expect(await nowhere.postCredit(elsasCredit())).toMatchObject({ kind: 'not-sent' })
  })

  it('asks no proxy that the environment names', async () => {
    const before = process.env.http_proxy
    process.env.http_proxy = 'http://127.0.0.1:1'
    const outside = await startKoha()
    try {
      expect(await outside.koha.account(1)).toMatchObject({ ok: true })
    } finally {
      await outside.stop()
      if (before === undefined) delete process.env.http_proxy
      else process.env.http_proxy = before
    }
  })
})

describe('when a kept connection breaks under a question', () => {
  it('asks once more on a fresh one', async () => {
    const outside = await startKoha()
    try {
      outside.world.faults.add({ kind: 'down', on: 'reads', times: 1 })
      expect(await outside.koha.account(1)).toMatchObject({ ok: true })
    } finally {
      await outside.stop()
    }
  })
})
