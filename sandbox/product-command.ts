import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = new URL('../', import.meta.url)

/** How the product is started. */
export interface ProductCommand {
  program: string
  parameters: string[]
  /** What the start script sets, beside all that is set already. */
  environment: NodeJS.ProcessEnv
}

/** How operators start the product, from package.json: the same flags, and the program's full path. `folder`: what was built. */
export function productCommand(settings: string, folder: URL = root): ProductCommand {
  const { scripts } = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8')) as {
    scripts: { start: string }
  }
  const words = scripts.start.split(' ')
  const node = words.indexOf('node')
  const parameters = words.slice(node + 1)
  const main = parameters.pop() ?? ''
  const set = words.slice(0, node).map((word) => word.split('='))
  return {
    program: process.execPath,
    parameters: [...parameters, fileURLToPath(new URL(main, folder)), '--config', settings],
    environment: { ...process.env, ...Object.fromEntries(set) },
  }
}
