import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ServiceProvider } from '../../../../sandbox/idp/authn-request.ts'
import { demoScope, type IdpPerson, released } from '../../../../sandbox/idp/people.ts'
import { type SandboxIdp, startSandboxIdp } from '../../../../sandbox/idp/sandbox-idp.ts'
import { auditAfter, auditHead } from '../../../../src/areas/audit/audit-store.ts'
import type { AttributeGrant } from '../../../../src/areas/people/roles.ts'
import { createTestDatabase, type TestDatabase } from '../../../support/database.ts'
import { samlSettings, samlWith } from '../../../support/saml-world.ts'
import { createBrowser, createSignInApp, demoMatch, patronOf, serve } from '../../../support/sign-in-app.ts'

const entitlement = 'urn:oid:1.3.6.1.4.1.5923.1.1.1.7'
const affiliation = 'urn:oid:1.3.6.1.4.1.5923.1.1.1.9'
const economist = 'urn:mace:demo.kvitt.example:kvitt:economy'

/** Nora's and Axel's roles come from the university's directory; Eva's from the list as well. */
function person(id: string, said: Record<string, string[]>): IdpPerson {
  const address = `${id}@${demoScope}`
  return {
    id,
    name: id,
    kind: 'staff',
    why: { sv: id, en: id },
    attributes: { ...released(address, id, address), ...said },
  }
}
const people = [
  person('nora', { [entitlement]: ['urn:mace:demo.kvitt.example:wifi', economist] }),
  person('eva', { [entitlement]: [economist] }),
  person('axel', {
    [affiliation]: [`employee@${demoScope}`, `library@${demoScope}`, 'library@other.example'],
  }),
  person('frank', {
    [affiliation]: ['library@other.example'],
    [entitlement]: [`${economist} `.toUpperCase()],
  }),
]
const rolesFrom: AttributeGrant[] = [
  { attribute: entitlement, value: economist, roles: ['economy'], libraries: [] },
  { attribute: affiliation, value: `library@${demoScope}`, roles: ['desk'], libraries: ['HUM'] },
  // A row that no identity provider of ours may fill: the scope is another's.
  { attribute: affiliation, value: 'library@other.example', roles: ['operator'], libraries: [] },
]

let database: TestDatabase
let idp: SandboxIdp
let site: { url: string; stop(): Promise<void> }
const serviceProviders: ServiceProvider[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  idp = await startSandboxIdp({ port: 0, serviceProviders, people })
  site = await serve((url) => {
    const changes = {
      entityId: `${url}/saml/metadata`,
      idp: { entityId: idp.entityId, signOnUrl: idp.signOnUrl, certificates: [idp.certificate] },
    }
    const identityProvider = samlWith(
      { ...samlSettings, ...changes },
      { baseUrl: url, match: demoMatch, rolesFrom },
    )
    return createSignInApp({
      db: database.db,
      baseUrl: url,
      identityProvider,
      staff: [{ id: `eva@${demoScope}`, roles: ['economy', 'approver'], libraries: [] }],
      rolesFrom,
      findPatrons: async (key) => ({ ok: true, value: [patronOf(7, key.value)] }),
    }).app
  })
  serviceProviders.push({ entityId: `${site.url}/saml/metadata`, acsUrl: `${site.url}/saml/acs` })
})
afterAll(async () => {
  await Promise.all([site?.stop(), idp?.stop()])
  await database?.drop()
})

async function signInAs(id: string) {
  const browser = createBrowser(site.url)
  const start = await browser.get('/sign-in?to=/fees')
  const query = new URL(start.headers.get('location') ?? '').search.slice(1)
  const form = await fetch(idp.signOnUrl, {
    method: 'POST',
    body: new URLSearchParams({ query, person: id }),
  })
  const SAMLResponse = /name="SAMLResponse" value="([^"]+)"/.exec(await form.text())?.[1] ?? ''
  expect((await browser.post('/saml/acs', { SAMLResponse })).status).toBe(303)
  return browser
}
const rolesIn = async (browser: Awaited<ReturnType<typeof signInAs>>) =>
  ((await (await browser.get('/fees')).json()) as { roles: string[] }).roles

describe('roles out of attributes', () => {
  it('come with the sign-in: an entitlement among several, an affiliation in our scope (ASVS V8.3.1)', async () => {
    expect(await rolesIn(await signInAs('nora'))).toEqual(['borrower', 'economy'])
    expect(await rolesIn(await signInAs('axel'))).toEqual(['borrower', 'desk'])
  })

  it("come from no other university's scope, and from no value that is only alike (ASVS V6.8.1)", async () => {
    expect(await rolesIn(await signInAs('frank'))).toEqual(['borrower'])
  })

  it('add to the list', async () => {
    expect(await rolesIn(await signInAs('eva'))).toEqual(['borrower', 'economy', 'approver'])
  })

  it('are gone at the next click when the settings no longer give them (ASVS V8.3.2)', async () => {
    const nora = await signInAs('nora')
    expect((await nora.get('/economy')).status).toBe(200)
    const [row] = rolesFrom.splice(0, 1)
    expect((await nora.get('/economy')).status).toBe(403)
    if (row) rolesFrom.unshift(row)
    expect((await nora.get('/economy')).status).toBe(200)
  })

  it('are told in the trail with the way that they came by', async () => {
    const before = (await auditHead(database.db))?.id ?? 0
    await signInAs('nora')
    await signInAs('eva')
    const facts = (await auditAfter(database.db, before, 10)).map(({ who, after }) => [who, after])
    expect(facts).toEqual([
      [
        'nora@demo.kvitt.example',
        { roles: 'economy', byList: null, byAttribute: 'economy', mfa: false, idp: idp.entityId },
      ],
      [
        'eva@demo.kvitt.example',
        {
          roles: 'economy approver',
          byList: 'economy approver',
          byAttribute: 'economy',
          mfa: false,
          idp: idp.entityId,
        },
      ],
    ])
  })

  it('leave nothing else of the attributes in the session', async () => {
    await signInAs('nora')
    const rows = await database.db.query<{ sess: object }>('select sess from session')
    const text = JSON.stringify(rows)
    expect(text).toContain(economist)
    expect(text).not.toContain(':wifi')
    expect(text).not.toContain('employee@')
  })
})
