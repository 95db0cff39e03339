import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createKoha } from '../../../src/outside/koha/koha.ts'
import { type KohaForTests, oauth, settingsFor, startKoha } from './koha-for-tests.ts'

describe('the key to Koha', () => {
  let now = new Date('2026-09-18T12:00:00Z')
  let outside: KohaForTests
  beforeEach(async () => {
    now = new Date('2026-09-18T12:00:00Z')
    outside = await startKoha({}, { now: () => now })
  })
  afterEach(() => outside.stop())

  const tokensAsked = () => outside.world.requests.filter(({ path }) => path === '/oauth/token').length

  it('fetches one token, however many ask at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => outside.koha.account(1)))
    expect(answers.every(({ ok }) => ok)).toBe(true)
    expect(tokensAsked()).toBe(1)
    await outside.koha.libraries()
    expect(tokensAsked()).toBe(1)
  })

  it('renews it shortly before its hour is over, so that no call meets an old one', async () => {
    await outside.koha.account(1)
    now = new Date(now.getTime() + 3_545_000)
    await outside.koha.account(1)
    now = new Date(now.getTime() + 3_590_000)
    await outside.koha.account(1)
    expect(tokensAsked()).toBe(3)
    expect(outside.world.requests.every(({ status }) => status === 200)).toBe(true)
  })

  it('renews once and repeats once when all who ask are refused together', async () => {
    await outside.koha.account(1)
    outside.world.faults.add({ kind: '401', on: 'reads', times: 1 })
    const answers = await Promise.all([
      outside.koha.account(1),
      outside.koha.account(15),
      outside.koha.libraries(),
    ])
    expect(answers.every(({ ok }) => ok)).toBe(true)
    expect(tokensAsked()).toBe(2)
  })

  it('gives up after one renewal', async () => {
    outside.world.faults.add({ kind: '401', on: 'reads' })
    expect(await outside.koha.account(1)).toEqual({
      ok: false,
      trouble: { kind: 'forbidden', message: 'Koha refuses the key (401)' },
    })
    expect(outside.world.requests.filter(({ method }) => method === 'GET')).toHaveLength(2)
  })

  it('tries again for a token after it could not have one', async () => {
    outside.world.faults.add({ kind: '500-before', on: 'all', times: 1 })
    expect(await outside.koha.account(1)).toMatchObject({ ok: false, trouble: { kind: 'broken' } })
    expect(await outside.koha.account(1)).toMatchObject({ ok: true })
  })

  it('tells a wrong client from a forbidden question', async () => {
    const auth = { ...oauth, clientSecret: 'no-such-secret' }
    const stranger = createKoha(settingsFor(outside.apiUrl, { auth }))
    expect(await stranger.account(1)).toEqual({
      ok: false,
      trouble: { kind: 'forbidden', message: 'Koha refuses the key, or the user and password (403)' },
    })
    outside.world.permissions.delete('borrowers')
    expect(await outside.koha.account(1)).toEqual({
      ok: false,
      trouble: {
        kind: 'forbidden',
        message:
          "Koha's API user lacks permission: borrowers:edit_borrowers and updatecharges:remaining_permissions (403)",
      },
    })
  })

  it('takes basic authentication as well', async () => {
    const { user, password } = outside.key
    const basic = (word: string) =>
      createKoha(settingsFor(outside.apiUrl, { auth: { kind: 'basic', user, password: word } }))
    expect(await basic(password).account(1)).toMatchObject({ ok: true })
    expect(tokensAsked()).toBe(0)
    expect(await basic('wrong').account(1)).toMatchObject({ trouble: { kind: 'forbidden' } })
    outside.world.preferences.RESTBasicAuth = false
    expect(await basic(password).account(1)).toMatchObject({ trouble: { kind: 'forbidden' } })
  })
})
