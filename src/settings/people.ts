import { createPrivateKey } from 'node:crypto'
import { z } from 'zod'
import { certificate, secret, text, webAddress, works } from './values.ts'

const BY = 'What is compared in Koha: userid, cardnumber, email, or attribute (an extended attribute).'
const identityValue = {
  from: text.describe("Name of the identity's attribute."),
  withoutScope: z.boolean().default(false).describe('true cuts "@university.se" off before comparing.'),
}

const matchRule = z.discriminatedUnion('by', [
  z.strictObject({ by: z.enum(['userid', 'cardnumber', 'email']).describe(BY), ...identityValue }),
  z.strictObject({
    by: z.literal('attribute').describe(BY),
    type: text.describe("With attribute: Koha's patron attribute type."),
    ...identityValue,
  }),
])

export const people = z.strictObject({
  match: z
    .array(matchRule)
    .min(1)
    .describe('How a signed-in person is found in Koha; tried in order, exact match only.'),
  staff: z
    .array(
      z.strictObject({
        id: text.describe('The identity, as the match attribute saml.idAttribute gives it.'),
        roles: z
          .array(z.enum(['desk', 'economy', 'approver', 'operator', 'auditor']))
          .min(1)
          .describe('Any of desk, economy, approver, operator, auditor.'),
        libraries: z
          .array(text)
          .default([])
          .describe("For the desk: only patrons of these home libraries, by code. Empty means everybody's."),
      }),
    )
    .default([])
    .describe('Who works here, beside those whom the identity provider says.'),
})

export const saml = z
  .strictObject({
    entityId: text.describe('Our name towards the identity provider.'),
    idp: z.strictObject({
      entityId: text.describe("The identity provider's name; a response from any other is refused."),
      signOnUrl: webAddress.describe('Where we send the browser (redirect binding).'),
      certificates: z
        .array(certificate)
        .min(1)
        .describe('Its signing certificates, PEM or bare base64. Several while it rolls over.'),
    }),
    privateKey: secret
      .refine((pem) => works(() => createPrivateKey(pem)), 'is no private key that can be read (PEM)')
      .optional()
      .describe('PEM; signs our requests and decrypts assertions. Together with certificate.'),
    certificate: certificate.optional().describe('PEM; goes into our metadata. Together with privateKey.'),
    responseSigned: z
      .boolean()
      .default(true)
      .describe(
        'Whether the identity provider signs the response around the assertion too. The assertion must be signed always.',
      ),
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
      .describe('Scopes (after @) that this identity provider may assert. Empty: any.'),
    clockSkewSeconds: z.int().min(0).max(300).default(120).describe('How far the clocks may differ.'),
  })
  .refine(({ privateKey, certificate }) => Boolean(privateKey) === Boolean(certificate), {
    message: 'privateKey and certificate belong together; give both or neither',
  })
