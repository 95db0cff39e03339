import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areas } from '../../src/areas.ts'
import { createMetrics } from '../../src/base/metrics.ts'
import { type Role, roles } from '../../src/base/role.ts'
import { createApp } from '../../src/service/app.ts'
import { type Kvitt, openKvitt, type Visitor } from '../support/open-kvitt.ts'
import { addressOf, type FoundRoute, routesOf } from '../support/routes.ts'

/**
 * Who may use which route, written down a second time and by itself: the table of people/roles.ts is held to it by
 * walking the real router. A route that is not here fails, and so does one that is here and gone.
 */
const borrower: Role[] = ['borrower', 'desk', 'economy', 'approver', 'operator', 'auditor']
const everybody = 'everybody'
const table: Record<string, 'everybody' | Role[]> = {
  'GET /': everybody,
  'GET /assets/:name': everybody,
  'GET /healthz': everybody,
  'GET /readyz': everybody,
  'GET /metrics': everybody,
  'GET /sign-in': everybody,
  'POST /saml/acs': everybody,
  'GET /saml/metadata': everybody,
  'POST /sign-out': everybody,
  'POST /language': everybody,
  'GET /terms': everybody,
  'GET /privacy': everybody,
  'GET /accessibility': everybody,
  'GET /sign-in/card': everybody,
  'POST /sign-in/card': everybody,
  // Whoever signs in is a borrower too: those who work here also borrow.
  'GET /fees': borrower,
  'GET /fees/check': borrower,
  'GET /payments': borrower,
  'POST /payments': borrower,
  'GET /payments/:reference': borrower,
  'GET /payments/:reference/status': borrower,
  'GET /payments/:reference/return': borrower,
  'GET /payments/:reference/given-up': borrower,
  'POST /payments/:reference/cancel': borrower,
  'GET /payments/:reference/receipt.pdf': borrower,
  'POST /payments/:reference/receipt': borrower,
  'GET /sessions': borrower,
  'POST /sessions/end': borrower,
  'GET /desk': ['desk', 'auditor'],
  'POST /desk/find': ['desk'],
  'GET /desk/patrons/:id': ['desk', 'auditor'],
  'GET /desk/payments/:reference/receipt.pdf': ['desk', 'auditor'],
  'GET /economy': ['economy', 'approver', 'auditor'],
  'GET /economy/payments': ['economy', 'approver', 'auditor'],
  'GET /economy/payments.csv': ['economy', 'approver', 'auditor'],
  'GET /economy/payments/:reference': ['economy', 'approver', 'auditor'],
  'GET /economy/batches': ['economy', 'approver', 'auditor'],
  'GET /economy/batches/next': ['economy', 'approver', 'auditor'],
  'POST /economy/batches': ['economy', 'approver'],
  'GET /economy/batches/:number': ['economy', 'approver', 'auditor'],
  'GET /economy/batches/:number/files/:format': ['economy', 'approver', 'auditor'],
  'GET /economy/journals{/*rest}': ['economy', 'approver', 'auditor'],
  'GET /economy/parked': ['economy', 'approver', 'auditor'],
  'POST /economy/payments/:reference/refunds': ['economy', 'approver'],
  'POST /economy/payments/:reference/resolve': ['economy', 'approver'],
  'POST /economy/refunds/:refund/approve': ['approver'],
  'POST /economy/refunds/:refund/withdraw': ['economy', 'approver'],
  'GET /operations': ['operator', 'auditor'],
  'GET /operations/sessions': ['operator', 'auditor'],
  'POST /operations/sessions/find': ['operator'],
  'POST /operations/sessions/end': ['operator'],
  'POST /operations/sessions/end-all': ['operator'],
  'GET /audit': ['auditor'],
}

let kvitt: Kvitt
let found: FoundRoute[]
const visitors = new Map<string, { visitor: Visitor; token: string }>()

