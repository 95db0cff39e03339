import { type Role, roles } from '../../base/role.ts'

/** What one row of the settings gives. */
interface Grant {
  roles: Exclude<Role, 'borrower'>[]
  /** Library codes for the desk; empty means all. */
  libraries: string[]
}

/** One row of people.staff: to the identity of this name. */
export interface StaffGrant extends Grant {
  id: string
}

/** One row of people.rolesFrom: to whom the identity provider says this of. */
export interface AttributeGrant extends Grant {
  attribute: string
  value: string
}

/** Where roles come from. Both sources add up; who stands in neither is a borrower. */
export interface RoleSources {
  staff: StaffGrant[]
  rolesFrom: AttributeGrant[]
}

/** Somebody as far as roles go: a name, and what a trusted identity provider said at sign-in, by attribute. */
export interface RoleHolder {
  id: string
  claims?: Record<string, string[]>
}

/** The roles of an identity. Read afresh on every request, so that a grant taken away is gone at the next click. */
export function rolesOf(holder: RoleHolder, { staff, rolesFrom }: RoleSources): Role[] {
  const granted = new Set<Role>(['borrower'])
  const grants: Grant[] = [...listedFor(holder, staff), ...claimedBy(holder, rolesFrom)]
  for (const grant of grants) for (const role of grant.roles) granted.add(role)
  return roles.filter((role) => granted.has(role))
}

/** The libraries whose desk an identity works at; `all`, or library codes. Empty for those who have no desk. */
export function deskLibrariesOf(holder: RoleHolder, { staff, rolesFrom }: RoleSources): 'all' | string[] {
  const grants: Grant[] = [...listedFor(holder, staff), ...claimedBy(holder, rolesFrom)]
  const desks = grants.filter((grant) => grant.roles.includes('desk'))
  if (desks.some((grant) => grant.libraries.length === 0)) return 'all'
  return [...new Set(desks.flatMap((grant) => grant.libraries))]
}

function listedFor(holder: RoleHolder, staff: StaffGrant[]): StaffGrant[] {
  const id = holder.id.normalize('NFC')
  return staff.filter((grant) => grant.id.normalize('NFC') === id)
}

/** The same characters and nothing cleverer: a pattern in a right is a hole that nobody sees. */
function claimedBy({ claims = {} }: RoleHolder, rolesFrom: AttributeGrant[]): AttributeGrant[] {
  return rolesFrom.filter(({ attribute, value }) => {
    const said = Object.hasOwn(claims, attribute) ? claims[attribute] : undefined
    return said?.includes(value.normalize('NFC')) ?? false
  })
}

/** Who may visit what. `everybody` needs no sign-in. */
type Visitors = 'everybody' | Role[]

/**
 * Pages by the first segments of their path; the longest match decides. What is not here, nobody may visit:
 * a new route must be entered before it answers.
 */
const visitors: Record<string, Visitors> = {
  '/': 'everybody',
  '/assets': 'everybody',
  '/sign-in': 'everybody',
  '/sign-out': 'everybody',
  '/saml': 'everybody',
  '/language': 'everybody',
  '/terms': 'everybody',
  '/privacy': 'everybody',
  '/accessibility': 'everybody',
  '/contact': 'everybody',
  '/webhooks': 'everybody',
  '/healthz': 'everybody',
  '/readyz': 'everybody',
  // Its own token or loopback guards it.
  '/metrics': 'everybody',
  '/fees': ['borrower'],
  '/payments': ['borrower'],
  '/sessions': ['borrower'],
  '/desk': ['desk', 'auditor'],
  '/economy': ['economy', 'approver', 'auditor'],
  '/operations': ['operator', 'auditor'],
  '/audit': ['auditor'],
}

/** The prefixes that have an entry, for the test that walks the router. */
export const guardedPrefixes = Object.keys(visitors)

export type Verdict = 'welcome' | 'sign-in-first' | 'forbidden' | 'unknown-route'

/** May someone with these roles (none: not signed in) make this request? The auditor reads all and changes nothing. */
export function mayVisit(held: Role[], { method, path }: { method: string; path: string }): Verdict {
  const allowed = visitorsOf(path)
  if (!allowed) return 'unknown-route'
  if (allowed === 'everybody') return 'welcome'
  if (held.length === 0) return 'sign-in-first'
  const reading = method === 'GET' || method === 'HEAD'
  return allowed.some((role) => held.includes(role) && (reading || role !== 'auditor'))
    ? 'welcome'
    : 'forbidden'
}

/** Who may visit a path; undefined where nobody may. */
export function visitorsOf(path: string): Visitors | undefined {
  if (path === '/') return visitors['/']
  // As Express routes: letter case and a closing slash make no difference, so they must make none here.
  const segments = path.toLowerCase().split('/').filter(Boolean)
  for (let length = segments.length; length > 0; length -= 1) {
    const prefix = `/${segments.slice(0, length).join('/')}`
    const found = Object.hasOwn(visitors, prefix) ? visitors[prefix] : undefined
    if (found) return found
  }
  return undefined
}
