import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { brotliDecompress, unzip } from 'node:zlib'

/** A body as text, or why there is none. `cut`: the connection ended first. `packed`: it cannot be unpacked. */
export type Body =
  | { kind: 'whole'; text: string }
  | { kind: 'too-large' | 'packed' }
  | { kind: 'cut'; error: Error }

const unzipped = promisify(unzip)
const unpackers = new Map([
  ['gzip', unzipped],
  ['x-gzip', unzipped],
  ['deflate', unzipped],
  ['br', promisify(brotliDecompress)],
])

/**
 * Returns the whole body as text, UTF-8, of at most `mostBytes` bytes both as it came and unpacked. We ask for
 * bodies that are not packed, but servers and proxies may pack all the same.
 */
export async function readBody(response: IncomingMessage, mostBytes: number): Promise<Body> {
  const came = await readBytes(response, mostBytes)
  if (!Buffer.isBuffer(came)) return came
  const encoding = response.headers['content-encoding']?.trim().toLowerCase() ?? 'identity'
  if (encoding === 'identity' || encoding === '' || came.length === 0) return asText(came)
  const unpack = unpackers.get(encoding)
  if (!unpack) return { kind: 'packed' }
  try {
    return asText(await unpack(came, { maxOutputLength: mostBytes }))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return { kind: code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : 'packed' }
  }
}

function asText(bytes: Buffer): Body {
  // Without a byte order mark, and never an error: what is no UTF-8 becomes U+FFFD.
  return { kind: 'whole', text: new TextDecoder().decode(bytes) }
}

function readBytes(response: IncomingMessage, mostBytes: number): Promise<Buffer | Body> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let size = 0
    response.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > mostBytes) resolve({ kind: 'too-large' })
      else chunks.push(chunk)
    })
    response.on('end', () => resolve(Buffer.concat(chunks)))
    response.on('error', (error) => resolve({ kind: 'cut', error }))
  })
}
