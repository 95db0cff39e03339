import { stripTypeScriptTypes } from 'node:module'

/** Another module of ours, as an import or an address names it: './money.ts'. */
const OUR_MODULE = /(['"])([.]{1,2}\/[^'"\n]*)[.]ts\1/g

/**
 * Returns a module without its types, as Node itself would run it: each type is so many spaces, so that lines and
 * columns stay where they are. The modules that it names are .js files too.
 */
export function stripped(module: string): string {
  return stripTypeScriptTypes(module, { mode: 'strip' }).replaceAll(OUR_MODULE, '$1$2.js$1')
}
