import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildProduct } from '../../build/build-product.ts'
import { stripped } from '../../build/stripped.ts'

const packages = fileURLToPath(new URL('../../node_modules', import.meta.url))

describe('the product without types, as the image runs it', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'kvitt-built-'))
    buildProduct(folder)
    symlinkSync(packages, join(folder, 'node_modules'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  /** Node without its own type stripping: what still has types, or names a .ts file, fails. */
  const run = (...parameters: string[]) =>
    execFileSync(process.execPath, ['--no-strip-types', '--no-warnings', ...parameters], {
      cwd: folder,
      encoding: 'utf8',
    })

  it('says what it can do', () => {
    expect(run('src/main.js', '--help')).toContain('start the service')
  })

  it('has no TypeScript left, and every other file', () => {
    const files = readdirSync(join(folder, 'src'), { recursive: true }).map(String)
    expect(files.filter((file) => file.endsWith('.ts'))).toEqual([])
    expect(files).toContain(join('database', 'migrations', '0001_sessions_and_sign_ins.sql'))
    expect(files).toContain(join('service', 'node-version.cjs'))
  })

  it('draws receipts and writes batches in its threads', () => {
    const program = `
      import { createOffLoop } from './src/work/off-loop/off-loop.js'
      import { createEconomyFiles } from './src/outside/economy/economy-files.js'
      import { drawReceiptPdf } from './src/areas/receipts/draw-receipt-pdf.js'
      const offLoop = createOffLoop()
      const heading = { number: 1, series: 'K', version: '0', madeOn: '2026-11-28', company: { name: 'U', organisationNumber: '1' }, codeParts: [] }
      const { files } = await createEconomyFiles(['sie4i', 'csv'], offLoop).write(heading, (async function* () {})())
      const receipt = { reference: 'KV-1', language: 'sv', library: 'B', university: 'U', organisationNumber: '1', address: null, email: 'a@b', phone: null, lines: [], total: 0, paidAt: new Date(0), method: 'Visa', vat: [], kohaRegisteredAt: null, bookedAt: null, givenBack: [] }
      const pdf = await drawReceiptPdf({ offLoop }, receipt)
      console.log(files.map(({ extension }) => extension).join(), pdf.subarray(0, 4).toString())`
    expect(run('--input-type=module', '--eval', program)).toBe('.si,.csv %PDF\n')
  })

  it('is started with the flags of the start script', () => {
    const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    expect(scripts.start).toMatch(/^MALLOC_ARENA_MAX=2 node --max-old-space-size=256 .* src\/main[.]js$/)
  })

  it('keeps lines and columns where they are', () => {
    expect(stripped(`import type { A } from './a.ts'\nexport const b: A = new URL("../c.ts", x)\n`)).toBe(
      `                               \nexport const b    = new URL("../c.js", x)\n`,
    )
  })
})
