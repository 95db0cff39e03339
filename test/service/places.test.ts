import { describe, expect, it } from 'vitest'
import { areas } from '../../src/areas.ts'
import { type Role, roles } from '../../src/base/role.ts'
import { placesOf } from '../../src/service/places.ts'
import { createGate } from '../../src/web/place.ts'

const { mayVisit } = createGate(placesOf(areas))

const visits: [path: string, welcome: Role[]][] = [
  ['/fees', ['borrower']],
  ['/payments/12/receipt', ['borrower']],
  ['/desk', ['desk', 'auditor']],
  ['/desk/patrons/1', ['desk', 'auditor']],
  ['/economy/batches/3/file.si', ['economy', 'approver', 'auditor']],
  ['/operations', ['operator', 'auditor']],
  ['/audit', ['auditor']],
]

describe('who may visit what', () => {
  it.each(visits)('%s', (path, welcome) => {
    for (const role of roles) {
      expect([role, mayVisit([role], { method: 'GET', path })]).toEqual([
        role,
        welcome.includes(role) ? 'welcome' : 'forbidden',
      ])
    }
    expect(mayVisit([], { method: 'GET', path })).toBe('sign-in-first')
  })

  it('lets the auditor read and change nothing', () => {
    for (const path of ['/desk/pay', '/economy/batches', '/operations/jobs', '/audit']) {
      expect(mayVisit(['auditor'], { method: 'GET', path })).toBe('welcome')
      expect(mayVisit(['auditor'], { method: 'HEAD', path })).toBe('welcome')
      for (const method of ['POST', 'PUT', 'DELETE', 'PATCH'])
        expect(mayVisit(['auditor'], { method, path })).toBe('forbidden')
    }
    expect(mayVisit(['borrower', 'auditor', 'economy'], { method: 'POST', path: '/economy/batches' })).toBe(
      'welcome',
    )
  })

  it('is open to everybody where nobody is signed in yet', () => {
    for (const path of ['/', '/sign-in', '/saml/acs', '/healthz', '/assets/kvitt.css', '/language']) {
      expect(mayVisit([], { method: 'GET', path })).toBe('welcome')
    }
  })

  it.each(['/admin', '/feesx', '/constructor', '/__proto__', '/.env', '/economyx/batches'])(
    'knows no %s, whatever the role',
    (path) => {
      expect(mayVisit([...roles], { method: 'GET', path })).toBe('unknown-route')
    },
  )

  it('reads paths as Express routes them: letter case and closing slash make no difference', () => {
    for (const path of ['/ECONOMY', '/Economy/', '/economy/']) {
      expect(mayVisit(['borrower'], { method: 'GET', path })).toBe('forbidden')
    }
  })

  it('belongs to one place alone', () => {
    const twice = [...placesOf(areas), { at: '/economy', visitors: 'everybody' as const }]
    expect(() => createGate(twice)).toThrow('Two places')
  })

  it('has no prefix that another spelling could hide', () => {
    for (const { at } of placesOf(areas)) expect(at).toMatch(/^\/(?:[a-z-]+(?:\/[a-z-]+)*)?$/)
  })
})
