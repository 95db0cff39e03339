import { fork } from 'node:child_process'
import { createBrowser } from '../sandbox/visitor/browser.ts'
import { signIn } from '../sandbox/visitor/person.ts'
import { type Product, startProduct } from '../test/support/product.ts'
import { type Figure, median } from './support/figure.ts'
import { requestsPerSecond } from './support/load.ts'

const SECONDS = 4
const ROUNDS = 5
const CONNECTIONS = 8
const PEOPLE = ['elsa', 'ingrid', 'bengt', 'siv', 'asa', 'lars']

/**
 * The debts page, with Koha answering at once, against a bare Express and EJS page of the same size: what Kvitt's
 * sign-in, session, questions to Koha and own tables cost. People take turns, so that no answer can be kept for the next.
 */
export async function debtsPage(): Promise<Figure[]> {
  const product = await startProduct()
  try {
    const visits: Buffer[] = []
    let bytes = 0
    for (const person of PEOPLE) {
      const browser = createBrowser()
      const page = await signIn(browser, product.baseUrl, person)
      if (page.status !== 200) throw new Error(`${person} sees ${page.status}`)
      bytes += Buffer.byteLength(page.text) / PEOPLE.length
      visits.push(request(product.baseUrl, '/fees', browser.cookies(product.baseUrl)))
    }
    const bare = await startBarePage(Math.round(bytes), product)
    try {
      let turn = 0
      const nextVisit = () => visits[turn++ % visits.length] as Buffer
      const barePage = request(bare.url, '/', '')
      const askingPage = request(bare.url, '/asking', '')
      await requestsPerSecond(target(product.baseUrl), CONNECTIONS, 2, nextVisit)
      await requestsPerSecond(target(bare.url), CONNECTIONS, 2, () => barePage)
      const rounds: Round[] = []
      for (let round = 0; round < ROUNDS; round += 1) {
        const simple = await requestsPerSecond(target(bare.url), CONNECTIONS, SECONDS, () => barePage)
        const asking = await requestsPerSecond(target(bare.url), CONNECTIONS, SECONDS, () => askingPage)
        const pages = await requestsPerSecond(target(product.baseUrl), CONNECTIONS, SECONDS, nextVisit)
        rounds.push({ simple, asking, pages })
      }
      return figures(rounds, bytes)
    } finally {
      bare.stop()
    }
  } finally {
    await product.close()
  }
}

interface Round {
  /** Pages a second. */
  simple: number
  asking: number
  pages: number
}

function figures(rounds: Round[], bytes: number): Figure[] {
  const middle = (part: keyof Round) => Math.round(median(rounds.map((round) => round[part])))
  const size = `${Math.round(bytes / 102.4) / 10} kB`
  const against = (part: 'simple' | 'asking') => median(rounds.map((round) => round.pages / round[part]))
  return [
    {
      name: 'debts-page',
      ratio: against('simple'),
      goal: { at: 'least', ratio: 0.5 },
      words: `${middle('pages')} pages/s of ${size}, bare page ${middle('simple')}/s`,
    },
    {
      name: 'debts-page-asking-koha',
      ratio: against('asking'),
      goal: { at: 'least', ratio: 0.5 },
      words: `bare page that asks Koha the same two questions ${middle('asking')}/s`,
    },
  ]
}

function target(url: string): { host: string; port: number } {
  const { hostname, port } = new URL(url)
  return { host: hostname, port: Number(port) }
}

function request(url: string, path: string, cookie: string): Buffer {
  const { host } = new URL(url)
  return Buffer.from(
    `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nAccept-Language: sv\r\n${cookie ? `Cookie: ${cookie}\r\n` : ''}\r\n`,
  )
}

/** In a process of its own, as the product is. */
function startBarePage(bytes: number, { koha }: Product): Promise<{ url: string; stop(): void }> {
  const child = fork(new URL('./support/bare-page.ts', import.meta.url), [
    String(bytes),
    koha.apiUrl,
    koha.key.user,
    koha.key.password,
    String(koha.world.patron('elsa').id),
  ])
  return new Promise((done, failed) => {
    child.once('error', failed)
    child.once('message', (port) => done({ url: `http://127.0.0.1:${port}`, stop: () => child.kill() }))
  })
}
