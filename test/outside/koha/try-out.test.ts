import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createKoha } from '../../../src/outside/koha/koha.ts'
import { type KohaForTests, settingsFor, startKoha } from './koha-for-tests.ts'

describe('trying Koha out', () => {
  let outside: KohaForTests
  beforeEach(async () => {
    outside = await startKoha({ defaultLibrary: 'HUM' })
  })
  afterEach(() => outside.stop())

  it('says that all is well, and reads and changes nobody', async () => {
    expect(await outside.koha.tryOut()).toEqual({
      ok: true,
      value: 'Koha answers; 2 libraries; the key may read accounts and book credits',
    })
    expect(outside.world.requests.map(({ path }) => path)).toEqual([
      '/oauth/token',
      '/libraries',
      '/patrons',
      '/patrons/0/account',
    ])
    expect(outside.world.tables.offsets).toEqual([])
  })

  it.each([
    [['borrowers', 'updatecharges'], 'catalogue'],
    [['catalogue', 'updatecharges'], 'borrowers:edit_borrowers'],
    [['catalogue', 'borrowers'], 'updatecharges:remaining_permissions'],
    [['catalogue', 'borrowers:list_borrowers', 'updatecharges'], 'borrowers:edit_borrowers'],
  ])('with no more than %j names what is missing: %s', async (granted, missing) => {
    outside.world.permissions.clear()
    for (const permission of granted) outside.world.permissions.add(permission)
    expect(await outside.koha.tryOut()).toMatchObject({
      ok: false,
      trouble: { kind: 'forbidden', message: expect.stringContaining(missing) },
    })
  })

  it('is content with no more than is needed', async () => {
    outside.world.permissions.clear()
    for (const one of ['catalogue', 'borrowers:edit_borrowers', 'updatecharges:remaining_permissions']) {
      outside.world.permissions.add(one)
    }
    expect(await outside.koha.tryOut()).toMatchObject({ ok: true })
  })

  it('says when OAuth is switched off in Koha, and when the library does not exist', async () => {
    const wrong = createKoha(settingsFor(outside.apiUrl, { defaultLibrary: 'GUB' }))
    expect(await wrong.tryOut()).toMatchObject({
      trouble: { message: 'Koha has no library "GUB"; it has HUM, EKO' },
    })
    outside.world.preferences.RESTOAuth2ClientCredentials = false
    const late = createKoha(settingsFor(outside.apiUrl))
    expect(await late.tryOut()).toMatchObject({ ok: false, trouble: { kind: 'refused' } })
  })

  it('says that a web page is no Koha', async () => {
    const page = createKoha(settingsFor(outside.url))
    expect(await page.tryOut()).toMatchObject({ ok: false, trouble: { kind: 'nonsense' } })
  })
})
