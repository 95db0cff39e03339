import { z } from 'zod'
import { certificate, eachLanguage, text, webAddress } from '../base/setting-values.ts'

/** The section saml.idp. */
export const oneIdp = z.strictObject({
  entityId: text
    .describe("The identity provider's name; a response from any other is refused.")
    .meta({ example: 'https://idp.example.se/saml2/idp/metadata' }),
  signOnUrl: webAddress
    .describe('Where we send the browser (redirect binding).')
    .meta({ example: 'https://idp.example.se/saml2/idp/sso' }),
  certificates: z
    .array(certificate)
    .min(1)
    .describe('Its signing certificates, PEM or bare base64. Several while it rolls over.'),
  errorUrl: webAddress
    .optional()
    .describe('Its page for people whose sign-in went wrong (errorURL).')
    .meta({ leftOut: 'people are told to ask the library', example: 'https://idp.example.se/error' }),
})

/** Metadata may come in plain text from this machine only: it is signed, but who asks for whom is nobody's business. */
const metadataAddress = webAddress.refine((address) => {
  const { protocol, hostname } = new URL(address)
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}, 'must be https, unless it is this machine')

/** The section saml.federation. */
export const federation = z.strictObject({
  mdqUrl: metadataAddress
    .describe(
      'Where the federation answers questions about one entity (MDQ), such as https://mds.swamid.se/.',
    )
    .meta({ example: 'https://mds.swamid.se/' }),
  signerCertificate: certificate.describe(
    "The certificate that the federation signs metadata with, from its own page and not from the network's answer.",
  ),
  idps: z
    .array(
      z.strictObject({
        entityId: text.describe("The identity provider's name in the federation."),
        name: eachLanguage.describe('The university, as people look for it.'),
        trustedAttributes: z
          .array(text)
          .default([])
          .describe(
            'Attributes without a scope (mail, a personal number) that this one is trusted with. An identity provider can claim any value in them, so: only your own.',
          ),
      }),
    )
    .min(1)
    .describe('Whose people may sign in.')
    .meta({
      example: [
        {
          entityId: 'https://idp.example.se/saml2/idp/metadata',
          name: { sv: 'Exempeluniversitetet', en: 'Example University' },
          trustedAttributes: ['urn:oid:0.9.2342.19200300.100.1.3'],
        },
      ],
    }),
})
