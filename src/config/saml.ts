import { createPrivateKey, X509Certificate } from 'node:crypto'
import { z } from 'zod'
import { certificate, isLongEnough, SHORT_KEY, secret, text, works } from '../base/setting-values.ts'
import { federation, oneIdp } from './saml-idps.ts'

const privateKey = secret
  .refine((pem) => works(() => createPrivateKey(pem)), 'is no private key that can be read (PEM)')
  .refine((pem) => !works(() => createPrivateKey(pem)) || isLongEnough(createPrivateKey(pem)), SHORT_KEY)
  .meta({ pem: true })

export const saml = z
  .strictObject({
    entityId: text
      .describe('Our name towards the identity provider.')
      .meta({ example: 'https://avgifter.ub.example.se/saml/metadata' }),
    idp: oneIdp.optional().describe('The one identity provider. This, or federation.'),
    federation: federation
      .optional()
      .describe('Several identity providers, whose metadata is asked for. This, or idp.')
      .meta({ alternative: true }),
    privateKeys: z
      .array(privateKey)
      .max(2)
      .default([])
      .describe(
        'PEM. The first signs our requests, all decrypt assertions. Two while they roll over; the old one without a certificate still decrypts.',
      )
      .meta({ leftOut: 'requests are not signed' }),
    certificates: z
      .array(certificate)
      .max(2)
      .default([])
      .describe('PEM, of the private keys: what stands in our metadata, in this order.'),
    responseSigned: z
      .boolean()
      .default(true)
      .describe(
        'Whether the identity provider signs the response. Leave it so unless it cannot; then it must not encrypt either.',
      ),
    assertionSigned: z
      .boolean()
      .default(true)
      .describe('Whether it signs the assertion in the response too. Leave it so unless it cannot.'),
    idAttribute: text
      .default('urn:oid:1.3.6.1.4.1.5923.1.1.1.6')
      .describe('The attribute that names a person for good (eduPersonPrincipalName).'),
    nameAttribute: text
      .default('urn:oid:2.16.840.1.113730.3.1.241')
      .describe('The attribute shown as "signed in as" (displayName).'),
    emailAttribute: text
      .default('urn:oid:0.9.2342.19200300.100.1.3')
      .describe('The attribute with an e-mail address (mail).'),
    scopes: z
      .array(text)
      .default([])
      .describe(
        'With idp: the scopes (after @) that it may assert; a person or a role in any other is refused. In a federation the metadata says it.',
      )
      .meta({ leftOut: 'none, and then idp needs anyScope', example: ['example.se'] }),
    anyScope: z
      .boolean()
      .default(false)
      .describe(
        'With idp, in place of scopes: true believes it about every scope. Say so only of one that serves nobody but your own.',
      ),
    entityCategories: z
      .array(text)
      .default([])
      .describe('Entity categories in our metadata, as agreed with the federation.')
      .meta({ example: ['https://refeds.org/category/personalized'] }),
    mfaContexts: z
      .array(text)
      .min(1)
      .default(['https://refeds.org/profile/mfa'])
      .describe(
        'Authentication contexts that count as more than one factor, where people.mfa asks for it: these are asked for, and one of them must come back.',
      ),
    clockSkewSeconds: z.int().min(0).max(300).default(120).describe('How far the clocks may differ.'),
    oldestSignOnHours: z
      .number()
      .min(0.1)
      .max(168)
      .default(24)
      .describe('How long ago a person may have proved who they are to the identity provider.'),
  })
  .refine(({ idp, federation }) => Boolean(idp) !== Boolean(federation), {
    message: 'give idp or federation, one of them',
  })
  .refine(({ idp, scopes, anyScope }) => !idp || scopes.length > 0 || anyScope, {
    path: ['scopes'],
    message:
      'must name what the identity provider may assert after @, such as [example.se]; or say anyScope: true, and it is believed about every scope',
  })
  .refine(({ scopes, anyScope }) => scopes.length === 0 || !anyScope, {
    path: ['anyScope'],
    message: 'cannot be true beside scopes: say one of them',
  })
  .refine(({ responseSigned, assertionSigned }) => responseSigned || assertionSigned, {
    message: 'responseSigned and assertionSigned cannot both be false: anybody could write a response',
  })
  .refine(({ privateKeys, certificates }) => certificates.every((pem) => belongsToOneOf(pem, privateKeys)), {
    path: ['certificates'],
    message: 'one of them belongs to none of the private keys',
  })
  .refine(({ privateKeys, certificates }) => privateKeys.length === 0 || certificates.length > 0, {
    path: ['certificates'],
    message: 'must hold the certificate of a private key',
  })
  .describe('Sign-in by SAML 2.0. docs/identity-provider.md: what to tell the identity provider about us.')

function belongsToOneOf(pem: string, keys: string[]): boolean {
  // What cannot be read has its own fault already.
  return keys.some((key) => {
    try {
      return new X509Certificate(pem).checkPrivateKey(createPrivateKey(key))
    } catch {
      return true
    }
  })
}
