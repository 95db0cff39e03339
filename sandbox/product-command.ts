import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = new URL('../', import.meta.url)

/** How operators start the product, from package.json: the same flags, and the program's full path. */
export function productCommand(settings: string): { program: string; parameters: string[] } {
  const { scripts } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as {
    scripts: { start: string }
  }
  const [, ...parameters] = scripts.start.split(' ')
  const main = parameters.pop() ?? ''
  return {
    program: process.execPath,
    parameters: [...parameters, fileURLToPath(new URL(main, root)), '--config', settings],
  }
}
