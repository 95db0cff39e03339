import type { Language } from '../../base/language.ts'

/** A letter's body: one narrow column, readable where styles are dropped. `content` is HTML already. */
export function letterHtml(language: Language, title: string, content: string): string {
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><title>${escaped(title)}</title></head>
<body style="margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif;color:#1b1c1e;background:#ffffff">
<div style="max-width:480px;margin:0 auto">
${content}
</div>
</body>
</html>
`
}

/** `html` is HTML already. */
export function paragraph(html: string): string {
  return `<p style="margin:0 0 12px">${html}</p>`
}

/** Facts in a column: "Name: value". */
export function factsHtml(facts: [string, string][]): string {
  return paragraph(facts.map(([name, value]) => `${escaped(name)}: ${escaped(value)}`).join('<br>'))
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as HTML: nothing in it is markup. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => entities[letter] ?? '')
}
