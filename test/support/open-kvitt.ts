import { createHmac, randomUUID } from 'node:crypto'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { demoSettings } from '../../sandbox/demo-settings.ts'
import type { Area } from '../../src/area.ts'
import { createWebhookDoor } from '../../src/areas/payments/pages/webhook-door.ts'
import { areas as allAreas } from '../../src/areas.ts'
import { createApp } from '../../src/service/app.ts'
import { startTown, type Town } from './town.ts'

/** The whole web of Kvitt on a port of its own, with the town around it, and people who are signed in already. */
export interface Kvitt {
  town: Town
  url: string
  /** A visitor who has signed in; without a userid one who has not. */
  visitor(userid?: string, more?: { language?: 'sv' | 'en' }): Promise<Visitor>
  stop(): Promise<void>
}

export interface Visitor {
  /** For a real browser. */
  cookies: { name: string; value: string }[]
  get(path: string, headers?: Record<string, string>): Promise<Page>
  /** Posts a form of the page, with its token. */
  post(path: string, fields: [string, string][], from?: Page): Promise<Page>
}

export interface Page {
  status: number
  /** Where it redirects to. */
  location: string | null
  headers: Headers
  html: string
  /** The text that a person reads, without tags, in one line. */
  text: string
}

export async function openKvitt(
  change: (settings: ReturnType<typeof demoSettings>) => object = (settings) => settings,
  areas: readonly Area[] = allAreas,
): Promise<Kvitt> {
  let listener: RequestListener = (_req, res) => res.writeHead(503).end()
  const server = createServer((req, res) => listener(req, res))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const town = await startTown((settings) =>
    change({ ...settings, service: { ...settings.service, baseUrl: url } }),
  )
  const door = createWebhookDoor(town.context)
  const app = createApp({ areas, ...town.wired, stopping: () => false })
  listener = (req, res) => {
    if (!door(req, res)) app(req, res)
  }
  return {
    town,
    url,
    visitor: async (userid, { language } = {}) => {
      const cookies = userid === undefined ? [] : [await signIn(town, userid)]
      if (language) cookies.push({ name: 'kvitt-language', value: language })
      return createVisitor(url, cookies)
    },
    stop: async () => {
      server.closeAllConnections()
      await new Promise<void>((done) => server.close(() => done()))
      await town.stop()
    },
  }
}

/** A session as the sign-in leaves it, written straight into its table: the sign-in itself has tests of its own. */
async function signIn(
  { context, koha, clock }: Town,
  userid: string,
): Promise<{ name: string; value: string }> {
  const patron = [...koha.world.tables.patrons.values()].find((one) => one.userid === userid)
  const id = `${userid}@demo.kvitt.example`
  const now = clock.now().getTime()
  const person = {
    identity: {
      id,
      name: patron ? `${patron.firstname} ${patron.surname}` : userid,
      email: id,
      attributes: {},
    },
    ...(patron ? { patronId: patron.id } : {}),
    mfa: true,
    signedInAt: new Date(now).toISOString(),
    endsAt: new Date(now + 8 * 3600_000).toISOString(),
  }
  const sid = randomUUID()
  const sess = { cookie: { originalMaxAge: 1_800_000, path: '/' }, passport: { user: person } }
  await context.db.query('insert into session (sid, sess, expire) values ($1, $2, $3)', [
    sid,
    JSON.stringify(sess),
    new Date(now + 3600_000),
  ])
  const [secret = ''] = context.config.service.sessionSecrets
  const signature = createHmac('sha256', secret).update(sid).digest('base64').replace(/=+$/, '')
  return { name: 'kvitt', value: encodeURIComponent(`s:${sid}.${signature}`) }
}

/** Throws when a page shows what a template was not given. Nobody in the cast is called so. */
function complete(path: string, text: string): void {
  const hole = /.{0,40}(?:\bundefined\b|\bNaN\b|\[object |Invalid Date|=>).{0,40}/.exec(text)
  if (hole) throw new Error(`${path} shows a hole: ${hole[0]}`)
}

function createVisitor(url: string, cookies: { name: string; value: string }[]): Visitor {
  const jar = new Map(cookies.map(({ name, value }) => [name, value]))
  const send = async (path: string, init: RequestInit): Promise<Page> => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { accept: 'text/html', cookie, ...init.headers }
    const response = await fetch(new URL(path, url), { ...init, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      jar.set(name, value)
    }
    const html = await response.text()
    const { status, headers: answered } = response
    if (answered.get('content-type')?.startsWith('text/html')) complete(path, textOf(html))
    return { status, location: answered.get('location'), headers: answered, html, text: textOf(html) }
  }
  const visitor: Visitor = {
    cookies,
    get: (path, headers = {}) => send(path, { headers }),
    post: async (path, fields, from) => {
      const token = tokenIn((from ?? (await visitor.get('/payments'))).html)
      return send(path, { method: 'POST', body: new URLSearchParams([['_csrf', token], ...fields]) })
    },
  }
  return visitor
}

function tokenIn(html: string): string {
  return /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? ''
}

function textOf(html: string): string {
  return html
    .replace(/<(script|style|noscript|head)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&#34;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
    .trim()
}
