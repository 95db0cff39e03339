/** A piece of a page whose text has been escaped. */
export interface Html {
  html: string
}

type Piece = Html | Html[] | string | number | null | undefined | false

/** A template whose values are escaped, unless they are pieces of a page themselves. Null, undefined and false are nothing. */
export function html(texts: TemplateStringsArray, ...values: Piece[]): Html {
  const written = texts.map((text, index) => text + (index < values.length ? piece(values[index]) : ''))
  return { html: written.join('') }
}

function piece(value: Piece): string {
  if (value === null || value === undefined || value === false) return ''
  if (Array.isArray(value)) return value.map((each) => each.html).join('')
  return typeof value === 'object' ? value.html : escaped(String(value))
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
}

/** A link's address, if a browser may safely go there; otherwise the page itself. */
export function webLink(address: string): string {
  return /^https?:\/\//i.test(address) ? address : '#'
}

/** Öre as kronor for people: "410,00 kr", "SEK 410.00". */
export function kronor(amount: number, currency: string, language: 'sv' | 'en'): string {
  const locale = language === 'sv' ? 'sv-SE' : 'en-GB'
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount / 100)
}
