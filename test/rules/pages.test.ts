import { describe, expect, it } from 'vitest'
import { type TextKey, translate } from '../../src/web/texts/texts.ts'
import { filesIn, linesWith } from './source.ts'

const views = filesIn(['views'], ['.ejs'])
const texts = filesIn(['src'], ['.ts']).filter(({ path }) => /\btexts\b/.test(path))

describe('a template', () => {
  it('is found', () => {
    expect(views.length).toBeGreaterThan(0)
  })

  it('writes nothing unescaped but another template', () => {
    const raw = /<%-(?!\s*include\()/
    expect(views.flatMap((file) => linesWith(file, raw))).toEqual([])
  })

  it('holds no script, no style and no handler of its own: the browser is told to refuse them', () => {
    const inline = /<style|\sstyle=|\son[a-z]+=["']|<script(?![^>]*\ssrc=)|javascript:/i
    expect(views.flatMap((file) => linesWith(file, inline))).toEqual([])
  })

  it('loads nothing from elsewhere', () => {
    const elsewhere = /(?:src|href)=["']https?:\/\//i
    expect(views.flatMap((file) => linesWith(file, elsewhere))).toEqual([])
  })

  it('uses texts that exist, in both languages', () => {
    const missing = views.flatMap(({ path, text }) =>
      keysIn(text)
        .filter((key) => !exists(key))
        .map((key) => `${path}: ${key}`),
    )
    expect(missing).toEqual([])
  })

  it('has no sentences of its own', () => {
    // A word of three letters or more between tags, outside <% %>.
    const bare = views.flatMap((file) => linesWith({ ...file, text: withoutCode(file.text) }, /\p{L}{3,}/u))
    expect(bare).toEqual([])
  })
})

describe('the texts', () => {
  it('hold no HTML: pages escape what they write', () => {
    expect(texts.flatMap((file) => linesWith(file, /['"`].*<\/?[a-z]+[ >].*['"`]/))).toEqual([])
  })
})

/** Keys that stand in a template as they are: `page.t('fees.title')`. */
function keysIn(text: string): string[] {
  return [...text.matchAll(/\bt\(\s*'([^']+)'/g)].map(([, key]) => key ?? '')
}

function exists(key: string): boolean {
  return (['sv', 'en'] as const).every(
    (language) => translate[language](key as TextKey, { count: 2 }) !== key,
  )
}

/** What a browser would show if nothing were filled in. */
function withoutCode(text: string): string {
  const blank = (found: string) => found.replace(/[^\n]/g, ' ')
  return text
    .replace(/<%[\s\S]*?%>/g, blank)
    .replace(/<!--[\s\S]*?-->/g, blank)
    .replace(/<svg[\s\S]*?<\/svg>/g, blank)
    .replace(/<!?[a-z/][^>]*>/gi, blank)
    .replace(/&[a-z]+;/g, blank)
}
