import type { Refusal } from './refusal.ts'
import { all, only, type XmlElement } from './xml-element.ts'

/** Longest from the making of an assertion to its arrival here, milliseconds. A browser's redirect takes seconds. */
export const OLDEST_ASSERTION = 10 * 60_000

export interface ExpectedAssertion {
  idp: string
  entityId: string
  acsUrl: string
  requestId: string
  now: Date
  /** Milliseconds. */
  clockSkew: number
  /** The person must have proved who they are after this. */
  signedOnAfter: Date
}

export interface AssertionFacts {
  id: string
  /** AuthnInstant. ISO date-time, as the rest. */
  provedAt: string
  expiresAt: string
  sessionEndsAt: string | null
  /** AuthnContextClassRef: how the person proved it, in the identity provider's words; null when it does not say. */
  context: string | null
}

export type AssertionOutcome = { ok: true; facts: AssertionFacts } | { ok: false; reason: Refusal }

const BEARER = 'urn:oasis:names:tc:SAML:2.0:cm:bearer'

/**
 * Makes the checks that node-saml 5.1 leaves to us, on the signed assertion: Issuer, Subject and its bearer
 * confirmation with Recipient, InResponseTo and NotOnOrAfter, the audience once more, a fresh AuthnStatement, an
 * unfinished session. (SAML profiles 4.1.4.3; node-saml issues 405, 435, 436.)
 */
export function checkAssertion(assertion: XmlElement, expected: ExpectedAssertion): AssertionOutcome {
  const broken = rules.find(({ isTrue }) => !isTrue(assertion, expected))
  if (broken) return { ok: false, reason: broken.reason }

  const ends = [confirmationData(assertion), only(assertion, 'Conditions')].map((part) =>
    Date.parse(part?.attributes.NotOnOrAfter ?? ''),
  )
  return {
    ok: true,
    facts: {
      id: assertion.attributes.ID ?? '',
      provedAt: new Date(instant(only(assertion, 'AuthnStatement'), 'AuthnInstant') ?? 0).toISOString(),
      expiresAt: new Date(Math.max(...ends) + expected.clockSkew).toISOString(),
      sessionEndsAt: sessionEnd(assertion) ?? null,
      context: only(assertion, 'AuthnStatement', 'AuthnContext', 'AuthnContextClassRef')?.text.trim() ?? null,
    },
  }
}

const rules: { reason: Refusal; isTrue(assertion: XmlElement, expected: ExpectedAssertion): boolean }[] = [
  {
    reason: 'no-assertion',
    isTrue: ({ name, attributes }) => name === 'Assertion' && Boolean(attributes.ID),
  },
  { reason: 'version', isTrue: ({ attributes }) => attributes.Version === '2.0' },
  { reason: 'issuer', isTrue: (assertion, { idp }) => only(assertion, 'Issuer')?.text === idp },
  { reason: 'times', isTrue: wasMadeNow },
  {
    reason: 'subject',
    isTrue: (assertion) => only(assertion, 'Subject', 'SubjectConfirmation') !== undefined,
  },
  {
    reason: 'confirmation',
    isTrue: (assertion) => only(assertion, 'Subject', 'SubjectConfirmation')?.attributes.Method === BEARER,
  },
  {
    reason: 'recipient',
    isTrue: (assertion, { acsUrl }) => confirmationData(assertion)?.attributes.Recipient === acsUrl,
  },
  {
    reason: 'in-response-to',
    isTrue: (assertion, { requestId }) => confirmationData(assertion)?.attributes.InResponseTo === requestId,
  },
  { reason: 'times', isTrue: (assertion, expected) => isValidNow(confirmationData(assertion), expected) },
  {
    reason: 'conditions',
    isTrue: (assertion, expected) => isValidNow(only(assertion, 'Conditions'), expected),
  },
  { reason: 'audience', isTrue: isForUs },
  { reason: 'authn-statement', isTrue: (assertion) => only(assertion, 'AuthnStatement') !== undefined },
  { reason: 'sign-on-too-old', isTrue: signedOnLately },
  { reason: 'session-over', isTrue: sessionGoesOn },
]

function confirmationData(assertion: XmlElement): XmlElement | undefined {
  return only(assertion, 'Subject', 'SubjectConfirmation', 'SubjectConfirmationData')
}

function wasMadeNow(assertion: XmlElement, { now, clockSkew }: ExpectedAssertion): boolean {
  const made = instant(assertion, 'IssueInstant')
  return made !== undefined && isBetween(now, made - clockSkew, made + OLDEST_ASSERTION + clockSkew)
}

/** NotOnOrAfter is demanded, NotBefore is heeded. */
function isValidNow(part: XmlElement | undefined, { now, clockSkew }: ExpectedAssertion): boolean {
  const end = instant(part, 'NotOnOrAfter')
  const start = part?.attributes.NotBefore === undefined ? 0 : instant(part, 'NotBefore')
  return end !== undefined && start !== undefined && isBetween(now, start - clockSkew, end + clockSkew)
}

/** Every audience restriction must name us: several of them are joined by "and" (SAML core 2.5.1.4). */
function isForUs(assertion: XmlElement, { entityId }: ExpectedAssertion): boolean {
  const restrictions = all(assertion, 'Conditions', 'AudienceRestriction')
  const naming = restrictions.filter((each) => all(each, 'Audience').some(({ text }) => text === entityId))
  return restrictions.length > 0 && naming.length === restrictions.length
}

function signedOnLately(
  assertion: XmlElement,
  { now, clockSkew, signedOnAfter }: ExpectedAssertion,
): boolean {
  const signedOn = instant(only(assertion, 'AuthnStatement'), 'AuthnInstant')
  if (signedOn === undefined) return false
  return signedOn - clockSkew <= now.getTime() && signedOnAfter.getTime() <= signedOn + clockSkew
}

function sessionGoesOn(assertion: XmlElement, { now }: ExpectedAssertion): boolean {
  const statement = only(assertion, 'AuthnStatement')
  if (statement?.attributes.SessionNotOnOrAfter === undefined) return true
  const end = instant(statement, 'SessionNotOnOrAfter')
  return end !== undefined && now.getTime() < end
}

function sessionEnd(assertion: XmlElement): string | undefined {
  const end = instant(only(assertion, 'AuthnStatement'), 'SessionNotOnOrAfter')
  return end === undefined ? undefined : new Date(end).toISOString()
}

/** SAML's times are UTC and say so (core 1.3.3). */
function instant(element: XmlElement | undefined, name: string): number | undefined {
  const value = element?.attributes[name] ?? ''
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(time) ? undefined : time
}

function isBetween(now: Date, start: number, end: number): boolean {
  return start <= now.getTime() && now.getTime() < end
}
