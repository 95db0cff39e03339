import { csvFile, kronorCell } from '../../base/csv.ts'
import { negate } from '../../base/money.ts'
import type { BatchToWrite, EconomyFormat, VoucherRow } from '../ports/economy.ts'

/** The same rows as in SIE, one line each, for those who import or read tables. */
export const csv: EconomyFormat = {
  name: 'csv',
  title: 'CSV',
  contentType: 'text/csv; charset=utf-8',
  encoding: 'UTF-8 BOM, CR LF',
  write(batch) {
    const rows = batch.vouchers.flatMap(({ date, rows }, index) =>
      rows.map((row) => [
        `${batch.series} ${batch.number}`,
        String(index + 1),
        date,
        ...columns(row, batch),
        row.text,
        row.reference,
      ]),
    )
    return { ok: true, extension: '.csv', content: csvFile(header(batch), rows) }
  },
}

function header({ codeParts }: BatchToWrite): string[] {
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

function columns({ account, accountName, code, vat, amount }: VoucherRow, { codeParts }: BatchToWrite) {
  const values = codeParts.map(({ part }) => code.find((value) => value.part === part)?.value ?? null)
  const debit = amount > 0 ? kronorCell(amount) : null
  const credit = amount < 0 ? kronorCell(negate(amount)) : null
  return [account, accountName, ...values, vat, debit, credit]
}
