import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'

export interface KeyAndCertificate {
  /** PEM, PKCS#8. */
  privateKey: string
  /** PEM, X.509 v3, self-signed, SHA-256. */
  certificate: string
}

/** A fresh 2048-bit RSA key with a certificate for it, valid from yesterday for ten years. Node can read X.509 but not write it. */
export function makeKeyAndCertificate(commonName: string, now: Date = new Date()): KeyAndCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const name = sequence(set(sequence(commonNameOid, der(0x0c, Buffer.from(commonName)))))
  const day = 24 * 60 * 60_000
  const tbs = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))), // version 3
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(15)])), // serial number, positive
    sha256WithRsa,
    name,
    sequence(utcTime(now.getTime() - day), utcTime(now.getTime() + 3650 * day)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
  )
  const signature = Buffer.concat([Buffer.from([0]), sign('sha256', tbs, privateKey)])
  const certificate = sequence(tbs, sha256WithRsa, der(0x03, signature))
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: pem(certificate),
  }
}

// 2.5.4.3 and 1.2.840.113549.1.1.11
const commonNameOid = der(0x06, Buffer.from('550403', 'hex'))
const sha256WithRsa = sequence(
  der(0x06, Buffer.from('2a864886f70d01010b', 'hex')),
  der(0x05, Buffer.alloc(0)),
)

function der(tag: number, content: Buffer): Buffer {
  const size = content.length
  if (size < 0x80) return Buffer.concat([Buffer.from([tag, size]), content])
  const bytes = size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff]
  return Buffer.concat([Buffer.from([tag, ...bytes]), content])
}

function sequence(...parts: Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts))
}

function set(...parts: Buffer[]): Buffer {
  return der(0x31, Buffer.concat(parts))
}

function utcTime(time: number): Buffer {
  const text = new Date(time).toISOString().replace(/\D/g, '').slice(2, 14)
  return der(0x17, Buffer.from(`${text}Z`))
}

function pem(certificate: Buffer): string {
  const lines = certificate.toString('base64').replace(/(.{64})(?=.)/g, '$1\n')
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`
}
