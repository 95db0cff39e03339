const { readdirSync, readFileSync } = require('node:fs')
const { dirname, join, normalize } = require('node:path')

const root = join(__dirname, '../../')

/** The areas, ground floor first, as src/areas.ts lists them. An area imports only areas on lower floors. */
const list = readFileSync(join(root, 'src/areas.ts'), 'utf8')
const folders = new Map(
  [...list.matchAll(/import \{ (\w+) \} from '[.]\/areas\/([a-z-]+)\/area[.]ts'/g)].map(
    ([, name, folder]) => [name, folder],
  ),
)
const floors = list
  .slice(list.indexOf('= [') + 3, list.lastIndexOf(']'))
  .split(',')
  .map((name) => name.trim())
  .filter(Boolean)
  .map((name) => folders.get(name))

/**
 * The kinds of file in an area, told by what a file does. A store speaks SQL and is named so; a rule imports nothing but
 * rules and base/ (types may come from anywhere but the web); everything else is a flow, and then must be a verb that
 * exports one function (source.test.ts).
 */
const plain = '(?!(?:settings|coding-file|area|cases)[.]ts$)'
const areas = `^src/areas/[a-z-]+/${plain}[^/]+$`
const stores = '^src/areas/[a-z-]+/(?:store|[a-z-]+-store)[.]ts$'
const pages = '^src/areas/[a-z-]+/pages/'
/** An area's section of the settings, and the coding: what the configuration reads, and so knows. */
const sections = '^src/areas/[a-z-]+/(?:settings|coding|coding-file)[.]ts$'
/** An area's record: what it is to the house. */
const records = '^src/areas/[a-z-]+/area[.]ts$'
/** An area's kinds of cases: data that its record points to, with what each way out does. */
const cases = '^src/areas/[a-z-]+/cases[.]ts$'

const found = readdirSync(join(root, 'src/areas'), { recursive: true })
  .map((path) => `src/areas/${path}`.replaceAll('\\', '/'))
  .filter((path) => new RegExp(areas).test(path) && path.endsWith('.ts') && !new RegExp(stores).test(path))
const ruleFiles = rulesAmong(found)
/** The rules by name; what is no rule and no store is a flow, also a file that is not there yet. */
const rules = `^(?:${ruleFiles.map((path) => path.replaceAll('.', '[.]')).join('|')})$`
const flows = `^(?!(?:${ruleFiles.map((path) => path.replaceAll('.', '[.]')).join('|')})$)src/areas/[a-z-]+/(?!(?:store|[a-z-]+-store)[.]ts$)${plain}[^/]+$`

/** Leaves out, until nothing changes any more, each file that imports what is no rule. */
function rulesAmong(files) {
  const imports = new Map(files.map((file) => [file, importsOf(file)]))
  let left = new Set(files)
  for (;;) {
    const still = new Set(
      [...left].filter((file) => imports.get(file).every((to) => to.startsWith('src/base/') || left.has(to))),
    )
    if (still.size === left.size) return [...left].sort()
    left = still
  }
}

/** What a file imports that is more than a type; the context's types count, and who waits is no rule. */
function importsOf(file) {
  const text = readFileSync(join(root, file), 'utf8')
  if (/\basync\b|work\/context[.]ts'|'pdfkit'/.test(text)) return ['what it does']
  return [...text.matchAll(/^import (?!type )[^']*?'([^']+)'/gm)]
    .filter(([statement]) => !/^import \{(?:\s*type \w+,?)+\s*\}/.test(statement))
    .map(([, to]) => (to.startsWith('.') ? normalize(join(dirname(file), to)) : to))
}

/** Floors, and patterns of paths for each kind of file. */
module.exports = { floors, areas, stores, rules, flows, pages, sections, records, cases }
