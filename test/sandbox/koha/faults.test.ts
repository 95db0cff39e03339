import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type AskableKoha, startAskable } from './asking.ts'

describe('faults of the sandbox', () => {
  let koha: AskableKoha
  beforeEach(async () => {
    koha = await startAskable()
  })
  afterEach(() => koha.stop())

  it('meets only the calls it is set for, and so many of them', async () => {
    koha.world.faults.add({ kind: '503', on: 'credits', times: 1 })
    expect((await koha.ask('/patrons/1')).status).toBe(200)
    expect((await koha.post('/patrons/1/account/credits', { amount: 1 })).status).toBe(503)
    expect((await koha.post('/patrons/1/account/credits', { amount: 1 })).status).toBe(201)
    expect(koha.world.faults.active()).toEqual([])
  })

  it('stays until it is cleared', async () => {
    koha.world.faults.add({ kind: '500-before', on: 'reads' })
    for (let call = 0; call < 3; call += 1) expect((await koha.ask('/libraries')).status).toBe(500)
    koha.world.faults.clear()
    expect((await koha.ask('/libraries')).status).toBe(200)
  })

  it('names the permission that a call would need', async () => {
    koha.world.faults.add({ kind: '403', on: 'reads', times: 1 })
    expect(await koha.ask('/patrons/1/account')).toMatchObject({
      status: 403,
      json: { required_permissions: { borrowers: 'edit_borrowers', updatecharges: 'remaining_permissions' } },
    })
  })

  it('remembers calls with what they were answered, cut ones with nothing', async () => {
    await koha.ask('/libraries?_per_page=1')
    koha.world.faults.add({ kind: 'down', on: 'all', times: 1 })
    await expect(koha.ask('/libraries')).rejects.toThrow()
    expect(koha.world.requests).toEqual([
      { method: 'GET', path: '/libraries', query: '?_per_page=1', status: 200 },
      { method: 'GET', path: '/libraries', query: '', status: null },
    ])
  })

  it('stops at once though somebody is kept waiting', async () => {
    koha.world.faults.add({ kind: 'slow', on: 'all', times: 1, milliseconds: 60_000 })
    const waiting = koha.ask('/libraries').catch(() => 'cut')
    await vi.waitFor(() => expect(koha.world.faults.active()).toEqual([]), { interval: 5 })
    await koha.stop()
    expect(await waiting).toBe('cut')
  })

  it('keeps keys apart from strangers', async () => {
    expect((await koha.ask('/libraries', { headers: { authorization: '' } })).status).toBe(401)
    expect((await koha.ask('/libraries', { headers: { authorization: 'Bearer x' } })).status).toBe(401)
    expect(
      (await koha.ask('/libraries', { headers: { authorization: `Basic ${btoa('a:b')}` } })).status,
    ).toBe(403)
    const token = (form: Record<string, string>) =>
      koha.ask('/oauth/token', { method: 'POST', body: new URLSearchParams(form) })
    expect((await token({ grant_type: 'password' })).status).toBe(400)
    expect((await token({ grant_type: 'client_credentials', client_id: 'x' })).status).toBe(403)
    const { clientId, clientSecret } = koha.key
    const good = await token({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
    })
    expect(good.json).toMatchObject({ token_type: 'Bearer', expires_in: 3600 })
  })
})
