import { createPublicKey, X509Certificate } from 'node:crypto'
import { type PassportSamlConfig, SAML, Strategy, ValidateInResponseTo } from '@node-saml/passport-saml'
import type { IdentityProvider, SignInRequest } from '../ports.ts'
import { OLDEST_ASSERTION } from './assertion.ts'
import { readEnvelope } from './envelope.ts'
import { describeFault } from './library-faults.ts'
import { ACS_PATH, LONGEST_SIGN_IN, type SamlSettings, type SamlTools } from './settings.ts'
import { readSignOn } from './sign-on.ts'
import { tryOut } from './try-out.ts'

/**
 * One identity provider behind passport-saml, as research says it must be set up: both signatures, our own checks
 * before and after the library's, nothing remembered in it. Throws when a certificate or key in the settings cannot be read.
 */
export function createSaml(tools: SamlTools): IdentityProvider {
  const { settings, baseUrl } = tools
  const acsUrl = `${baseUrl}${ACS_PATH}`
  const responseSigned = settings.responseSigned ?? true
  const certificates = settings.idp.certificates.map(asPem)
  const common = commonOptions(settings, certificates, acsUrl, responseSigned)

  return {
    name: settings.idp.entityId,
    origin: new URL(settings.idp.signOnUrl).origin,
    signInUrl: (requestId) =>
      new SAML({ ...common, generateUniqueId: () => requestId }).getAuthorizeUrlAsync('', undefined, {}),
    readEnvelope: (samlResponse) => {
      const outcome = readEnvelope(samlResponse, { acsUrl, idp: settings.idp.entityId, responseSigned })
      return outcome.ok ? { ok: true, inResponseTo: outcome.envelope.inResponseTo } : outcome
    },
    strategy: (request) =>
      strategyFor(request, { ...common, cacheProvider: memoryOf(request) }, tools, acsUrl),
    metadata: () =>
      new Strategy(common, refuseLogout, refuseLogout).generateServiceProviderMetadata(
        settings.certificate ?? null,
        settings.certificate ?? null,
      ),
    tryOut: () => tryOut(settings.idp.signOnUrl, certificates, tools.clock.now()),
  }
}

function commonOptions(
  settings: SamlSettings,
  certificates: string[],
  acsUrl: string,
  responseSigned: boolean,
): PassportSamlConfig {
  return {
    issuer: settings.entityId,
    audience: settings.entityId,
    callbackUrl: acsUrl,
    entryPoint: settings.idp.signOnUrl,
    idpIssuer: settings.idp.entityId,
    idpCert: certificates,
    wantAssertionsSigned: true,
    wantAuthnResponseSigned: responseSigned,
    validateInResponseTo: ValidateInResponseTo.always,
    requestIdExpirationPeriodMs: LONGEST_SIGN_IN,
    acceptedClockSkewMs: settings.clockSkewSeconds * 1000,
    maxAssertionAgeMs: OLDEST_ASSERTION,
    signatureAlgorithm: 'sha256',
    digestAlgorithm: 'sha256',
    identifierFormat: null,
    disableRequestedAuthnContext: true,
    ...(settings.privateKey && settings.certificate
      ? {
          privateKey: settings.privateKey,
          publicCert: settings.certificate,
          decryptionPvk: settings.privateKey,
        }
      : {}),
  }
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

function strategyFor(
  request: SignInRequest,
  options: PassportSamlConfig,
  tools: SamlTools,
  acsUrl: string,
): Strategy {
  const strategy = new Strategy(
    options,
    (profile, done) => {
      const outcome = readSignOn(profile, request, tools, acsUrl)
      if (outcome.ok) done(null, { ...outcome.signOn })
      else done(null, undefined, { message: outcome.reason })
    },
    refuseLogout,
  )
  const authenticate = strategy.authenticate.bind(strategy)
  strategy.authenticate = (req, how) => {
    // What the library throws is a refusal like any other; and a logout answer, which it lets pass without a user, is one too.
    strategy.error = (error) => strategy.fail({ message: describeFault(error) }, 403)
    strategy.pass = () => strategy.fail({ message: 'no-assertion' }, 403)
    // It sees the posted response and nothing else: a query string would be read as a logout message before the body.
    const bare = { body: { SAMLResponse: String(req.body?.SAMLResponse ?? '') }, query: {} }
    authenticate(bare as typeof req, how)
  }
  return strategy
}

function refuseLogout(_profile: unknown, done: (error: Error) => void): void {
  done(new Error('logout messages are not taken'))
}

/** PEM as it is, bare base64 (as in metadata) with a frame around it. */
function asPem(certificate: string): string {
  const pem = certificate.includes('-----BEGIN')
    ? certificate.trim()
    : `-----BEGIN CERTIFICATE-----\n${certificate.replace(/\s/g, '').replace(/(.{64})(?=.)/g, '$1\n')}\n-----END CERTIFICATE-----`
  try {
    if (pem.includes('BEGIN CERTIFICATE')) new X509Certificate(pem)
    else createPublicKey(pem)
  } catch {
    throw new Error('saml.idp.certificates: one of them is no readable certificate')
  }
  return pem
}
