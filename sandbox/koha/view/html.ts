/** Text that is HTML already. Everything else is escaped on its way into a page. */
export interface Html {
  html: string
}

type Part = string | number | null | undefined | false | Html | Html[]

/** A template whose values are escaped unless they are HTML themselves; null, undefined and false are nothing. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return { html: String.raw({ raw: strings }, ...parts.map(written)) }
}

function written(part: Part): string {
  if (part === null || part === undefined || part === false) return ''
  if (Array.isArray(part)) return part.map(({ html }) => html).join('')
  if (typeof part === 'object') return part.html
  return String(part).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
