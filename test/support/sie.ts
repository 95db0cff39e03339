/**
 * A little reader of SIE 4I, written from the specification (SIE filformat 4B, chapter 5) and from nothing of ours, so
 * that it can judge what we write.
 */

// Code page 437 from 128 on, as IBM drew it.
const HIGH =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0'

export interface SieRow {
  account: string
  /** Dimension number → object number. */
  objects: Record<string, string>
  /** As written: "-160.00". */
  amount: string
  date: string
  text: string
}

export interface SieVoucher {
  series: string
  number: string
  date: string
  text: string
  rows: SieRow[]
}

export interface SieFile {
  /** Every label in the order of the file. */
  labels: string[]
  /** The fields after each label that stands outside vouchers. */
  fields(label: string): string[][]
  vouchers: SieVoucher[]
}

export function decodePc8(bytes: Buffer): string {
  return [...bytes].map((byte) => (byte < 128 ? String.fromCharCode(byte) : HIGH.charAt(byte - 128))).join('')
}

/** Reads a file; throws at the first thing that the specification does not allow. */
export function readSie(bytes: Buffer): SieFile {
  const control = bytes.find((byte) => (byte < 32 && byte !== 10 && byte !== 13) || byte === 127)
  if (control !== undefined) throw new Error(`Control character ${control}`)
  const lines = decodePc8(bytes).split(/\r?\n/)
  if (lines.pop() !== '') throw new Error('The last line does not end')
  const file = { labels: [] as string[], headings: [] as [string, string[]][], vouchers: [] as SieVoucher[] }
  let open: SieVoucher | undefined
  let last: SieVoucher | undefined
  for (const line of lines.map((text) => text.trim()).filter((text) => text !== '')) {
    if (line === '{') open = last
    else if (line === '}') open = undefined
    else {
      const [label = '', ...fields] = fieldsOf(line)
      file.labels.push(label)
      if (label === '#TRANS') {
        if (!open) throw new Error('#TRANS outside a voucher')
        open.rows.push(rowOf(fields))
      } else if (label === '#VER') {
        const [series = '', number = '', date = '', text = ''] = fields
        last = { series, number, date, text, rows: [] }
        file.vouchers.push(last)
      } else file.headings.push([label, fields])
    }
  }
  return {
    labels: file.labels,
    vouchers: file.vouchers,
    fields: (label) => file.headings.filter(([name]) => name === label).map(([, fields]) => fields),
  }
}

function rowOf([account = '', objects = '', amount = '', date = '', text = '']: string[]): SieRow {
  if (!/^\{.*\}$/.test(objects)) throw new Error(`No object list: ${objects}`)
  if (!/^-?\d+(\.\d{1,2})?$/.test(amount)) throw new Error(`No amount: ${amount}`)
  const list = fieldsOf(objects.slice(1, -1))
  const pairs = Array.from({ length: list.length / 2 }, (_, at) => [list[2 * at], list[2 * at + 1]])
  return { account, objects: Object.fromEntries(pairs), amount, date, text }
}

/** Fields are split by blanks; "…" holds blanks, \" is a quote inside; {…} is one field. */
function fieldsOf(line: string): string[] {
  const fields: string[] = []
  const pattern = /\s*(?:"((?:\\"|[^"])*)"|(\{(?:"(?:\\"|[^"])*"|[^}"])*\})|([^\s"{}]+))/y
  while (pattern.lastIndex < line.length) {
    const match = pattern.exec(line)
    if (!match) throw new Error(`Cannot be read: ${line}`)
    fields.push(match[1]?.replaceAll('\\"', '"') ?? match[2] ?? match[3] ?? '')
    if (line.slice(pattern.lastIndex).trim() === '') break
  }
  return fields
}

/** A decimal text of SIE as whole öre. */
export function oreOfSie(amount: string): number {
  return Math.round(Number(amount) * 100)
}
