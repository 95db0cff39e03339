import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Receipt } from '../../../src/areas/receipts/receipt.ts'
import { receiptPdf } from '../../../src/areas/receipts/receipt-pdf.ts'
import { ore } from '../../../src/base/money.ts'
import { elsasReceipt } from './receipts.ts'

const poppler = spawnSync('pdftotext', ['-v']).status === 0
if (!poppler)
  console.log('SKIPPED: no pdftotext (poppler-utils), so the words of the PDF receipt are not read back')

async function plain(receipt: Receipt): Promise<string> {
  return (await receiptPdf({ receipt, compress: false })).toString('latin1')
}

async function readBack(receipt: Receipt): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'kvitt-pdf-'))
  try {
    writeFileSync(join(folder, 'receipt.pdf'), await receiptPdf({ receipt }))
    const { stdout, stderr } = spawnSync('pdftotext', ['-layout', join(folder, 'receipt.pdf'), '-'])
    expect(stderr.toString()).toBe('')
    return stdout.toString('utf8').normalize('NFC')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

describe('the receipt as PDF', () => {
  it('is a document that a screen reader can read: tagged, titled, in its language', async () => {
    const pdf = await plain(elsasReceipt())
    expect(pdf).toMatch(/\/MarkInfo \d+ 0 R|\/Marked true/)
    expect(pdf).toContain('/StructTreeRoot')
    expect(pdf).toMatch(/\/Lang \(sv-SE\)/)
    expect(pdf).toContain('/DisplayDocTitle true')
    for (const tag of ['/S /H1', '/S /H2', '/S /Table', '/S /TH', '/S /TD', '/S /L', '/S /LI'])
      expect(pdf).toContain(tag)
    expect(await plain(elsasReceipt({ language: 'en' }))).toMatch(/\/Lang \(en-GB\)/)
  })

  it('carries its font with it', async () => {
    const pdf = await plain(elsasReceipt())
    expect(pdf).toContain('/FontFile')
    expect(pdf).toContain('SourceSans3')
    expect(pdf).not.toContain('Helvetica')
  })

  it('fits on one page for a few fees and goes on for many', async () => {
    const pages = (pdf: string) => pdf.match(/\/Type \/Page\b/g)?.length
    expect(pages(await plain(elsasReceipt()))).toBe(1)
    const lines = Array.from({ length: 60 }, (_, at) => ({
      name: 'Förseningsavgift',
      amount: ore(1000 + at),
      title: `Röda rummet, del ${at}`,
      barcode: String(14000000000 + at),
    }))
    expect(pages(await plain(elsasReceipt({ lines })))).toBeGreaterThan(2)
  })

  it('is the same whatever was written before it', async () => {
    const lineOf = (title: string) => [{ name: 'Avgift', amount: ore(1999), title, barcode: null }]
    const before = await plain(elsasReceipt({ lines: lineOf('Ett eldfast offer') }))
    for (let number = 0; number < 300; number += 1)
      await plain(elsasReceipt({ lines: lineOf(`\u00a0Ế\ufb00 ${number} \u2206 del ${number * 7919}`) }))
    expect(await plain(elsasReceipt({ lines: lineOf('Ett eldfast offer') }))).toBe(before)
  })

  it.skipIf(!poppler)('keeps every letter of a name', async () => {
    const name = 'Åsa Žižković Łukasz Offerfjäll'
    const receipt = elsasReceipt({
      library: name,
      lines: [{ name: 'Avgift', amount: ore(1999), title: name, barcode: null }],
    })
    const text = await readBack(receipt)
    expect(text.split(name)).toHaveLength(3)
    expect(text).toContain('19,99 kr')
  })

  it.skipIf(!poppler)('shows every sum, the total, the reference and the three proofs', async () => {
    const text = await readBack(elsasReceipt())
    for (const part of [
      'KV-7F3K-9Q2M-4T',
      '526,00 kr',
      '200,00 kr',
      '160,00 kr',
      '886,00 kr',
      'Visa ···· 4242',
    ]) {
      expect(text).toContain(part)
    }
    for (const proof of ['Betald hos betalföretaget', 'Registrerad i Koha', 'Bokförd'])
      expect(text).toContain(proof)
    expect(text).toContain('202199-0011')
  })

  it.skipIf(!poppler)('says what has not happened yet', async () => {
    const text = await readBack(elsasReceipt({ kohaRegisteredAt: null, bookedAt: null }))
    expect(text).toContain('Väntar på att registreras i Koha')
    expect(text).toContain('Ännu inte bokförd')
  })
})
