import { csvFile, csvRows, kronorCell } from '../../base/csv.ts'
import { negate } from '../../base/money.ts'
import type { BatchHeading, VoucherRow } from '../ports/economy.ts'
import type { WritableFormat } from './file-writer.ts'

/** The same rows as in SIE, one line each, for those who import or read tables. */
export const csv: WritableFormat = {
  name: 'csv',
  title: 'CSV',
  contentType: 'text/csv; charset=utf-8',
  encoding: 'UTF-8 BOM, CR LF',
  begin(heading) {
    const pieces = [csvFile(header(heading), [])]
    let voucher = 0
    return {
      add({ begins, date, rows }) {
        if (begins) voucher += 1
        const before = [`${heading.series} ${heading.number}`, String(voucher), date]
        pieces.push(csvRows(rows.map((row) => [...before, ...columns(row, heading)])))
      },
      end: () => ({ ok: true, extension: '.csv', content: Buffer.concat(pieces) }),
    }
  },
}

function header({ codeParts }: BatchHeading): string[] {
  const parts = codeParts.map(({ part }) => part)
  return [
    'Journal',
    'Verifikation',
    'Datum',
    'Konto',
    'Kontonamn',
    ...parts,
    'Moms',
    'Debet',
    'Kredit',
    'Text',
    'Referens',
  ]
}

function columns(row: VoucherRow, { codeParts }: BatchHeading) {
  const { account, accountName, code, vat, amount, text, reference } = row
  const values = codeParts.map(({ part }) => code.find((value) => value.part === part)?.value ?? null)
  const debit = amount > 0 ? kronorCell(amount) : null
  const credit = amount < 0 ? kronorCell(negate(amount)) : null
  return [account, accountName, ...values, vat, debit, credit, text, reference]
}