beforeAll(async () => {
  const staff = roles
    .filter((role) => role !== 'borrower')
    .map((role) => ({ id: `${role}@demo.kvitt.example`, roles: [role] }))
  kvitt = await openKvitt((settings) => ({
    ...settings,
    people: { ...settings.people, staff, kohaPassword: { enabled: true } },
    service: { ...settings.service, requestsPerMinute: 100_000 },
  }))
  found = routesOf(
    createApp({
      areas,
      ...kvitt.town.wired,
      metrics: createMetrics(() => new Date()),
      stopping: () => false,
    }),
  )
  for (const role of roles) {
    // Elsa has an account in Koha; those who are only here to work have none.
    const visitor = await kvitt.visitor(role === 'borrower' ? 'elsa' : role)
    const page = await visitor.get('/payments')
    visitors.set(role, { visitor, token: /name="_csrf" value="([^"]+)"/.exec(page.html)?.[1] ?? '' })
  }
})
afterAll(() => kvitt?.stop())

const keyOf = ({ method, path }: FoundRoute) => `${method} ${path}`

/** How a request by somebody is met, as far as the right to make it goes. */
async function verdict(
  { method, path }: FoundRoute,
  role: Role | undefined,
): Promise<'let in' | 'sign in' | 'kept out'> {
  const who = role && visitors.get(role)
  const cookie = who?.visitor.cookies.map(({ name, value }) => `${name}=${value}`).join('; ') ?? ''
  const answer = await fetch(`${kvitt.url}${addressOf(path)}`, {
    method,
    headers: { cookie, accept: 'application/json' },
    redirect: 'manual',
    ...(method === 'POST' ? { body: new URLSearchParams({ _csrf: who?.token ?? '' }) } : {}),
  })
  const { error } = (await answer.json().catch(() => ({}))) as { error?: string }
  if (answer.status === 401 || answer.headers.get('location')?.startsWith('/sign-in?')) return 'sign in'
  if (error === 'forbidden' || (role === undefined && error === 'form-expired')) return 'kept out'
  return 'let in'
}

describe('every route of the router (ASVS V8.2.1, V8.3.1)', () => {
  it('is in the table, and the table has no other', () => {
    const walked = [...new Set(found.map(keyOf))].sort()
    expect(walked).toEqual(Object.keys(table).sort())
  })

  it.each(roles)('lets %s in where the table says so, and nowhere else', async (role) => {
    const wrong: string[] = []
    for (const route of found) {
      // Signing out would end the session that the others need.
      if (keyOf(route) === 'POST /sign-out') continue
      const allowed = table[keyOf(route)]
      const expected = allowed === everybody || allowed?.includes(role) ? 'let in' : 'kept out'
      const met = await verdict(route, role)
      if (met !== expected) wrong.push(`${keyOf(route)}: ${met}`)
    }
    expect(wrong).toEqual([])
  })

  it('asks who comes without a session to sign in, and takes no form from them', async () => {
    const wrong: string[] = []
    for (const route of found) {
      const allowed = table[keyOf(route)]
      const met = await verdict(route, undefined)
      const fine = allowed === everybody ? met !== 'sign in' : met !== 'let in'
      if (!fine) wrong.push(`${keyOf(route)}: ${met}`)
    }
    expect(wrong).toEqual([])
  })

  it.each(['PUT', 'PATCH', 'DELETE', 'PROPFIND'])(
    'takes no %s from anybody (ASVS V4.1.4)',
    async (method) => {
      const cookie =
        visitors.get('auditor')?.visitor.cookies.map(({ name, value }) => `${name}=${value}`)[0] ?? ''
      for (const { path } of found) {
        const { status } = await fetch(`${kvitt.url}${addressOf(path)}`, { method, headers: { cookie } })
        expect([path, status >= 400 && status < 500]).toEqual([path, true])
      }
    },
  )

  it('that does not exist answers 404 or asks to sign in, never 500 (ASVS V13.4.1, V13.4.3)', async () => {
    for (const path of [
      '/admin',
      '/fees/x/y',
      '/economy/../audit',
      '/%2e%2e/etc/passwd',
      '/assets/',
      '/assets/..%2fpackage.json',
      '/.git/config',
      '/%00',
      '/%ff',
      '/a'.repeat(3000),
    ]) {
      for (const role of [undefined, 'economy'] as const) {
        const cookie = role
          ? (visitors.get(role)?.visitor.cookies.map(({ name, value }) => `${name}=${value}`)[0] ?? '')
          : ''
        const { status } = await fetch(`${kvitt.url}${path}`, { headers: { cookie }, redirect: 'manual' })
        expect([path, [303, 400, 403, 404].includes(status)]).toEqual([path, true])
      }
    }
  })
})
