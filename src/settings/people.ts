import { z } from 'zod'
import { text } from './values.ts'

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
    .describe('Who works here, and what they may do. Everybody else who signs in is a borrower.'),
  kohaPassword: z
    .strictObject({
      enabled: z
        .boolean()
        .default(false)
        .describe(
          'true lets borrowers in who have no university: by their card, and the password that Koha knows.',
        ),
    })
    .prefault({})
    .describe('Sign-in by library card.'),
})
