import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { filesIn, linesWith, withoutComments } from './source.ts'
import { storeFunctionsIn } from './store-functions.ts'

const kinds = createRequire(import.meta.url)('./kinds.cjs') as Record<string, string>
const isKind = (path: string, kind: string) => new RegExp(kinds[kind] ?? '$^').test(path)

const code = filesIn(
  ['src', 'sandbox', 'test', 'bench', 'docs', 'public'],
  ['.ts', '.cjs', '.js', '.css', '.sql', '.ejs'],
)
const everything = [
  ...code,
  ...filesIn(['views', 'docs'], ['.ejs', '.md']),
  ...filesIn(
    ['.'],
    ['README.md', 'CONTRIBUTING.md', 'kvitt.example.yaml', 'compose.yaml', 'Dockerfile'],
  ).filter(({ path }) => !path.includes('/')),
]

describe('what is written', () => {
  it('leaves nothing to be done later in a comment: that is what issues are for', () => {
    const words = new RegExp(
      `\\b(?:${['TO', 'FIX', 'XX'].map((start, i) => start + ['DO', 'ME', 'X'][i]).join('|')})\\b`,
    )
    expect(everything.flatMap((file) => linesWith(file, words))).toEqual([])
  })

  it('reads no path from an address, in which a blank is %20 and å is %C3%A5', () => {
    const addresses = /import[.]meta[.]url\)[.]pathname/
    const sources = filesIn(['src', 'sandbox', 'test', 'bench', 'docs'], ['.ts'])
    expect(sources.flatMap((file) => linesWith(file, addresses))).toEqual([])
  })

  it('has no mocks of our own modules', () => {
    const mocks = new RegExp(`\\b${'vi'}[.](?:mock|doMock|stubGlobal|useFakeTimers)\\b`)
    expect(filesIn(['test'], ['.ts']).flatMap((file) => linesWith(file, mocks))).toEqual([])
  })

  it('keeps files short enough to be read in one go', () => {
    const long = filesIn(['src', 'sandbox'], ['.ts'])
      .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
      .filter(({ lines }) => lines > 250)
      .sort((a, b) => b.lines - a.lines)
    if (long.length > 0) console.info(long.map(({ path, lines }) => `${path}: ${lines} lines`).join('\n'))
    expect(long.filter(({ lines }) => lines > 400)).toEqual([])
  })

  it('has no rooms for things without a name', () => {
    const names = /(?:^|\/)(?:utils?|helpers?|common|misc|managers?|types)(?:\/|[.]ts$)/
    const allowed = ['src/web/texts/common.ts']
    expect(
      filesIn(['src'], ['.ts'])
        .map(({ path }) => path)
        .filter((path) => names.test(path) && !allowed.includes(path)),
    ).toEqual([])
  })

  it('never says "fine" on a page', () => {
    const texts = filesIn(['src'], ['.ts'])
      .filter(({ path }) => /\btexts\b/.test(path))
      .map(withoutComments)
    expect(texts.flatMap((file) => linesWith(file, /\b(?:fines?|böter)\b/i))).toEqual([])
  })

  it('never calls a batch a journal: the journal is all entries, and a batch is a bokföringsorder', () => {
    const texts = filesIn(['src'], ['.ts'])
      .filter(({ path }) => /\btexts\b|-words[.]ts$|\/area[.]ts$/.test(path))
      .map(withoutComments)
    const journal = /['"`](?!\/)[^'"`]*\bjournal(?:s|er|en|erna)?\b[^'"`]*['"`]/i
    expect("older: 'Äldre journaler'").toMatch(journal)
    expect(texts.flatMap((file) => linesWith(file, journal))).toEqual([])
  })
})

