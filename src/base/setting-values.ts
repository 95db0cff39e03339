import { createPublicKey, type KeyObject, X509Certificate } from 'node:crypto'
import { z } from 'zod'
import { inEachLanguage } from './language.ts'
import { oreFromText } from './money.ts'

/** The kinds of value that settings are made of. */

export const text = z.string().trim().min(1)
const inEnglish = new Intl.DisplayNames(['en'], { type: 'language' })
/** Words that the library chooses, in each of the languages. */
export const eachLanguage = z.strictObject(
  inEachLanguage((language) => text.describe(`In ${inEnglish.of(language)}.`)),
)
export const webAddress = z.url({ protocol: /^https?$/ }).transform((address) => address.replace(/\/+$/, ''))
export const secret = text.meta({ secret: true })

/** Returns true when the work is done without throwing: for what only a library can tell. */
export function works(work: () => unknown): boolean {
  try {
    work()
    return true
  } catch {
    return false
  }
}

export const SHORT_KEY = 'is an RSA key of less than 2048 bits: make or ask for a longer one'

/** False for an RSA key shorter than NIST SP 800-131A allows. What cannot be read has its own fault already. */
export function isLongEnough(key: KeyObject | undefined): boolean {
  return (key?.asymmetricKeyDetails?.modulusLength ?? 2048) >= 2048
}

export const publicAddress = webAddress
  .refine(
    (address) => new URL(address).pathname === '/',
    'must end with the host: Kvitt wants a host of its own',
  )
  .refine((address) => {
    const { protocol, hostname } = new URL(address)
    return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
  }, 'must be https, unless it is this machine')

/** PEM, or the bare base64 of a certificate as metadata has it. */
export const certificate = text
  .refine(
    (pem) => publicKeyIn(pem) !== undefined,
    'is no certificate that can be read (PEM, or its bare base64)',
  )
  .refine((pem) => isLongEnough(publicKeyIn(pem)), SHORT_KEY)
  .meta({ pem: true })

function publicKeyIn(pem: string): KeyObject | undefined {
  const ways = [
    () => new X509Certificate(pem).publicKey,
    () => new X509Certificate(Buffer.from(pem, 'base64')).publicKey,
    () => createPublicKey(pem),
  ]
  for (const read of ways)
    try {
      return read()
    } catch {
      // Then perhaps in another way.
    }
  return undefined
}

export const regularExpression = text.refine(
  (source) => works(() => new RegExp(source)),
  'is no regular expression',
)

export const account = z.string().regex(/^\d{3,8}$/, 'must be an account: 3 to 8 digits')

export const kronor = z.union([z.string(), z.number()]).transform((value, check) => {
  const amount = oreFromText(String(value))
  if (amount === undefined || amount < 0) {
    check.addIssue({ code: 'custom', message: 'must be an amount in kronor, like 10 or 10.50' })
    return z.NEVER
  }
  return amount
})
