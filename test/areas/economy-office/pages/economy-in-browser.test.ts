import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeBatch } from '../../../../src/areas/exports/make-batch.ts'
import { staffCalled } from '../../../support/books.ts'
import { browserPath, startBrowser } from '../../../support/browser.ts'
import { type Kvitt, openKvitt } from '../../../support/open-kvitt.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Violation {
  id: string
  nodes: { html: string }[]
}

/** Every page of the economy office in a real browser: nothing hidden at the side, nothing that axe finds. The frame around them has tests of its own. */
describe.skipIf(browserPath === undefined)("the economy office's pages in a browser", () => {
  let kvitt: Kvitt
  let browser: Browser
  let reference: string
  beforeAll(async () => {
    kvitt = await openKvitt()
    const { town } = kvitt
    for (const userid of ['elsa', 'asa']) {
      reference = await town.started(userid)
      town.payByCard(reference)
      await town.work()
      if (userid === 'elsa') await makeBatch(town.context, { actor: staffCalled('eva') })
    }
    browser = await startBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await kvitt.stop()
  })

  const places = () => [
    '/economy',
    '/economy/payments',
    '/economy/payments?from=x',
    `/economy/payments/${reference}`,
    '/economy/parked',
    '/economy/batches',
    '/economy/batches/next',
    '/economy/batches/1?made=1',
  ]

  it.each([
    [320, 'sv', 'light'],
    [320, 'en', 'dark'],
    [1280, 'sv', 'dark'],
    [1280, 'en', 'light'],
  ] as const)('at %d pixels, in %s, %s', async (width, language, colorScheme) => {
    const eva = await kvitt.visitor('eva', { language })
    const context = await browser.newContext({
      viewport: { width, height: 800 },
      colorScheme,
      bypassCSP: true,
    })
    await context.addCookies(eva.cookies.map((cookie) => ({ ...cookie, url: kvitt.url })))
    const page = await context.newPage()
    for (const place of places()) {
      const answer = await page.goto(`${kvitt.url}${place}`)
      expect([place, answer?.status()]).toEqual([place, place.includes('from=x') ? 422 : 200])
      const hidden = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      )
      expect([place, hidden]).toEqual([place, 0])
      await page.evaluate(axe)
      const violations = (await page.evaluate(
        "axe.run('main').then(({ violations }) => violations)",
      )) as Violation[]
      expect([place, violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)]).toEqual([place, []])
    }
    await context.close()
  })
})
