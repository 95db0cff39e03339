import axe from 'axe-core'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contrast } from '../../src/web/contrast.ts'
import { browserPath, startBrowser } from '../support/browser.ts'
import { type Kvitt, openKvitt } from '../support/open-kvitt.ts'

/** Every page that a borrower meets, in a real browser: nothing hidden at the side, nothing that axe finds, and a focus that can be seen. */
describe.skipIf(browserPath === undefined)('what a borrower meets, in a browser', () => {
  let kvitt: Kvitt
  let browser: Browser
  let places: [userid: string | undefined, path: string][]
  beforeAll(async () => {
    kvitt = await openKvitt()
    browser = await startBrowser()
    places = await manyPlaces(kvitt)
  })
  afterAll(async () => {
    await browser?.close()
    await kvitt?.stop()
  })

  const open = async (options: object): Promise<{ context: BrowserContext; page: Page }> => {
    const context = await browser.newContext({ bypassCSP: true, ...options })
    return { context, page: await context.newPage() }
  }
  const become = async (context: BrowserContext, userid: string | undefined, language: 'sv' | 'en') => {
    const { cookies } = await kvitt.visitor(userid, { language })
    await context.clearCookies()
    await context.addCookies(cookies.map((cookie) => ({ ...cookie, url: kvitt.url })))
  }

  it.each([
    [320, 'sv', 'light'],
    [1280, 'en', 'dark'],
  ] as const)(
    'axe finds nothing at %d pixels, in %s, %s',
    { timeout: 90_000 },
    async (width, language, colorScheme) => {
      const { context, page } = await open({ viewport: { width, height: 800 }, colorScheme })
      for (const [userid, path] of places) {
        await become(context, userid, language)
        await page.goto(kvitt.url + path)
        await page.evaluate(axe.source)
        const violations = (await page.evaluate(
          "axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations)",
        )) as { id: string; nodes: { html: string }[] }[]
        expect([path, violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)]).toEqual([path, []])
      }
      await context.close()
    },
  )

  it.each(['sv', 'en'] as const)('nothing is hidden at the side, in %s', async (language) => {
    const { context, page } = await open({})
    for (const [userid, path] of places) {
      await become(context, userid, language)
      await page.goto(kvitt.url + path)
      for (const width of [320, 768, 1280]) {
        await page.setViewportSize({ width, height: 800 })
        const hidden = await page.evaluate(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        )
        expect([path, width, hidden]).toEqual([path, width, 0])
      }
    }
    await context.close()
  })

  it.each(['light', 'dark'] as const)(
    'the focus is seen on every step of the way, in the %s',
    async (colorScheme) => {
      const { context, page } = await open({ viewport: { width: 360, height: 640 }, colorScheme })
      for (const [userid, path] of places.slice(0, 3)) {
        await become(context, userid, 'sv')
        await page.goto(kvitt.url + path)
        let steps = 0
        for (; steps < 40; steps += 1) {
          await page.keyboard.press('Tab')
          const seen = (await page.evaluate(focusSeen)) as FocusSeen | null
          if (seen === null) break
          expect([seen.what, seen.width]).toEqual([seen.what, 3])
          expect(Math.max(...seen.rings.map((ring) => contrast(ring, seen.ground)))).toBeGreaterThanOrEqual(3)
          expect([seen.what, seen.covered]).toEqual([seen.what, false])
        }
        expect(steps).toBeGreaterThan(4)
      }
      await context.close()
    },
  )

  it('every target is large enough for a thumb', async () => {
    const { context, page } = await open({ viewport: { width: 360, height: 740 } })
    await become(context, 'elsa', 'sv')
    await page.goto(`${kvitt.url}/fees`)
    const small = await page.evaluate(`[...document.querySelectorAll('button, .button, .tabs a, .line')]
      .filter((one) => one.getClientRects().length > 0 && one.getBoundingClientRect().height < 44)
      .map((one) => one.outerHTML)`)
    expect(small).toEqual([])
    await context.close()
  })
})

/** One place for each page and state; the first are those with most on them. */
async function manyPlaces({ town }: Kvitt): Promise<[string | undefined, string][]> {
  const { world } = town.koha
  const elsas = world.debitsOf(world.patron('elsa').id).map(({ id }) => `debit=${id}`)
  const waits = await town.started('asa')
  const paid = await town.started('bengt')
  const refused = await town.started('nova')
  const parked = await town.started('viggo')
  town.payByCard(paid)
  await town.work()
  await town.context.db.query(
    `update payment set parked = 'amount-differs', look_at = null where reference = $1`,
    [parked],
  )
  await town.context.db.query(`update payment set state = 'declined', look_at = null where reference = $1`, [
    refused,
  ])
  return [
    ['elsa', '/fees'],
    ['elsa', `/fees/check?${elsas.join('&')}`],
    ['bengt', `/payments/${paid}`],
    ['gun', '/fees'],
    ['tove', '/fees'],
    ['asa', '/fees'],
    ['siv', '/fees'],
    ['karin', '/fees'],
    ['pelle', '/fees'],
    ['elsa', '/fees/check'],
    ['asa', `/payments/${waits}`],
    ['asa', `/payments/${waits}?returned=1&turn=30`],
    ['nova', `/payments/${refused}`],
    ['viggo', `/payments/${parked}`],
    ['bengt', '/payments'],
    ['bengt', '/sessions'],
    ['didrik', '/operations/sessions'],
    ['mats', '/operations'],
    ['frida', '/fees'],
    ['elsa', '/nowhere'],
    [undefined, '/'],
    [undefined, '/terms'],
    [undefined, '/privacy'],
    [undefined, '/accessibility'],
  ]
}

interface FocusSeen {
  what: string
  /** Of the outline, px. */
  width: number
  /** The colours of the ring: at least one must stand out. */
  rings: string[]
  ground: string
  /** Something lies over it. */
  covered: boolean
}

/** Runs in the browser: how the element that has the focus shows it; null at the end of the page. */
const focusSeen = `(() => {
  const one = document.activeElement
  if (!one || one === document.body) return null
  const hex = (text) => '#' + (text.match(/[\\d.]+/g) ?? []).slice(0, 3).map((n) => Math.round(n).toString(16).padStart(2, '0')).join('')
  const style = getComputedStyle(one)
  let ground = one.parentElement
  while (ground && /, 0\\)$|^transparent$/.test(getComputedStyle(ground).backgroundColor)) ground = ground.parentElement
  const box = one.getBoundingClientRect()
  const top = document.elementFromPoint(box.left + Math.min(box.width, 20) / 2, box.top + box.height / 2)
  return {
    what: one.outerHTML.slice(0, 120),
    width: Number.parseFloat(style.outlineWidth),
    rings: [style.outlineColor, ...(style.boxShadow.match(/rgba?\\([^)]*\\)/g) ?? [])].map(hex),
    ground: hex(getComputedStyle(ground ?? document.documentElement).backgroundColor),
    covered: !(top && (one.contains(top) || top.contains(one) || top.closest('label')?.control === one)),
  }
})()`
