import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeKeyAndCertificate } from '../../../sandbox/idp/self-signed.ts'
import { all, only, readXml, type XmlElement } from '../../../src/outside/saml/xml-element.ts'
import { about, acsUrl, baseUrl, samlWith, serviceProvider } from '../../support/saml-world.ts'

const ours = makeKeyAndCertificate('Kvitt 2026')
const next = makeKeyAndCertificate('Kvitt 2027')
const bare = (pem: string) => pem.replace(/-----[^-]+-----|\s/g, '')

const xml = samlWith({
  privateKeys: [ours.privateKey, next.privateKey],
  certificates: [ours.certificate, next.certificate],
  entityCategories: ['https://refeds.org/category/code-of-conduct/v2'],
}).metadata()
const entity = readXml(xml) as XmlElement
const service = only(entity, 'SPSSODescriptor') as XmlElement
const texts = (...path: string[]) =>
  all(service, ...path).map(({ attributes, text }) => `${attributes['xml:lang'] ?? ''} ${text}`.trim())

describe('our metadata, as SWAMID wants to register it', () => {
  it('says who we are and what we hold to', () => {
    expect(entity.attributes.entityID).toBe(serviceProvider)
    expect(service.attributes).toMatchObject({
      AuthnRequestsSigned: 'true',
      WantAssertionsSigned: 'true',
      protocolSupportEnumeration: 'urn:oasis:names:tc:SAML:2.0:protocol',
    })
    expect(texts('NameIDFormat')).toEqual(['urn:oasis:names:tc:SAML:2.0:nameid-format:transient'])
  })

  it('takes responses at one address, by post, and offers no logout service', () => {
    expect(all(service, 'AssertionConsumerService').map(({ attributes }) => attributes)).toEqual([
      {
        Binding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST',
        Location: acsUrl,
        index: '0',
        isDefault: 'true',
      },
    ])
    expect(xml).not.toContain('SingleLogoutService')
  })

  it('holds both certificates while keys roll over, for signing and for encryption, and never a private key', () => {
    const keys = all(service, 'KeyDescriptor').map((key) => [
      key.attributes.use,
      only(key, 'KeyInfo', 'X509Data', 'X509Certificate')?.text,
    ])
    expect(keys).toEqual([
      ['signing', bare(ours.certificate)],
      ['encryption', bare(ours.certificate)],
      ['signing', bare(next.certificate)],
      ['encryption', bare(next.certificate)],
    ])
    expect(xml).not.toContain(bare(ours.privateKey).slice(0, 40))
    const ciphers = all(service, 'KeyDescriptor', 'EncryptionMethod').map(
      ({ attributes }) => attributes.Algorithm,
    )
    expect(ciphers.join()).not.toMatch(/cbc|tripledes/)
  })

  it('is shown in Swedish and English, with pages about us and about privacy', () => {
    expect(texts('Extensions', 'UIInfo', 'DisplayName')).toEqual([
      'sv Betala avgifter, Demouniversitetets bibliotek',
      'en Pay fees, Demo University Library',
    ])
    expect(texts('Extensions', 'UIInfo', 'PrivacyStatementURL')).toEqual([
      `sv ${baseUrl}/privacy`,
      `en ${baseUrl}/privacy`,
    ])
    expect(all(entity, 'Organization', 'OrganizationName').map(({ text }) => text)).toEqual([
      'Demouniversitetet',
      'Demo University',
    ])
    expect(all(entity, 'ContactPerson').map(({ attributes }) => attributes.contactType)).toEqual([
      'technical',
      'support',
    ])
  })

  it('asks for the attributes that find a person, and for no others', () => {
    const asked = all(service, 'AttributeConsumingService', 'RequestedAttribute').map(({ attributes }) => [
      attributes.FriendlyName,
      attributes.isRequired,
    ])
    expect(asked).toEqual([
      ['eduPersonPrincipalName', 'true'],
      ['mail', 'false'],
      ['displayName', 'false'],
    ])
  })

  it('names its entity categories', () => {
    expect(only(entity, 'Extensions', 'EntityAttributes', 'Attribute', 'AttributeValue')?.text).toBe(
      'https://refeds.org/category/code-of-conduct/v2',
    )
  })

  it('stays XML whatever the library is called', () => {
    const name = { sv: `Å & Ö's "bibliotek" <b>`, en: '</md:Foo>' }
    const odd = samlWith({}, { about: { library: { ...about.library, name } } }).metadata()
    const company = all(readXml(odd) as XmlElement, 'ContactPerson', 'Company')[0]
    expect(company?.text).toBe(name.sv)
    expect(readXml(samlWith().metadata())?.attributes.entityID).toBe(serviceProvider)
  })
})

const schemas = '/usr/share/xml/opensaml'
const canValidate =
  existsSync(schemas) &&
  existsSync('/usr/share/xml/xmltooling') &&
  spawnSync('xmllint', ['--version']).status === 0
if (!canValidate)
  console.info(
    "SKIPPED: our metadata is not held against OASIS' schemas: install xmltooling-schemas, opensaml-schemas and libxml2-utils",
  )

describe.skipIf(!canValidate)("OASIS' schemas", () => {
  it.each([
    ['with all that it can hold', xml],
    ['with as little as it can hold', samlWith().metadata()],
  ])('find our metadata valid %s', (_what, document) => {
    const wrapper = [
      '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">',
      ...[
        ['urn:oasis:names:tc:SAML:2.0:metadata', `${schemas}/saml-schema-metadata-2.0.xsd`],
        ['urn:oasis:names:tc:SAML:metadata:ui', `${schemas}/sstc-saml-metadata-ui-v1.0.xsd`],
        ['urn:oasis:names:tc:SAML:metadata:attribute', `${schemas}/sstc-metadata-attr.xsd`],
      ].map(([namespace, file]) => `<xs:import namespace="${namespace}" schemaLocation="${file}"/>`),
      '</xs:schema>',
    ].join('')
    const outcome = validate(wrapper, document)
    expect(outcome).toContain('validates')
  })
})

/** Where the schemas look for each other, and where Debian keeps what they look for. */
const catalog = [
  '<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">',
  ...[
    [
      'http://www.w3.org/TR/2002/REC-xmldsig-core-20020212/xmldsig-core-schema.xsd',
      'xmldsig-core-schema.xsd',
    ],
    ['http://www.w3.org/TR/2002/REC-xmlenc-core-20021210/xenc-schema.xsd', 'xenc-schema.xsd'],
    ['http://www.w3.org/2001/xml.xsd', 'xml.xsd'],
  ].map(
    ([address, file]) => `<system systemId="${address}" uri="file:///usr/share/xml/xmltooling/${file}"/>`,
  ),
  '</catalog>',
].join('')

/** What xmllint says, with the schemas of the machine and nothing from the network. */
function validate(schema: string, document: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'kvitt-schema-'))
  const [schemaFile, catalogFile] = [join(folder, 'all.xsd'), join(folder, 'catalog.xml')]
  writeFileSync(schemaFile, schema)
  writeFileSync(catalogFile, catalog)
  const { stdout, stderr } = spawnSync('xmllint', ['--nonet', '--noout', '--schema', schemaFile, '-'], {
    input: document,
    env: { ...process.env, XML_CATALOG_FILES: catalogFile },
    encoding: 'utf8',
  })
  rmSync(folder, { recursive: true })
  return `${stdout}${stderr}`
}
