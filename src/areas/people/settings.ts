import { z } from 'zod'
import { text } from '../../base/setting-values.ts'

/** Names on the wire of eduPerson 2022: PrincipalName, Entitlement, ScopedAffiliation. For the example. */
const EPPN = 'urn:oid:1.3.6.1.4.1.5923.1.1.1.6'
const ENTITLEMENT = 'urn:oid:1.3.6.1.4.1.5923.1.1.1.7'
const SCOPED_AFFILIATION = 'urn:oid:1.3.6.1.4.1.5923.1.1.1.9'

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

const staffRoles = z
  .array(z.enum(['desk', 'economy', 'approver', 'operator', 'auditor']))
  .min(1)
  .describe(
    'Any of desk, economy, approver, operator, auditor. An auditor reads everything and changes nothing.',
  )
const libraries = z
  .array(text)
  .default([])
  .describe('For the desk: only patrons of these home libraries, by code.')
  .meta({ leftOut: "everybody's" })

export const people = z
  .strictObject({
    match: z
      .array(matchRule)
      .min(1)
      .describe(
        'How a signed-in person is found in Koha; tried in order, exact match only. A rule that finds several ends it: nobody is guessed.',
      )
      .meta({
        example: [
          { by: 'userid', from: EPPN, withoutScope: true },
          { by: 'attribute', type: 'EPPN', from: EPPN },
        ],
      }),
    staff: z
      .array(
        z.strictObject({
          id: text.describe('The identity, as the match attribute saml.idAttribute gives it.'),
          roles: staffRoles,
          libraries,
        }),
      )
      .default([])
      .describe('Who works here, and what they may do. Everybody else who signs in is a borrower.')
      .meta({
        leftOut: 'nobody',
        example: [
          { id: 'dana@example.se', roles: ['desk'], libraries: ['HUM', 'BIO'] },
          { id: 'eva@example.se', roles: ['economy'] },
          { id: 'didrik@example.se', roles: ['operator'] },
          { id: 'rut@example.se', roles: ['auditor'] },
        ],
      }),
    rolesFrom: z
      .array(
        z.strictObject({
          attribute: text.describe(
            "The attribute's name on the wire; it may have several values. Without a scope it counts only from identity providers that are trusted with it.",
          ),
          value: text.describe(
            'The whole value, letter for letter; with its scope where the attribute has one.',
          ),
          roles: staffRoles,
          libraries,
        }),
      )
      .default([])
      .describe(
        'Roles by what the identity provider says of somebody, beside the list. It is asked at sign-in only: what it takes back lasts until the session ends.',
      )
      .meta({
        leftOut: 'the list alone',
        example: [
          {
            attribute: ENTITLEMENT,
            value: 'urn:mace:example.se:kvitt:desk-hum',
            roles: ['desk'],
            libraries: ['HUM'],
          },
          { attribute: SCOPED_AFFILIATION, value: 'ekonomi@example.se', roles: ['approver'] },
        ],
      }),
    mfa: z
      .strictObject({
        enabled: z
          .boolean()
          .default(false)
          .describe(
            'true asks the identity provider for more than a password, checks that it was so, and gives none of the roles below without.',
          )
          .meta({ example: true }),
        roles: staffRoles
          .default(['desk', 'economy', 'approver', 'operator', 'auditor'])
          .describe('The roles that nobody holds without it.'),
        everybody: z
          .boolean()
          .default(false)
          .describe('true: nobody signs in without it, borrowers no more than others.'),
      })
      .prefault({})
      .describe('Sign-in by more than one factor (REFEDS MFA).'),
    kohaPassword: z
      .strictObject({
        enabled: z
          .boolean()
          .default(false)
          .describe(
            'true lets borrowers in who have no university: by their card, and the password that Koha knows. The API key then needs the permission "borrowers" whole.',
          ),
      })
      .prefault({})
      .describe('Sign-in by library card.'),
  })
  .refine(({ mfa, kohaPassword }) => !(mfa.enabled && mfa.everybody && kohaPassword.enabled), {
    path: ['kohaPassword', 'enabled'],
    message: 'a card and its password are one factor: people.mfa.everybody leaves no room for it',
  })
  .describe('Who is who.')
