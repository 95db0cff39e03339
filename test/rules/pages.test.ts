import { describe, expect, it } from 'vitest'
import { areas } from '../../src/areas.ts'
import { languages } from '../../src/base/language.ts'
import { pageTextsOf } from '../../src/service/page-texts.ts'
import { filesIn, linesWith, type SourceFile } from './source.ts'

const pageTexts = pageTextsOf(areas)
const views = filesIn(['views'], ['.ejs'])
const letters = views.filter(({ path }) => path.includes('/letters/'))
const pages = views.filter((file) => !letters.includes(file))
const texts = filesIn(['src'], ['.ts']).filter(({ path }) => /\btexts\b|-words[.]ts$/.test(path))

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
    expect(pages.flatMap((file) => linesWith(file, inline))).toEqual([])
  })

  it('of a letter has styles, because mail has no stylesheet, and nothing else of its own', () => {
    const active = /<style|\son[a-z]+=["']|<script|<img|<link|javascript:/i
    expect(letters.length).toBeGreaterThan(0)
    expect(letters.flatMap((file) => linesWith(file, active))).toEqual([])
  })

  it('loads nothing from elsewhere', () => {
    const elsewhere = /(?:src|href)=["']https?:\/\//i
    expect(views.flatMap((file) => linesWith(file, elsewhere))).toEqual([])
  })

  it('reads texts that exist, in every language, and calls those that have values', () => {
    const wrong = views.flatMap(({ path, text }) =>
      languages.flatMap((language) =>
        textsRead(text).flatMap((read) =>
          faultOf(pageTexts[language], read).map((fault) => `${path}: ${fault}`),
        ),
      ),
    )
    expect(wrong).toEqual([])
  })

  it.each([
    ['page.t.fees.titel', 'page.t.fees.titel is not there'],
    ["page.t.fees.because['no-debt']", "page.t.fees.because['no-debt'] is not there"],
    ['page.t.fees.title({ sum })', 'page.t.fees.title is not called rightly'],
    ['page.t.fees.paySum }', 'page.t.fees.paySum is not called rightly'],
    ['page.t.fees.because }', 'page.t.fees.because is not called rightly'],
  ])('cannot say %s', (text, fault) => {
    expect(textsRead(text).flatMap((read) => faultOf(pageTexts.sv, read))).toEqual([fault])
  })

  it('is there for each page that code shows, each letter and each include', () => {
    const there = new Set(views.map(({ path }) => path.slice('views/'.length, -'.ejs'.length)))
    const code = filesIn(['src'], ['.ts'])
    const shown = namesIn(code, /\bshowPage\(\s*res,\s*'([^']+)'/g)
    const sent = namesIn(code, /\brenderLetter\('([^']+)'/g)
    const included = namesIn(views, /\binclude\('\/([^']+)'/g)
    for (const names of [shown, sent, included]) expect(names).not.toEqual([])
    const wanted = [...shown, ...sent.flatMap((name) => [`${name}.txt`, `${name}.html`]), ...included]
    const missing = wanted.filter((name) => !there.has(name))
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

function namesIn(files: SourceFile[], pattern: RegExp): string[] {
  return files.flatMap(({ text }) => [...text.matchAll(pattern)].map(([, name = '']) => name))
}

interface Read {
  path: string
  /** What stands after it: a call, a key that is computed, or neither. */
  then: string
}

/** The texts that a template reads, as far as their keys stand there as they are: `page.t.fees.title`. */
function textsRead(template: string): Read[] {
  const reads = template.matchAll(/\bpage\.t((?:\.\w+|\['[^']+'\])+)(.?)/g)
  return [...reads].map(([, path = '', then = '']) => ({ path, then }))
}

function faultOf(texts: object, { path, then }: Read): string[] {
  const keys = [...path.matchAll(/\.(\w+)|\['([^']+)'\]/g)].map(([, plain, quoted]) => plain ?? quoted ?? '')
  let found: unknown = texts
  for (const key of keys) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key))
      return [`page.t${path} is not there`]
    found = (found as Record<string, unknown>)[key]
  }
  const wanted = then === '(' ? 'function' : then === '[' ? 'object' : 'string'
  return typeof found === wanted ? [] : [`page.t${path} is not called rightly`]
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
