/**
 * The library's own words for why it refuses, as far as they are fixed texts. The rest may quote the message from
 * outside, and what comes from outside stays out of the log.
 */
const known = [
  'Invalid document signature',
  'Invalid signature',
  'InResponseTo is not valid',
  'InResponseTo is missing from response',
  'InResponseTo does not match subjectInResponseTo',
  'SubjectInResponseTo is not valid',
  'SAML assertion not yet valid',
  'SAML assertion expired',
  'SAML assertion audience mismatch',
  'SAML assertion has no AudienceRestriction',
  'No valid subject confirmation found',
  'Too many signatures found for this element',
  'No decryption key for encrypted SAML response',
  'Missing SAML assertion',
]

/** Returns a fault thrown by node-saml, in words that are safe to log. */
export function describeFault(error: Error): string {
  return known.find((text) => error.message.startsWith(text)) ?? 'the library refuses it for another reason'
}
