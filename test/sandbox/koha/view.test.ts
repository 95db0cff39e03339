import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cast } from '../../../sandbox/koha/cast.ts'
import { type AskableKoha, startAskable } from './asking.ts'

describe("the sandbox Koha's pages", () => {
  let koha: AskableKoha
  beforeEach(async () => {
    koha = await startAskable({ seed: cast })
  })
  afterEach(() => koha.stop())

  const page = async (path: string) => (await fetch(koha.url + path)).text()
  const press = (path: string, form: Record<string, string> = {}, headers: Record<string, string> = {}) =>
    fetch(koha.url + path, { method: 'POST', body: new URLSearchParams(form), headers, redirect: 'manual' })

  it('list everybody, and show an account with its titles and restriction', async () => {
    const all = await page('/')
    for (const { surname } of cast.patrons.filter(({ id }) => id !== 116)) expect(all).toContain(surname)
    const elsa = await page('/patrons/101')
    expect(elsa).toContain('886.00 kr')
    expect(elsa).toContain('Campbell biology')
    expect(elsa).toContain('Restricted: FEES')
    expect((await fetch(`${koha.url}/patrons/4711`)).status).toBe(404)
  })

  it('escape hostile titles and names', async () => {
    const tove = await page('/patrons/116')
    expect(tove).not.toContain('<img')
    expect(tove).not.toContain('<Tabell>')
    expect(tove).toContain('&#60;img src=x')
  })

  it('say what a credit paid', async () => {
    const { id } = koha.world.payAtDesk({ patronId: 101 })
    const elsa = await page('/patrons/101')
    expect(elsa).toMatch(
      new RegExp(`<td>${id}</td>[^]*LOST: 526.00 kr[^]*PROCESSING: 200.00 kr[^]*OVERDUE: 160.00 kr`),
    )
    expect(elsa).not.toContain('Restricted')
    expect(await page('/patrons/107')).toContain('450.00 kr unused')
  })

  it('do what a desk does', async () => {
    expect(
      (
        await press('/patrons/102/charge', {
          type: 'LOST',
          amount: '99,50',
          library: 'EKO',
          description: 'x',
        })
      ).status,
    ).toBe(303)
    expect(koha.world.owes(102)).toBe(99.5)
    const [debit] = koha.world.debitsOf(102)
    await press('/patrons/102/change', { debit: String(debit?.id), amount: '50' })
    expect(koha.world.owes(102)).toBe(50)
    await press('/patrons/102/pay', { debit: String(debit?.id) })
    expect(koha.world.owes(102)).toBe(0)
    await press('/patrons/101/return', { item: '601' })
    expect(koha.world.owes(101)).toBe(360)
    await press('/patrons/102/restrict', { type: 'MANUAL', comment: 'noise' })
    expect(koha.world.patron('amir').restrictions).toHaveLength(1)
    await press('/patrons/102/lift', { type: 'MANUAL' })
    expect(koha.world.patron('amir').restrictions).toEqual([])
    await press('/fines-job')
    expect(koha.world.owes(105)).toBe(130)
  })

  it.each([
    ['/patrons/102/charge', { type: 'LOST', amount: '-1' }],
    ['/patrons/102/charge', { type: '<b>', amount: '1' }],
    ['/patrons/102/pay', {}],
    ['/patrons/102/pay', { debit: '1003' }],
    ['/patrons/102/change', { debit: '1003', amount: '1' }],
    ['/patrons/4711/restrict', {}],
    ['/faults', { kind: 'constructor', on: 'all' }],
    ['/faults', { kind: 'down', on: 'sometimes' }],
  ])('answer 400 to %s with %j, and change nothing', async (path, form) => {
    const before = JSON.stringify([...koha.world.tables.lines.values()])
    expect((await press(path, form as Record<string, string>)).status).toBe(400)
    expect(JSON.stringify([...koha.world.tables.lines.values()])).toBe(before)
  })

  it('switch faults on and off, and go on working meanwhile', async () => {
    await press('/faults', { kind: 'down', on: 'all', times: '', seconds: '' })
    await expect(koha.ask('/libraries')).rejects.toThrow()
    expect(await page('/')).toContain('misbehaves on purpose')
    await press('/faults/clear')
    expect((await koha.ask('/libraries')).status).toBe(200)
  })

  it('let no other site press their buttons, and run no script', async () => {
    const answer = await press('/faults', { kind: 'down', on: 'all' }, { 'sec-fetch-site': 'cross-site' })
    expect(answer.status).toBe(403)
    expect(koha.world.faults.active()).toEqual([])
    const headers = (await fetch(koha.url)).headers
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect((await fetch(`${koha.url}/koha.css`)).headers.get('content-type')).toContain('text/css')
  })
})
