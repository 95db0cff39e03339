import { inEachLanguage, type Texts } from '../../base/language.ts'

/** A part of the texts: words, or functions of one object that give words, as deep as its pages want them. */
export type Part = Texts<object>

/** Parts by the name that a template reads them under: `page.t.fees` is the part `fees`. */
export type Parts = Readonly<Record<string, Part>>

/**
 * Returns all texts of the pages, in each language: what templates read as `page.t`. Templates have no types, so a text
 * that is not there throws when it is read, as does a value that is not filled in and a function that is written out
 * instead of called. Throws when two parts have one name. Texts hold no HTML: pages escape all that they write.
 */
export function createTexts(groups: readonly Parts[]): Texts<object> {
  const parts = groups.flatMap((group) => Object.entries(group))
  const names = parts.map(([name]) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw new Error(`Two parts of the texts are called ${twice}`)
  return inEachLanguage((language) =>
    strict(Object.fromEntries(parts.map(([name, part]) => [name, part[language]])), ''),
  )
}

function strict(texts: object, path: string): object {
  const inside = Object.entries(texts).map(([key, text]) => [key, strictLeaf(text, `${path}${key}`)])
  return new Proxy(Object.fromEntries(inside), {
    get: (all, key) => {
      if (typeof key === 'symbol' || Object.hasOwn(all, key)) return Reflect.get(all, key)
      throw new Error(`There is no text ${path}${key}`)
    },
  })
}

function strictLeaf(text: unknown, path: string): unknown {
  if (typeof text === 'object' && text !== null) return strict(text, `${path}.`)
  if (typeof text !== 'function') return text
  const filled = (values?: object) => text(values && strictValues(values, path))
  filled.toString = () => {
    throw new Error(`The text ${path} has values to be filled in`)
  }
  return filled
}

function strictValues(values: object, path: string): object {
  return new Proxy(values, {
    get: (all, key) => {
      const value = Reflect.get(all, key)
      if (value !== undefined && value !== null) return value
      throw new Error(`The text ${path} needs ${String(key)}`)
    },
  })
}
