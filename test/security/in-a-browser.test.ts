import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserPath, startBrowser } from '../support/browser.ts'
import { type Kvitt, openKvitt } from '../support/open-kvitt.ts'

describe.skipIf(browserPath === undefined)('a real browser', () => {
  let kvitt: Kvitt
  let chromium: Browser
  beforeAll(async () => {
    kvitt = await openKvitt()
    chromium = await startBrowser()
  })
  afterAll(async () => {
    await chromium?.close()
    await kvitt?.stop()
  })

  async function signedInPage(userid: string) {
    const context = await chromium.newContext({ locale: 'sv-SE' })
    const { cookies } = await kvitt.visitor(userid)
    await context.addCookies(cookies.map((cookie) => ({ ...cookie, url: kvitt.url })))
    return { context, page: await context.newPage() }
  }

  it('shows nothing of Elsa to who presses Back after she signed out (ASVS V14.3.1, V14.3.2)', async () => {
    const { context, page } = await signedInPage('elsa')
    await page.goto(`${kvitt.url}/fees`)
    expect(await page.textContent('body')).toContain('Elsa Lindqvist')
    await page.click('form[action="/sign-out"] button')
    await page.waitForURL(/signed-out/)
    await page.goBack({ waitUntil: 'commit' })
    await page.waitForLoadState()
    expect(page.url()).not.toContain('/fees?')
    expect(await page.textContent('body')).not.toContain('Elsa Lindqvist')
    await context.close()
  })

  it('frames none of our pages in another (ASVS V3.4.6)', async () => {
    const { context, page } = await signedInPage('elsa')
    const thief = createServer((_req, res) => {
      res.setHeader('Content-Type', 'text/html')
      res.end(`<iframe src="${kvitt.url}/fees"></iframe>`)
    })
    await new Promise<void>((done) => thief.listen(0, '127.0.0.1', done))
    await page.goto(`http://127.0.0.1:${(thief.address() as AddressInfo).port}/`)
    await page.waitForLoadState('networkidle')
    const framed = page.frames()[1]
    expect(await framed?.evaluate('document.body?.innerText ?? ""').catch(() => '')).not.toContain('Elsa')
    await context.close()
    thief.closeAllConnections()
    await new Promise((done) => thief.close(done))
  })

  it('runs nothing that a title says (ASVS V1.2.1, V3.4.3)', async () => {
    const { world } = kvitt.town.koha
    for (const line of world.debitsOf(world.patron('ingrid').id))
      line.description = `"><img src=x onerror="document.title='run'"><script>document.title='run'</script>`
    const { context, page } = await signedInPage('ingrid')
    await page.goto(`${kvitt.url}/fees`)
    expect(await page.title()).not.toBe('run')
    // And what somebody manages to put into the page is not run either.
    const refused = page.waitForEvent('console', (message) =>
      message.text().includes('Content Security Policy'),
    )
    await page.evaluate(
      `document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="document.title=\\'run\\'">')`,
    )
    await refused
    expect(await page.title()).not.toBe('run')
    await context.close()
  })
})
