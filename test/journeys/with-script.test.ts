import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserPath, startBrowser } from '../support/browser.ts'
import { type Kvitt, openKvitt } from '../support/open-kvitt.ts'

/** What the script adds to pages that work without it, under the policy that forbids every other script. */
describe.skipIf(browserPath === undefined)('with the script', () => {
  let kvitt: Kvitt
  let browser: Browser
  const complaints: string[] = []
  beforeAll(async () => {
    kvitt = await openKvitt()
    browser = await startBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await kvitt?.stop()
  })

  const visit = async (userid: string, path: string, options: object = {}): Promise<Page> => {
    const context = await browser.newContext(options)
    const { cookies } = await kvitt.visitor(userid, { language: 'sv' })
    await context.addCookies(cookies.map((cookie) => ({ ...cookie, url: kvitt.url })))
    const page = await context.newPage()
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    await page.goto(kvitt.url + path)
    return page
  }
  const text = async (page: Page, selector: string) =>
    ((await page.locator(selector).textContent()) ?? '').replace(/\s+/g, ' ').trim()

  it('the sum and the button follow what is ticked', async () => {
    const page = await visit('elsa', '/fees')
    expect(await text(page, '.till button')).toBe('Betala 886,00 kr')
    await page.getByLabel('Arbetskostnad').uncheck()
    expect(await text(page, '.till button')).toBe('Betala 686,00 kr')
    expect(await page.getByLabel('Välj alla').evaluate((box) => Reflect.get(box, 'indeterminate'))).toBe(true)
    await page.getByLabel('Välj alla').check()
    expect(await text(page, '.till')).toContain('886,00 kr')
    await page.getByLabel('Välj alla').uncheck()
    expect(await text(page, '.till button')).toBe('Betala valda avgifter')
    await page.locator('.line', { hasText: 'Ersättningsavgift' }).click()
    await page.locator('.till button').click()
    await page.waitForURL(/\/fees\/check\?debit=\d+$/)
    expect(await text(page, '.grand')).toContain('526,00 kr')
  })

  it('two clicks start one payment', async () => {
    const page = await visit('ingrid', '/fees')
    await page.locator('.till button').click()
    await page.waitForURL(/\/fees\/check/)
    await page.evaluate(`(() => {
      const button = document.querySelector('.wide-button')
      button.click()
      button.click()
    })()`)
    await page.waitForURL((url) => url.origin === kvitt.town.cards.url)
    const rows = await kvitt.town.context.db.query('select 1 from payment')
    expect(rows).toHaveLength(1)
  })

  it('a waiting page becomes the receipt by itself', async () => {
    const reference = await kvitt.town.started('asa')
    const page = await visit('asa', `/payments/${reference}?returned=1`)
    expect(await text(page, 'h1')).toBe('Betalningen behandlas')
    kvitt.town.payByCard(reference)
    await kvitt.town.work()
    await page.getByText('Tack! Betalningen är klar.').waitFor()
    expect(await page.locator('.proofs time').count()).toBe(3)
  })

  it('nobody complains of a policy that is broken', () => {
    expect(complaints).toEqual([])
  })

  it('without it, all is there that is needed', async () => {
    const page = await visit('nova', '/fees', { javaScriptEnabled: false })
    expect(await text(page, '.till button')).toBe('Betala valda avgifter')
    expect(await page.getByText('Välj alla').isVisible()).toBe(false)
    await page.locator('.till button').click()
    await page.getByRole('button', { name: /^Betala 60,00/ }).click()
    await page.waitForURL((url) => url.origin === kvitt.town.cards.url)
    const [payment] = await kvitt.town.context.db.query<{ reference: string }>(
      'select reference from payment order by id desc limit 1',
    )
    kvitt.town.payByCard(payment?.reference ?? '')
    await kvitt.town.work()
    await page.goto(`${kvitt.url}/payments/${payment?.reference}/return`)
    expect(await text(page, 'h1')).toBe('Tack! Betalningen är klar.')
  })
})
