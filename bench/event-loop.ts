import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { type Browser, createBrowser } from '../sandbox/visitor/browser.ts'
import { formTo, signIn } from '../sandbox/visitor/person.ts'
import { connect } from '../src/database/database.ts'
import { fillOfManyLines, fillToExport } from '../test/support/filled-tables.ts'
import { type Product, startProduct } from '../test/support/product.ts'
import type { Figure } from './support/figure.ts'
import type { LongestBlock } from './support/loop-watch.ts'

const GOAL_MS = 50
const BORROWERS = 50
/** Between two pages of one borrower. */
const THINKING_MS = 1000
const PEOPLE = ['elsa', 'ingrid', 'bengt', 'siv', 'asa', 'lars']
const PDFS = 8
const LINES = 100

/**
 * The longest block of the serving process's event loop: while borrowers only browse; while a batch of so many postings
 * of one day is previewed, made and shown besides; and while receipts are drawn besides. Judged by what the serving
 * thread itself worked between two turns: by the clock it waits for the machine's other work as well.
 */
export async function eventLoop(postings = 50_000): Promise<Figure[]> {
  const before = new URL('./support/loop-watch.ts', import.meta.url)
  const product = await startProduct(undefined, { before })
  try {
    const references = await fill(product, postings)
    const borrowers = await Promise.all(
      Array.from({ length: BORROWERS }, (_, at) =>
        signedIn(product, PEOPLE[at % PEOPLE.length] ?? '', '/fees'),
      ),
    )
    const office = await signedIn(product, 'eva', '/economy/batches/next')
    const elsa = await signedIn(product, 'elsa', '/fees')
    const during = whileBrowsing(product, borrowers)
    await during(() => pause(5000))
    const alone = await during(() => pause(10_000))
    const batch = await during(() => makeBatch(product, office))
    const pdfs = await during(() => drawAll(product, elsa, references))
    const beside = `${inWords(alone)} when ${BORROWERS} borrowers only browse`
    return [
      figure('event-loop-batch', batch, `while a batch of ${postings} postings is made, ${beside}`),
      figure('event-loop-receipts', pdfs, `while ${PDFS} receipts of ${LINES} lines are drawn at once`),
    ]
  } finally {
    await product.close()
  }
}

function figure(name: string, block: LongestBlock, when: string): Figure {
  return {
    name,
    ratio: block.own / GOAL_MS,
    goal: { at: 'most', ratio: 1 },
    words: `${inWords(block)} ${when}; goal ${GOAL_MS} ms of own work`,
  }
}

function inWords({ own, wall }: LongestBlock): string {
  return `${own.toFixed(0)} ms of own work at the longest, ${wall.toFixed(0)} ms by the clock,`
}

async function fill(product: Product, postings: number): Promise<string[]> {
  const owner = connect({ url: product.databaseUrl, connections: 1, as: 'owner' })
  await fillToExport(owner, postings)
  const references = await fillOfManyLines(owner, product.koha.world.patron('elsa').id, PDFS, LINES)
  await owner.query('vacuum analyze')
  await owner.close()
  return references
}

async function signedIn({ baseUrl }: Product, person: string, to: string): Promise<Browser> {
  const browser = createBrowser()
  const page = await signIn(browser, baseUrl, person, to)
  if (page.status !== 200) throw new Error(`${person} sees ${page.status} at ${page.url}`)
  return browser
}

/** The longest block while the work is done, and all borrowers go from page to page. */
function whileBrowsing(product: Product, borrowers: Browser[]) {
  return async (work: () => Promise<unknown>): Promise<LongestBlock> => {
    let over = false
    const browse = async (browser: Browser, at: number) => {
      await pause((THINKING_MS * at) / borrowers.length)
      while (!over) {
        const { status } = await browser.open(`${product.baseUrl}/${at % 2 === 0 ? 'fees' : 'payments'}`)
        if (status !== 200) throw new Error(`A borrower sees ${status}`)
        await pause(THINKING_MS)
      }
    }
    const browsing = Promise.all(borrowers.map(browse))
    await pause(THINKING_MS)
    await longestBlock(product)
    await work()
    const longest = await longestBlock(product)
    over = true
    await browsing
    return longest
  }
}

async function longestBlock({ process: product }: Product): Promise<LongestBlock> {
  const answer = once(product, 'message')
  product.send('longest')
  const [longest] = (await answer) as [LongestBlock]
  return longest
}

async function makeBatch({ baseUrl }: Product, office: Browser): Promise<void> {
  const preview = await office.open(`${baseUrl}/economy/batches/next`)
  const made = await office.send(preview, formTo(preview, /\/economy\/batches$/))
  if (made.status !== 200 || !made.url.endsWith('?made=1')) throw new Error(`${made.status} at ${made.url}`)
}

async function drawAll({ baseUrl }: Product, elsa: Browser, references: string[]): Promise<void> {
  const pages = references.map((reference) => elsa.open(`${baseUrl}/payments/${reference}/receipt.pdf`))
  for (const { status, text, url } of await Promise.all(pages))
    if (status !== 200 || !text.startsWith('%PDF')) throw new Error(`${status} at ${url}`)
}
