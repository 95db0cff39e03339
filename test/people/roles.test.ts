import { describe, expect, it } from 'vitest'
import {
  deskLibrariesOf,
  guardedPrefixes,
  mayVisit,
  type Role,
  roles,
  rolesOf,
  type StaffGrant,
} from '../../src/people/roles.ts'

const staff: StaffGrant[] = [
  { id: 'dana@demo.kvitt.example', roles: ['desk'], libraries: ['HUM'] },
  { id: 'dag@demo.kvitt.example', roles: ['desk'], libraries: [] },
  { id: 'eva@demo.kvitt.example', roles: ['economy'], libraries: [] },
  { id: 'eva@demo.kvitt.example', roles: ['desk', 'approver'], libraries: ['EKO', 'KON'] },
  { id: 'rut@demo.kvitt.example', roles: ['auditor'], libraries: [] },
]

describe('roles of an identity', () => {
  it.each([
    ['elsa@demo.kvitt.example', ['borrower'], []],
    ['dana@demo.kvitt.example', ['borrower', 'desk'], ['HUM']],
    ['dag@demo.kvitt.example', ['borrower', 'desk'], 'all'],
    ['eva@demo.kvitt.example', ['borrower', 'desk', 'economy', 'approver'], ['EKO', 'KON']],
    ['rut@demo.kvitt.example', ['borrower', 'auditor'], []],
    ['DANA@demo.kvitt.example', ['borrower'], []],
    ['dana@other.example', ['borrower'], []],
    ['', ['borrower'], []],
  ])('%s: %j, desk at %j', (id, held, libraries) => {
    expect(rolesOf(id, staff)).toEqual(held)
    expect(deskLibrariesOf(id, staff)).toEqual(libraries)
  })
})

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

  it('has no prefix that another spelling could hide', () => {
    for (const prefix of guardedPrefixes) expect(prefix).toMatch(/^\/[a-z-]*$/)
  })
})
