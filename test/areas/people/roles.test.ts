import { describe, expect, it } from 'vitest'
import {
  type AttributeGrant,
  deskLibrariesOf,
  rolesOf,
  type StaffGrant,
} from '../../../src/areas/people/roles.ts'

const staff: StaffGrant[] = [
  { id: 'dana@demo.kvitt.example', roles: ['desk'], libraries: ['HUM'] },
  { id: 'dag@demo.kvitt.example', roles: ['desk'], libraries: [] },
  { id: 'eva@demo.kvitt.example', roles: ['economy'], libraries: [] },
  { id: 'eva@demo.kvitt.example', roles: ['desk', 'approver'], libraries: ['EKO', 'KON'] },
  { id: 'rut@demo.kvitt.example', roles: ['auditor'], libraries: [] },
]

const entitlement = 'urn:oid:1.3.6.1.4.1.5923.1.1.1.7'
const rolesFrom: AttributeGrant[] = [
  { attribute: entitlement, value: 'urn:mace:demo:kvitt:desk', roles: ['desk'], libraries: ['BIO'] },
  { attribute: entitlement, value: 'urn:mace:demo:kvitt:anslå', roles: ['approver'], libraries: [] },
  { attribute: 'memberOf', value: 'cn=kvitt', roles: ['operator'], libraries: [] },
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
    expect(rolesOf({ id }, { staff, rolesFrom })).toEqual(held)
    expect(deskLibrariesOf({ id }, { staff, rolesFrom })).toEqual(libraries)
  })

  it.each<[what: string, claims: Record<string, string[]>, held: string[], libraries: string[]]>([
    ['one value', { [entitlement]: ['urn:mace:demo:kvitt:desk'] }, ['borrower', 'desk'], ['BIO']],
    [
      'one of several',
      { [entitlement]: ['x', 'urn:mace:demo:kvitt:ansla\u030a'.normalize('NFC')] },
      ['borrower', 'approver'],
      [],
    ],
    [
      'two attributes',
      { [entitlement]: ['urn:mace:demo:kvitt:desk'], memberOf: ['cn=kvitt'] },
      ['borrower', 'desk', 'operator'],
      ['BIO'],
    ],
    ['another case', { [entitlement]: ['URN:mace:demo:kvitt:desk'] }, ['borrower'], []],
    ['a part of it', { [entitlement]: ['urn:mace:demo:kvitt'] }, ['borrower'], []],
    ['more than it', { [entitlement]: ['urn:mace:demo:kvitt:desk:x'] }, ['borrower'], []],
    ['a pattern', { [entitlement]: ['*', '.*'] }, ['borrower'], []],
    ['the value under another name', { mail: ['cn=kvitt'] }, ['borrower'], []],
    ['a name that every object has', { constructor: ['cn=kvitt'] }, ['borrower'], []],
    ['nothing', {}, ['borrower'], []],
  ])('by attributes: %s (ASVS V8.3.1)', (_what, claims, held, libraries) => {
    const holder = { id: 'elsa@demo.kvitt.example', claims }
    expect(rolesOf(holder, { staff, rolesFrom })).toEqual(held)
    expect(deskLibrariesOf(holder, { staff, rolesFrom })).toEqual(libraries)
    expect(rolesOf(holder, { staff, rolesFrom: [] })).toEqual(['borrower'])
  })

  it('from list and attributes add up, and so do the libraries', () => {
    const dana = {
      id: 'dana@demo.kvitt.example',
      claims: { [entitlement]: ['urn:mace:demo:kvitt:desk'], memberOf: ['cn=kvitt'] },
    }
    expect(rolesOf(dana, { staff, rolesFrom })).toEqual(['borrower', 'desk', 'operator'])
    expect(deskLibrariesOf(dana, { staff, rolesFrom })).toEqual(['HUM', 'BIO'])
  })
})
