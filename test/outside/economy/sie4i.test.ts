import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { sie4i } from '../../../src/outside/economy/sie4i.ts'
import { decodePc8, readSie } from '../../support/sie.ts'
import { batch, codeOf, row, type WholeBatch, write } from './batches.ts'

const sample = new URL('../../fixtures/economy/voucher-4i.si', import.meta.url)

function written(more: Partial<WholeBatch> = {}): Buffer {
  const outcome = write(sie4i, batch(more))
  if (!outcome.ok) throw new Error(outcome.unwritable.join())
  return outcome.content
}

function withText(text: string): Partial<WholeBatch> {
  return {
    vouchers: [
      {
        date: '2026-11-20',
        text,
        rows: [row('15810', 100, [], text), row('31900', -100, codeOf('600110'), text)],
      },
    ],
  }
}

describe('a SIE 4I file', () => {
  it('begins with what SIE demands, in its order', () => {
    expect(decodePc8(written()).split('\r\n').slice(0, 9)).toEqual([
      '#FLAGGA 0',
      '#PROGRAM "Kvitt" "0.1.0"',
      '#FORMAT PC8',
      '#GEN 20261121 "Kvitt"',
      '#SIETYP 4',
      '#PROSA "Journal BIB 123: 2 verifikationer, 6 rader, debet 1736.00 = kredit 1736.00"',
      '#ORGNR 202199-0011',
      '#FNAMN "Exempeluniversitetet"',
      '#VALUTA SEK',
    ])
  })

  it('writes Swedish letters as the bytes of CP437 and ends every line with CR LF', () => {
    const bytes = written(withText('åäöÅÄÖéÉüÜ½°'))
    expect(
      bytes.includes(Buffer.from([0x86, 0x84, 0x94, 0x8f, 0x8e, 0x99, 0x82, 0x90, 0x81, 0x9a, 0xab, 0xf8])),
    ).toBe(true)
    const ends = [...bytes].filter((byte) => byte === 10).length
    expect(bytes.toString('latin1').split('\r\n').length - 1).toBe(ends)
  })

  it.each([
    ['Bok – “titel” 5 €', 'Bok - "titel" 5 EUR'],
    ['Åsa Žižković Łukasz', 'Åsa Zizkovic Lukasz'],
    ['§ 4 och Øresund', 'par. 4 och Öresund'],
    ['rad ett\r\nrad två\tslut', 'rad ett  rad två slut'],
    ['a\u0301 e\u0301', 'á é'],
    ['C:\\mapp\\', 'C:/mapp/'],
    ['"citat" och {klamrar} #VER', '"citat" och {klamrar} #VER'],
    ['罰金', '[U+7F70][U+91D1]'],
  ])('brings %j over as %j, never as a question mark', (text, expected) => {
    const [voucher] = readSie(written(withText(text))).vouchers
    expect(voucher?.text).toBe(expected)
    expect(voucher?.rows.map((one) => one.text)).toEqual([expected, expected])
  })

  it('refuses a name in the settings that CP437 cannot hold, and says which', () => {
    const outcome = write(sie4i, batch({ company: { name: '大学', organisationNumber: '202199-0011' } }))
    expect(outcome).toEqual({ ok: false, unwritable: ['"大学" has 大 学, which SIE (CP437) cannot hold'] })
  })

  it('declares every account, dimension and object that it uses', () => {
    const file = readSie(written())
    expect(file.fields('#KONTO')).toEqual([
      ['15810', 'Fordran kortinlösen'],
      ['31900', 'Förseningsavgifter bibliotek'],
      ['31910', 'Ersättning för förkomna böcker'],
    ])
    expect(file.fields('#DIM')).toEqual([
      ['1', 'Kostnadsställe'],
      ['6', 'Projekt'],
      ['20', 'Verksamhet'],
    ])
    const declared = new Set(file.fields('#OBJEKT').map(([dimension, object]) => `${dimension} ${object}`))
    for (const { objects } of file.vouchers.flatMap(({ rows }) => rows)) {
      for (const [dimension, object] of Object.entries(objects))
        expect(declared).toContain(`${dimension} ${object}`)
    }
  })

  it('says the same as the sample file that three SIE programs have read', () => {
    const theirs = readSie(readFileSync(sample))
    const ours = readSie(written())
    expect(ours.vouchers).toEqual(theirs.vouchers)
    for (const label of ['#FORMAT', '#SIETYP', '#FLAGGA', '#ORGNR', '#FNAMN', '#VALUTA', '#KONTO', '#DIM']) {
      expect([label, ours.fields(label)]).toEqual([label, theirs.fields(label)])
    }
    const order = [...new Set(theirs.labels)]
    const known = [...new Set(ours.labels)]
    expect(known).toEqual(order.filter((label) => known.includes(label)))
    // Which financial year a date belongs to is for the importer to say.
    expect(order.filter((label) => !known.includes(label))).toEqual(['#RAR'])
  })
})
