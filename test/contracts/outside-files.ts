import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The folder with other people's texts that may not be in the repository: OUTSIDE_CONTRACTS, or `shared` beside the
 * checkout. In it `koha/openapi.json` is Koha's API as one Swagger 2.0 document; `economy/xsd` is kept for the schemas of
 * SIE, UBL, Svefaktura and ISO 20022, which nothing is held against yet.
 */
const folder = resolve(
  process.env.OUTSIDE_CONTRACTS ?? fileURLToPath(new URL('../../../shared', import.meta.url)),
)

/** Returns the path of one of the files. */
export function outsideFile(path: string): string {
  return resolve(folder, path)
}

/** Throws, before any test runs, when a file is not there: the command is for where they are. */
export function setup(): void {
  const missing = ['koha/openapi.json'].map(outsideFile).filter((path) => !existsSync(path))
  if (missing.length > 0)
    throw new Error(
      `There is no ${missing.join(', no ')}. test:contracts holds our own descriptions against the originals: ` +
        'name the folder that has them in OUTSIDE_CONTRACTS. npm test does without.',
    )
}
