import { fork } from 'node:child_process'
import { createBrowser } from '../src/sandbox/visitor/browser.ts'
import { signIn } from '../src/sandbox/visitor/person.ts'
import { startProduct } from '../test/support/product.ts'
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
    const bare = await startBarePage(Math.round(bytes))
    try {
      let turn = 0
      const nextVisit = () => visits[turn++ % visits.length] as Buffer
      const barePage = request(bare.url, '/', '')
      await requestsPerSecond(target(product.baseUrl), CONNECTIONS, 2, nextVisit)
      await requestsPerSecond(target(bare.url), CONNECTIONS, 2, () => barePage)
      const rounds: { simple: number; pages: number; ratio: number }[] = []
      for (let round = 0; round < ROUNDS; round += 1) {
        const simple = await requestsPerSecond(target(bare.url), CONNECTIONS, SECONDS, () => barePage)
        const pages = await requestsPerSecond(target(product.baseUrl), CONNECTIONS, SECONDS, nextVisit)
        rounds.push({ simple, pages, ratio: pages / simple })
      }
      const middle = (part: 'simple' | 'pages') => Math.round(median(rounds.map((round) => round[part])))
      const words = `${middle('pages')} pages/s of ${Math.round(bytes / 102.4) / 10} kB, bare page ${middle('simple')}/s`
      return [
        {
          name: 'debts-page',
          ratio: median(rounds.map(({ ratio }) => ratio)),
          goal: { at: 'least', ratio: 0.5 },
          words,
        },
      ]
    } finally {
      bare.stop()
    }
  } finally {
    await product.close()
  }
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
function startBarePage(bytes: number): Promise<{ url: string; stop(): void }> {
  const child = fork(new URL('./support/bare-page.ts', import.meta.url), [String(bytes)])
  return new Promise((done, failed) => {
    child.once('error', failed)
    child.once('message', (port) => done({ url: `http://127.0.0.1:${port}`, stop: () => child.kill() }))
  })
}
