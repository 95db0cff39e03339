import { describe, expect, it } from 'vitest'
import { csv } from '../../../src/outside/economy/csv.ts'
import { batch, codeOf, row, type WholeBatch, write } from './batches.ts'

function written(more: Partial<WholeBatch> = {}): string[] {
  const outcome = write(csv, batch(more))
  if (!outcome.ok) throw new Error('refused')
  return outcome.content.toString('utf8').split('\r\n')
}

describe('a batch as CSV', () => {
  it('opens in a Swedish Excel: byte order mark, semicolons, decimal commas', () => {
    const [header, receivable, fee] = written()
    expect(header).toBe(
      '\uFEFFJournal;Verifikation;Datum;Konto;Kontonamn;Kostnadsställe;Verksamhet;Projekt;Moms;Debet;Kredit;Text;Referens',
    )
    expect(receivable).toBe(
      'BIB 123;1;2026-11-20;15810;Fordran kortinlösen;;;;;1210,00;;"Avräkning K-20261120, 3 betalningar";'.replaceAll(
        '"',
        '',
      ),
    )
    expect(fee).toBe(
      'BIB 123;1;2026-11-20;31900;Förseningsavgifter bibliotek;600110;70;B26001;O;;160,00;Förseningsavgift, kvitto 10001;10001',
    )
  })

  it.each(['=HYPERLINK("x")', '+46', '-1', '@SUM(A1)', '\tx', '\rx'])(
    'keeps %j from being a formula',
    (text) => {
      const rows = [row('15810', 100, [], text), row('31900', -100, codeOf('600110'), text)]
      const cells = written({ vouchers: [{ date: '2026-11-20', text, rows }] })[1] ?? ''
      expect(cells).toContain(`'${text.replaceAll('"', '""')}`)
    },
  )
})
