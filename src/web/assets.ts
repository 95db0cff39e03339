import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { type Request, type RequestHandler, Router } from 'express'

const PUBLIC = new URL('../../public/', import.meta.url)

const contentTypes: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

interface Asset {
  contentType: string
  plain: Buffer
  br: Buffer
  gzip: Buffer
}

export interface Assets {
  /** The address of a file of public/, or of a made one: it changes with the content, so browsers may keep it for good. */
  address(file: string): string
  /** Sends a file of GET /assets/…; mount it before the session. */
  serve: RequestHandler
}

/** Reads public/ once and adds the files that are made at start (`theme.css`), all compressed beforehand. */
export function createAssets(made: Record<string, string>): Assets {
  const files = readdirSync(PUBLIC).filter((file) => contentTypes[extname(file)])
  const contents = new Map(files.map((file) => [file, readFileSync(new URL(file, PUBLIC))]))
  for (const [file, text] of Object.entries(made)) contents.set(file, Buffer.from(text))

  const addresses = new Map<string, string>()
  const assets = new Map<string, Asset>()
  for (const [file, plain] of contents) {
    const type = extname(file)
    const hash = createHash('sha256').update(plain).digest('hex').slice(0, 12)
    const name = `${file.slice(0, -type.length)}-${hash}${type}`
    addresses.set(file, `/assets/${name}`)
    const contentType = contentTypes[type] ?? 'application/octet-stream'
    assets.set(name, { contentType, plain, br: brotliCompressSync(plain), gzip: gzipSync(plain) })
  }

  return {
    address: (file) => {
      const address = addresses.get(file)
      if (!address) throw new Error(`There is no asset ${file}`)
      return address
    },
    serve: Router().get('/assets/:name', (req, res, next) => {
      const asset = assets.get(req.params.name)
      if (!asset) return next()
      const { encoding, body } = encodingFor(req, asset)
      if (encoding) res.setHeader('Content-Encoding', encoding)
      res.setHeader('Vary', 'Accept-Encoding')
      res.setHeader('Cache-Control', 'public, max-age=31536000, immutable')
      res.setHeader('Content-Type', asset.contentType)
      res.end(req.method === 'HEAD' ? undefined : body)
    }),
  }
}

function encodingFor(req: Request, asset: Asset): { encoding?: string; body: Buffer } {
  const accepted = req.acceptsEncodings(['br', 'gzip'])
  return accepted === 'br' || accepted === 'gzip'
    ? { encoding: accepted, body: asset[accepted] }
    : { body: asset.plain }
}
