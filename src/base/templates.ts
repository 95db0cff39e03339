import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ejs from 'ejs'

/** What a template sees as `page`, and nothing else: a misspelt name is undefined there, not a global by chance. */
type Page = Readonly<Record<string, unknown>>

export interface Templates {
  /** Returns what the template says about the page, by its path in the folder: `borrower/fees`. Throws, with file and line, what goes wrong in it. */
  render(name: string, page: Page): string
  /** Returns a letter as text and as HTML, of the templates NAME.txt and NAME.html. Throws when they ask for what the page does not have. */
  renderLetter(name: string, page: Page): { text: string; html: string }
}

type Compiled = ReadonlyMap<string, (page: object) => string>

// EJS's own include copies every field of a page twice, for each include. Ours lets the included page inherit.
const OUR_INCLUDE = '<% include = page.included(page) %>'

/** Returns all templates of a folder, compiled. Throws when one of them is no EJS. What is not written in a `.txt` is HTML, and is escaped. */
export function createTemplates(folder: string): Templates {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.ejs'),
  )
  const compiled: Compiled = new Map(
    files.map((path) => [path.replaceAll('\\', '/').slice(0, -'.ejs'.length), compile(`${folder}/${path}`)]),
  )
  return {
    render: (name, page) => run(compiled, name, rootOf(compiled, Object.create(null), page)),
    renderLetter: (name, page) => ({
      text: run(compiled, `${name}.txt`, rootOf(compiled, complete, page)),
      html: run(compiled, `${name}.html`, rootOf(compiled, complete, page)),
    }),
  }
}

function compile(file: string): (page: object) => string {
  const options = {
    filename: file,
    localsName: 'page',
    _with: false,
    // Else each page is copied first. It matters to templates that use `with`, and ours do not.
    unsafePrototypeLocals: true,
    ...(file.endsWith('.txt.ejs') && { escape: plain }),
  }
  return ejs.compile(OUR_INCLUDE + readFileSync(file, 'utf8'), options)
}

function plain(value: unknown): string {
  return value === undefined || value === null ? '' : String(value)
}

/** A page whose included pages inherit from it. */
function rootOf(compiled: Compiled, parent: object, page: Page): object {
  const included = (outer: object) => (path: string, more?: object) =>
    run(compiled, path.slice(1), more ? Object.assign(Object.create(outer), more) : outer)
  return Object.assign(Object.create(parent), page, { included })
}

function run(compiled: Compiled, name: string, page: object): string {
  const template = compiled.get(name)
  if (!template) throw new Error(`There is no template ${name}`)
  return template(page)
}

/** What a letter's page inherits from: nothing may be asked of it. */
const complete: object = new Proxy(Object.create(null), {
  get: (_, key) => {
    if (typeof key === 'symbol') return undefined
    throw new Error(`The letter has no ${key}`)
  },
})

/** The templates of all areas. */
export const templates = createTemplates(fileURLToPath(new URL('../../views', import.meta.url)))
