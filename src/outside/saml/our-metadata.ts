import { inEachLanguage, languages, type Texts } from '../../base/language.ts'
import { asPem, bareBase64 } from './pem.ts'
import type { SamlTools } from './settings.ts'

const SAML2 = 'urn:oasis:names:tc:SAML:2.0'

const namespaces = {
  xmlns: `${SAML2}:metadata`,
  'xmlns:ds': 'http://www.w3.org/2000/09/xmldsig#',
  'xmlns:mdui': 'urn:oasis:names:tc:SAML:metadata:ui',
  'xmlns:mdattr': 'urn:oasis:names:tc:SAML:metadata:attribute',
  'xmlns:saml': `${SAML2}:assertion`,
}

/** What an identity provider may encrypt to us with, best first: GCM, and OAEP for the key. */
const encryptions = [
  'http://www.w3.org/2009/xmlenc11#aes256-gcm',
  'http://www.w3.org/2009/xmlenc11#aes128-gcm',
  'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p',
]

/** Names of the attributes that have a known short name: federations list them by it. */
const friendly: Record<string, string> = {
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.6': 'eduPersonPrincipalName',
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.9': 'eduPersonScopedAffiliation',
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.7': 'eduPersonEntitlement',
  'urn:oid:1.3.6.1.4.1.5923.1.5.1.1': 'isMemberOf',
  'urn:oid:2.16.840.1.113730.3.1.241': 'displayName',
  'urn:oid:0.9.2342.19200300.100.1.3': 'mail',
  'urn:oid:1.3.6.1.4.1.2428.90.1.5': 'norEduPersonNIN',
  'urn:oid:1.2.752.29.4.13': 'personalIdentityNumber',
  'urn:oasis:names:tc:SAML:attribute:subject-id': 'subject-id',
  'urn:oasis:names:tc:SAML:attribute:pairwise-id': 'pairwise-id',
}

/**
 * Our metadata as a federation wants it registered (SWAMID; the library's own writer knows one encryption key and none of
 * the rest): keys for signing and encryption, the address for responses, transient names, the attributes that we need and
 * nothing beyond them, and in Swedish and English who we are. No logout service: there is none.
 */
export function ourMetadata(tools: SamlTools, acsUrl: string): string {
  const { settings, about } = tools
  const { name, university, email, website } = about.library
  const entity = element('EntityDescriptor', { ...namespaces, entityID: settings.entityId }, [
    categories(settings.entityCategories),
    serviceProvider(tools, acsUrl),
    element('Organization', {}, [
      inEach('OrganizationName', university),
      inEach('OrganizationDisplayName', university),
      inEach(
        'OrganizationURL',
        inEachLanguage(() => website),
      ),
    ]),
    ...['technical', 'support'].map((contactType) =>
      element('ContactPerson', { contactType }, [
        element('Company', {}, [text(name[languages[0]])]),
        element('EmailAddress', {}, [text(`mailto:${email}`)]),
      ]),
    ),
  ])
  return `<?xml version="1.0" encoding="UTF-8"?>\n${entity}\n`
}

function serviceProvider(tools: SamlTools, acsUrl: string): string {
  const { settings, about, baseUrl } = tools
  const { name } = about.library
  const title: Texts<string> = { sv: `Betala avgifter, ${name.sv}`, en: `Pay fees, ${name.en}` }
  const attributes = {
    AuthnRequestsSigned: String(settings.certificates.length > 0),
    WantAssertionsSigned: String(settings.assertionSigned),
    protocolSupportEnumeration: `${SAML2}:protocol`,
  }
  return element('SPSSODescriptor', attributes, [
    element('Extensions', {}, [
      element('mdui:UIInfo', {}, [
        inEach('mdui:DisplayName', title),
        inEach('mdui:Description', {
          sv: 'Här ser och betalar låntagare sina biblioteksavgifter.',
          en: 'Borrowers see and pay their library fees here.',
        }),
        inEach(
          'mdui:InformationURL',
          inEachLanguage(() => `${baseUrl}/`),
        ),
        inEach(
          'mdui:PrivacyStatementURL',
          inEachLanguage(() => `${baseUrl}/privacy`),
        ),
      ]),
    ]),
    ...settings.certificates.flatMap((pem) => [
      keyDescriptor(pem, 'signing'),
      // Only behind a signed response do we decrypt.
      ...(settings.responseSigned ? [keyDescriptor(pem, 'encryption')] : []),
    ]),
    element('NameIDFormat', {}, [text(`${SAML2}:nameid-format:transient`)]),
    element('AssertionConsumerService', {
      Binding: `${SAML2}:bindings:HTTP-POST`,
      Location: acsUrl,
      index: '0',
      isDefault: 'true',
    }),
    element('AttributeConsumingService', { index: '0', isDefault: 'true' }, [
      inEach('ServiceName', title),
      ...requestedAttributes(tools),
    ]),
  ])
}

function keyDescriptor(pem: string, use: 'signing' | 'encryption'): string {
  const certificate = element('ds:X509Certificate', {}, [text(bareBase64(asPem(pem)))])
  return element('KeyDescriptor', { use }, [
    element('ds:KeyInfo', {}, [element('ds:X509Data', {}, [certificate])]),
    ...(use === 'encryption'
      ? encryptions.map((Algorithm) => element('EncryptionMethod', { Algorithm }))
      : []),
  ])
}

/**
 * The identifier is required; what finds the patron too, when it is the only way; name, address and what gives roles are
 * asked for.
 */
function requestedAttributes({ settings, match, rolesFrom }: SamlTools): string[] {
  const { idAttribute, nameAttribute, emailAttribute } = settings
  const giving = rolesFrom.map(({ attribute }) => attribute)
  const names = new Set([
    idAttribute,
    ...match.map(({ from }) => from),
    nameAttribute,
    emailAttribute,
    ...giving,
  ])
  const needed = new Set([idAttribute, ...(match.length === 1 ? match.map(({ from }) => from) : [])])
  return [...names].map((Name) =>
    element('RequestedAttribute', {
      Name,
      NameFormat: `${SAML2}:attrname-format:uri`,
      FriendlyName: friendly[Name],
      isRequired: String(needed.has(Name)),
    }),
  )
}

function categories(values: string[]): string {
  if (values.length === 0) return ''
  const attributes = {
    Name: 'http://macedir.org/entity-category',
    NameFormat: `${SAML2}:attrname-format:uri`,
  }
  const inside = values.map((value) => element('saml:AttributeValue', {}, [text(value)]))
  return element('Extensions', {}, [
    element('mdattr:EntityAttributes', {}, [element('saml:Attribute', attributes, inside)]),
  ])
}

function inEach(name: string, words: Texts<string>): string {
  return languages
    .map((language) => element(name, { 'xml:lang': language }, [text(words[language])]))
    .join('')
}

function element(
  name: string,
  attributes: Record<string, string | undefined>,
  inside: string[] = [],
): string {
  const written = Object.entries(attributes).map(([key, value]) =>
    value === undefined ? '' : ` ${key}="${text(value)}"`,
  )
  return `<${name}${written.join('')}${inside.length === 0 ? '/>' : `>${inside.join('')}</${name}>`}`
}

const replacements: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function text(value: string): string {
  return value.replace(/[&<>"]/g, (letter) => replacements[letter] ?? '')
}
