import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express, { type RequestHandler } from 'express'
import { allWell, isSwitch, switches } from '../switches/all-switches.ts'
import type { Outside, Switch } from '../switches/switch.ts'
import { letSixPay } from '../visitor/six-payers.ts'
import type { Payer } from './money-view.ts'
import { anchorOf, type Places, panelPage } from './panel-page.ts'

export interface SandboxPanel {
  /** The page with all the switches. */
  url: string
  stop(): Promise<void>
}

/** One page on loopback from which a person breaks everything around the product, lets people pay, and mends it again. */
export async function startSandboxPanel(
  port: number,
  outside: Outside,
  places: Places,
): Promise<SandboxPanel> {
  const server = createServer(panelApp(outside, places))
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function panelApp(outside: Outside, places: Places): express.Express {
  const app = express().disable('x-powered-by').disable('etag')
  app.use(guard, express.urlencoded({ extended: false, limit: '10kb' }))
  let latest: Payer[] = []
  app.get('/', (_request, response) => void response.send(panelPage(outside, places, latest)))
  app.post('/six-pay', async (_request, response) => {
    latest = await letSixPay(places.product, outside.koha.world)
    response.redirect(303, '/#money')
  })
  app.post('/switch', async (request, response) => {
    const { name, to } = (request.body ?? {}) as Record<string, unknown>
    if (typeof name !== 'string' || !isSwitch(name) || (to !== 'on' && to !== 'off')) {
      response.status(422).type('text').send('There is no such switch.')
      return
    }
    await turn(switches[name], to, outside)
    response.redirect(303, `/#${anchorOf(name)}`)
  })
  app.post('/all-well', async (_request, response) => {
    await allWell(outside)
    response.redirect(303, '/')
  })
  return app
}

/** Pressed twice in two windows is the same as pressed once. */
async function turn(one: Switch, to: 'on' | 'off', outside: Outside): Promise<void> {
  if (one.isOn(outside) === (to === 'on')) return
  if (to === 'on') await one.turnOn(outside)
  else await one.turnOff(outside)
}

/** Another site must not press the switches; no script runs here. */
const guard: RequestHandler = (request, response, next) => {
  response.set({
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  })
  const cross = request.method === 'POST' && request.headers['sec-fetch-site'] === 'cross-site'
  if (cross) response.status(403).type('text').send('Not from another site.')
  else next()
}
