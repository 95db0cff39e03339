import { createPrivateKey, X509Certificate } from 'node:crypto'
import { type PassportSamlConfig, SAML, Strategy, ValidateInResponseTo } from '@node-saml/passport-saml'
import type { SignInRequest } from '../ports/identity.ts'
import { OLDEST_ASSERTION } from './assertion.ts'
import { describeFault } from './library-faults.ts'
import { LONGEST_SIGN_IN, type SamlSettings, type TrustedIdp } from './settings.ts'
import type { SignOnOutcome } from './sign-on.ts'

/** What node-saml tells of a response that it found in order. */
export type Proved = Awaited<ReturnType<SAML['validatePostResponseAsync']>>['profile']

/**
 * passport-saml, set up as its advisories and OASIS profiles demand: signatures demanded, SHA-256, our own request row in place of its
 * memory, nothing of logout. One set of options for each identity provider, made anew for each use.
 */
export function createLibrary(settings: SamlSettings, acsUrl: string) {
  const signing = signingKey(settings)
  const optionsFor = (idp: TrustedIdp, decryptionKey: string | undefined): PassportSamlConfig => ({
    issuer: settings.entityId,
    audience: settings.entityId,
    callbackUrl: acsUrl,
    entryPoint: idp.signOnUrl,
    idpIssuer: idp.entityId,
    idpCert: idp.certificates,
    wantAssertionsSigned: settings.assertionSigned,
    wantAuthnResponseSigned: settings.responseSigned,
    validateInResponseTo: ValidateInResponseTo.always,
    requestIdExpirationPeriodMs: LONGEST_SIGN_IN,
    acceptedClockSkewMs: settings.clockSkewSeconds * 1000,
    maxAssertionAgeMs: OLDEST_ASSERTION,
    signatureAlgorithm: 'sha256',
    digestAlgorithm: 'sha256',
    identifierFormat: null,
    disableRequestedAuthnContext: true,
    ...(signing ?? {}),
    ...(decryptionKey ? { decryptionPvk: decryptionKey } : {}),
  })

  return {
    /** The address at the identity provider, with a request in it; signed when we have a key. */
    signInUrl: (
      idp: TrustedIdp,
      { id, fresh, mfa }: Pick<SignInRequest, 'id' | 'fresh' | 'mfa'>,
    ): Promise<string> =>
      new SAML({
        ...optionsFor(idp, undefined),
        forceAuthn: fresh,
        ...(mfa && askingFor(settings.mfaContexts)),
        generateUniqueId: () => id,
      }).getAuthorizeUrlAsync('', undefined, {}),

    /** A strategy for this one response; `read` is our own look at what the library has proved. */
    strategy: (
      idp: TrustedIdp,
      request: SignInRequest,
      read: (profile: Proved) => SignOnOutcome,
    ): Strategy => {
      const cacheProvider = memoryOf(request)
      const strategy = new Strategy(
        { ...optionsFor(idp, undefined), cacheProvider },
        refuseLogout,
        refuseLogout,
      )
      strategy.authenticate = (req) => {
        // It sees the posted response and nothing else: a query string would be read as a logout message before the body.
        const posted = String(req.body?.SAMLResponse ?? '')
        const keys = settings.privateKeys.length > 0 ? settings.privateKeys : [undefined]
        const ways = keys.map((key) => new SAML({ ...optionsFor(idp, key), cacheProvider }))
        prove(ways, posted, read).then(
          (outcome) => {
            if (outcome.ok) strategy.success({ ...outcome.signOn })
            else strategy.fail({ message: outcome.reason }, 403)
          },
          (error: Error) => strategy.error(error),
        )
      }
      return strategy
    },
  }
}

/** Exactly one of these, or nothing: what comes back is checked all the same (sign-on.ts). */
function askingFor(authnContext: string[]): Partial<PassportSamlConfig> {
  return { disableRequestedAuthnContext: false, authnContext, racComparison: 'exact' }
}

/**
 * Tries our keys in turn: the library takes one, and while ours roll over the assertion may be encrypted to either. Its
 * memory forgets nothing, so a second try meets what the first met.
 */
async function prove(
  ways: SAML[],
  samlResponse: string,
  read: (profile: Proved) => SignOnOutcome,
): Promise<{ ok: true; signOn: object } | { ok: false; reason: string }> {
  let reason = 'no-assertion'
  for (const saml of ways) {
    const proved = await saml.validatePostResponseAsync({ SAMLResponse: samlResponse }).catch(asError)
    if (!(proved instanceof Error)) return read(proved.profile)
    reason = describeFault(proved)
  }
  return { ok: false, reason }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error('the library threw something odd')
}

/**
 * The library remembers nothing: the request is our own row, read before and consumed after, in one transaction.
 * Its own check is get-then-remove, which lets one response in three times when three arrive at once, and it forgets the
 * request when a stranger posts garbage that names it.
 */
function memoryOf(request: SignInRequest) {
  return {
    saveAsync: async () => null,
    getAsync: async (id: string) => (id === request.id ? request.startedAt : null),
    removeAsync: async () => null,
  }
}

/** The first private key that has a certificate: the one that the identity provider knows us by. */
function signingKey({ privateKeys, certificates }: SamlSettings) {
  const [publicCert] = certificates
  if (!publicCert) return undefined
  const certificate = new X509Certificate(
    publicCert.includes('-----BEGIN') ? publicCert : Buffer.from(publicCert, 'base64'),
  )
  const privateKey = privateKeys.find((key) => certificate.checkPrivateKey(createPrivateKey(key)))
  return privateKey ? { privateKey, publicCert } : undefined
}

function refuseLogout(_profile: unknown, done: (error: Error) => void): void {
  done(new Error('logout messages are not taken'))
}
