import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startSandboxCards } from '../../../sandbox/cards/server.ts'
import { startSandboxIdp } from '../../../sandbox/idp/sandbox-idp.ts'
import { cast } from '../../../sandbox/koha/cast.ts'
import { startSandboxKoha } from '../../../sandbox/koha/sandbox-koha.ts'
import { startSandboxMailbox } from '../../../sandbox/mailbox/sandbox-mailbox.ts'
import { type SandboxPanel, startSandboxPanel } from '../../../sandbox/panel/sandbox-panel.ts'
import { allWell, switches } from '../../../sandbox/switches/all-switches.ts'
import { neighbours, type Outside, type Switch } from '../../../sandbox/switches/switch.ts'

/** A person breaks the outside world on one page, sees what is broken, and makes all well again. */
describe('the control panel', () => {
  let outside: Outside
  let panel: SandboxPanel
  beforeAll(async () => {
    outside = {
      koha: await startSandboxKoha({ seed: cast }),
      cards: await startSandboxCards({
        port: 0,
        nets: { secretKey: 'nets' },
        stripe: { secretKey: 'stripe' },
      }),
      idp: await startSandboxIdp({ port: 0, serviceProviders: [] }),
      mailbox: await startSandboxMailbox(),
    }
    const places = { product: 'http://kvitt/', koha: 'http://k/', cards: 'http://c/', mailbox: 'http://m/' }
    panel = await startSandboxPanel(0, outside, places)
  })
  afterAll(async () => {
    const { koha, cards, idp, mailbox } = outside
    await Promise.all([panel, koha, cards, idp, mailbox].map((one) => one.stop()))
  })
  beforeEach(() => allWell(outside))

  const page = async () => (await fetch(panel.url)).text()
  const press = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(`${panel.url}${path}`, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers,
      redirect: 'manual',
    })
  const isOn = (name: string) =>
    Object.entries<Switch>(switches)
      .find(([one]) => one === name)?.[1]
      .isOn(outside)

  it('shows every switch with its neighbour, and that all is well', async () => {
    const text = await page()
    for (const name of Object.keys(switches)) expect(text).toContain(`>${name}</b>`)
    for (const neighbour of neighbours) expect(text).toContain(`<h2>${neighbour}</h2>`)
    expect(text).toContain('All is well')
    expect(text).not.toContain('aria-checked="true"')
  })

  it.each(Object.keys(switches))('switches on and off: %s', async (name) => {
    const pressed = await press('/switch', { name, to: 'on' })
    expect(pressed.status).toBe(303)
    expect(isOn(name)).toBe(true)
    const text = await page()
    expect(text).toContain(`1 broken: ${name}`)
    expect(text.match(/aria-checked="true"/g)).toHaveLength(1)
    await press('/switch', { name, to: 'off' })
    expect(isOn(name)).toBe(false)
    expect(await page()).toContain('All is well')
  })

  it('makes all well again, what was broken on the other pages too', async () => {
    for (const name of ['Koha 503', 'provider 429', 'webhook held', 'mail down', 'sign-in down'])
      await press('/switch', { name, to: 'on' })
    outside.koha.world.faults.add({ kind: '404', on: 'reads' })
    expect(await page()).toContain('5 broken')
    await press('/all-well', {})
    expect(await page()).toContain('All is well')
    expect(outside.koha.world.faults.active()).toEqual([])
    expect((await fetch(outside.idp.url, { redirect: 'manual' })).status).toBe(303)
  })

  it('is pressed twice as well as once', async () => {
    for (let times = 0; times < 2; times += 1) await press('/switch', { name: 'Koha 500', to: 'on' })
    expect(outside.koha.world.faults.active()).toHaveLength(1)
  })

  it('is not pressed by other sites, nor by forms that do not fit', async () => {
    const cross = await press('/switch', { name: 'Koha 500', to: 'on' }, { 'sec-fetch-site': 'cross-site' })
    expect(cross.status).toBe(403)
    for (const fields of [
      { name: 'no such', to: 'on' },
      { name: 'constructor', to: 'on' },
      { name: 'Koha 500' },
    ])
      expect((await press('/switch', fields as Record<string, string>)).status).toBe(422)
    expect(await page()).toContain('All is well')
  })
})
