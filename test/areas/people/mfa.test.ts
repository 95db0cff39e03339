import { describe, expect, it } from 'vitest'
import { isForEverybody, type MfaSettings, wantsMfa, withheldRoles } from '../../../src/areas/people/mfa.ts'
import { areas } from '../../../src/areas.ts'
import { type Role, roles } from '../../../src/base/role.ts'
import { placesOf } from '../../../src/service/places.ts'
import { createGate } from '../../../src/web/place.ts'

const gate = createGate(placesOf(areas))
const all = roles.filter((role) => role !== 'borrower')
const off: MfaSettings = { enabled: false, roles: all, everybody: true }
const staff: MfaSettings = { enabled: true, roles: all, everybody: false }
const some: MfaSettings = { enabled: true, roles: ['approver', 'operator'], everybody: false }
const everybody: MfaSettings = { enabled: true, roles: [], everybody: true }

describe('roles that want a second factor (ASVS V6.3.3)', () => {
  it.each<[string, Role[], boolean, MfaSettings, Role[]]>([
    ['none while it is off', ['borrower', 'operator'], false, off, []],
    ['none with the proof', ['borrower', 'operator'], true, staff, []],
    ['all of staff', ['borrower', 'economy', 'auditor'], false, staff, ['economy', 'auditor']],
    ['those of the settings', ['borrower', 'economy', 'approver'], false, some, ['approver']],
    ['never the borrower', ['borrower'], false, staff, []],
  ])('%s', (_what, given, proved, mfa, withheld) => {
    expect(withheldRoles(given, proved, mfa)).toEqual(withheld)
  })
})

describe('a sign-in that leads to a page', () => {
  it.each<[string, MfaSettings, boolean]>([
    ['/fees', staff, false],
    ['/', staff, false],
    ['/nowhere', staff, false],
    ['/desk/patrons/12', staff, true],
    ['/ECONOMY/', staff, true],
    ['/economy', some, false],
    ['/operations', some, false],
    ['/operations', { ...some, roles: ['operator', 'auditor'] }, true],
    ['/operations', off, false],
    ['/fees', everybody, true],
  ])('%s', (path, mfa, wanted) => {
    expect(wantsMfa(gate.placeOf(path)?.visitors, mfa)).toBe(wanted)
  })

  it('is for everybody only where the settings say so and it is on', () => {
    expect([off, staff, everybody].map(isForEverybody)).toEqual([false, false, true])
  })
})
