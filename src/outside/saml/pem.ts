import { createPublicKey, X509Certificate } from 'node:crypto'

/** A certificate as PEM: as it is, or with a frame around the bare base64 that metadata has. Throws when it cannot be read. */
export function asPem(certificate: string): string {
  const pem = certificate.includes('-----BEGIN')
    ? certificate.trim()
    : `-----BEGIN CERTIFICATE-----\n${bareBase64(certificate).replace(/(.{64})(?=.)/g, '$1\n')}\n-----END CERTIFICATE-----`
  if (pem.includes('BEGIN CERTIFICATE')) new X509Certificate(pem)
  else createPublicKey(pem)
  return pem
}

/** The bare base64 of a certificate, as metadata holds it. */
export function bareBase64(certificate: string): string {
  return certificate.replace(/-----[^-]+-----|\s/g, '')
}
