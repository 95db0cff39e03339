import { createHash } from 'node:crypto'

/** Returns the SHA-256 of a text, in hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** Returns the SHA-256 of a text, 32 bytes. */
export function sha256Bytes(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** Returns how the audit trail and the log name somebody without saying who: it can be recognised and not read. */
export function digestOf(id: string): string {
  return `sha256:${sha256(id.normalize('NFC')).slice(0, 12)}`
}
