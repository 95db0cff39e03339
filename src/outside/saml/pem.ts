import { createPublicKey, X509Certificate } from 'node:crypto'

const SHORTEST_RSA = 2048

/**
 * Returns a certificate as PEM: as it is, or with a frame around the bare base64 that metadata has. Throws when it
 * cannot be read, and when its RSA key is shorter than NIST SP 800-131A allows: such a signature proves nobody.
 */
export function asPem(certificate: string): string {
  const pem = certificate.includes('-----BEGIN')
    ? certificate.trim()
    : `-----BEGIN CERTIFICATE-----\n${bareBase64(certificate).replace(/(.{64})(?=.)/g, '$1\n')}\n-----END CERTIFICATE-----`
  const key = pem.includes('BEGIN CERTIFICATE') ? new X509Certificate(pem).publicKey : createPublicKey(pem)
  const bits = key.asymmetricKeyDetails?.modulusLength ?? SHORTEST_RSA
  if (bits < SHORTEST_RSA) throw new RangeError(`An RSA key of ${bits} bits is too short`)
  return pem
}

/** Returns the bare base64 of a certificate, as metadata holds it. */
export function bareBase64(certificate: string): string {
  return certificate.replace(/-----[^-]+-----|\s/g, '')
}