describe('a comment', () => {
  it('names no page by a code, and nothing that is not in the repository', () => {
    const foreign = /\bpages? [PEDOS]\d\b|\/\*\* [PEDOS]\d\b|\bresearch (?:says|of)\b|\(research\b/
    expect('/** GET /fees, page P1: what is owed. */').toMatch(foreign)
    const files = filesIn(['src', 'sandbox'], ['.ts'])
    expect(files.flatMap((file) => linesWith(file, foreign))).toEqual([])
  })

  it('says "Returns" of what a function gives back', () => {
    const answers = /\* Answers (?:the|what|whether|how|where|undefined|true|false)\b/
    expect('/** Answers what was new. */').toMatch(answers)
    expect(filesIn(['src'], ['.ts']).flatMap((file) => linesWith(file, answers))).toEqual([])
  })
})

describe('a rule file', () => {
  const rules = filesIn(['src'], ['.ts']).filter(({ path }) => isKind(path, 'rules'))

  it('is found', () => {
    expect(rules.map(({ path }) => path)).toContain('src/areas/payments/payment.ts')
  })

  it('reads no clock, rolls no dice, and touches nothing outside', () => {
    const impure =
      /\bDate[.]now\(|\bnew Date\(\)|\bMath[.]random\(|\bprocess[.]|\bconsole[.]|\bperformance[.]|\bfetch\(|\basync\b|\bawait\b|\bset(?:Timeout|Interval)\(/
    expect(rules.map(withoutComments).flatMap((file) => linesWith(file, impure))).toEqual([])
  })
})

describe('a flow', () => {
  const flows = filesIn(['src'], ['.ts']).filter(({ path }) => isKind(path, 'flows'))

  const yet = [
    'src/areas/koha-account/finish-write-back.ts',
    'src/areas/receipts/deliver-notices.ts',
    'src/areas/receipts/receipt-fonts.ts',
    'src/areas/receipts/receipt-drawing.ts',
    'src/areas/refunds/move-refund.ts',
  ]
  it('is a verb, and exports one function with the name of its file', () => {
    const named = flows.map(({ path, text }) => ({ path, exported: functionsIn(text) }))
    const odd = named.filter(({ path, exported }) => exported.join() !== camelCase(path))
    expect(odd.map(({ path }) => path).filter((path) => !yet.includes(path))).toEqual([])
  })

  it('takes the time from its context', () => {
    const clocks = /\bDate[.]now\(|\bnew Date\(\)|\bprocess[.]env/
    expect(flows.map(withoutComments).flatMap((file) => linesWith(file, clocks))).toEqual([])
  })
})

describe('the product', () => {
  const product = filesIn(['src'], ['.ts']).map(withoutComments)

  it('reads the environment where the command line begins, and nowhere else', () => {
    const readers = product.filter(({ text }) => /\bprocess[.]env\b/.test(text)).map(({ path }) => path)
    // The embedded server hands its child a PATH; the proxy is named for all programs of a machine at once.
    const mayRead = /^src\/(?:service\/commands|config|database\/embedded\/|outside\/http[.]ts)/
    expect(readers.filter((path) => !mayRead.test(path))).toEqual([])
  })

  it('calls others by outside/http.ts only, and never by what needs no import', () => {
    const callers = /(?<![.\w])fetch\(|globalThis[.]fetch|\bnew (?:WebSocket|EventSource)\(/
    expect("await fetch('http://example.org')").toMatch(callers)
    expect(product.flatMap((file) => linesWith(file, callers))).toEqual([])
  })

  it('speaks SQL in stores and in database/ only', () => {
    const sql = /['"`]\s*(?:select\s[^'"`]+?\sfrom\s|insert into\s|update \w+ set\s|delete from\s)/
    const speakers = product.filter(({ text }) => sql.test(text)).map(({ path }) => path)
    const foreign = speakers.filter(
      (path) =>
        !isKind(path, 'stores') &&
        !/^src\/(?:database\/|work\/task-store|web\/middleware\/request-count-store)/.test(path),
    )
    expect(foreign).toEqual([])
  })

  it('leaves writing to flows: a page reads of a store what does not write', () => {
    // The webhook door, and the wish for one more receipt: one row each, and nothing to decide.
    const mayWrite = [
      'src/areas/payments/pages/webhook-intake.ts',
      'src/areas/borrower/pages/send-receipt.ts',
    ]
    const written = product
      .filter(
        ({ path }) => (path.startsWith('src/web/') || isKind(path, 'pages')) && !mayWrite.includes(path),
      )
      .flatMap((page) => storeImportsOf(page.text).map((name) => ({ page: page.path, name })))
      .filter(({ name }) => writers.has(name))
    expect(written).toEqual([])
  })

  const writers = new Set(
    product
      .filter(({ path }) => isKind(path, 'stores'))
      .flatMap(storeFunctionsIn)
      .filter(({ exported, takes, writes }) => exported && (writes || takes === 'Tx' || takes === 'Own'))
      .map(({ name }) => name),
  )

  it('knows its writers', () => {
    expect([...writers]).toEqual(
      expect.arrayContaining(['insertPayment', 'idpMetadataCache', 'claimDueLooks']),
    )
  })
})

/** The functions that a file exports. */
function functionsIn(text: string): string[] {
  return [...text.matchAll(/^export (?:async )?function (\w+)|^export const (\w+) = (?:async )?\(/gm)].map(
    ([, name, constant]) => name ?? constant ?? '',
  )
}

/** "src/areas/payments/settle-payment.ts" → "settlePayment" */
function camelCase(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1, -'.ts'.length)
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

function storeImportsOf(text: string): string[] {
  return [...text.matchAll(/import \{([^}]*)\} from '[^']*store[.]ts'/g)].flatMap(([, names]) =>
    (names ?? '').split(',').map((name) => name.trim()),
  )
}
