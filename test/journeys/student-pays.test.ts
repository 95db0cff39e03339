import { readFileSync } from 'node:fs'
import { decode } from 'iconv-lite'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserPath, startBrowser } from '../support/browser.ts'
import { type Product, startProduct } from '../support/product.ts'

/** The whole house, as a person meets it: the product in its own process, real sign-in, the sandbox around it. */
describe.skipIf(browserPath === undefined)('Elsa, a student, in a real browser', () => {
  let product: Product
  let browser: Browser
  let page: Page
  let reference = ''
  beforeAll(async () => {
    ;[product, browser] = await Promise.all([startProduct(), startBrowser()])
    page = await (
      await browser.newContext({ locale: 'sv-SE', viewport: { width: 390, height: 844 } })
    ).newPage()
  })
  afterAll(async () => {
    await browser?.close()
    await product?.close()
  })

  const signIn = async (person: string, door: string) => {
    await page.goto(`${product.baseUrl}${door}`)
    await page.getByRole('button', { name: person }).click()
    await page.waitForURL(`${product.baseUrl}${door}**`)
  }

  it('signs in at the university and sees what she owes', async () => {
    await signIn('Elsa Lindqvist', '/fees')
    await expect.poll(() => page.getByRole('heading', { level: 1 }).textContent()).toBe('Dina avgifter')
    const text = await page.locator('main').textContent()
    for (const word of [
      '886,00',
      'Ersättningsavgift',
      'Arbetskostnad',
      'Förseningsavgift',
      'Campbell biology',
      'Du kan inte låna just nu',
    ]) {
      expect(text).toContain(word)
    }
  })

  it('checks and pays by card', async () => {
    await page.getByRole('button', { name: /^Betala 886,00/ }).click()
    await page.waitForURL(/\/fees\/check/)
    await page.getByRole('button', { name: /^Betala 886,00/ }).click()
    await page.waitForURL((url) => url.origin === product.cards.url)
    await page.getByRole('button', { name: /^Betala 886/ }).click()
    await page.waitForURL(/\/payments\/DEMO-/)
    reference = /DEMO-\w{4}-\w{4}-\w{2}/.exec(page.url())?.[0] ?? ''
  })

  it('sees three proofs, each with its time', async () => {
    const proofs = page.locator('.proofs > li')
    await expect.poll(() => proofs.count(), { timeout: 15_000 }).toBe(3)
    await expect.poll(() => page.locator('.proofs time').count(), { timeout: 15_000 }).toBe(3)
    expect(await page.locator('main').textContent()).toContain(reference)
  })

  it('is credited once in Koha, with the reference, and owes nothing', () => {
    const { world } = product.koha
    const elsa = world.patron('elsa')
    const credits = world.creditsOf(elsa.id).filter((credit) => credit.description?.includes(reference))
    expect(credits).toHaveLength(1)
    expect(credits[0]).toMatchObject({ type: 'PAYMENT', paymentType: 'KVITT', libraryId: 'BIO' })
    expect(world.owes(elsa.id)).toBe(0)
  })

  it('has the receipt in her mailbox, with the PDF and without the title', async () => {
    const mail = await product.mailbox.waitFor((message) => message.text.includes(reference), 15_000)
    expect(mail.to).toEqual(['elsa@demo.kvitt.example'])
    expect(mail.attachments.map(({ contentType }) => contentType)).toEqual(['application/pdf'])
    expect(`${mail.subject}${mail.text}${mail.html}`).not.toContain('Campbell')
  })

  it('can open the receipt again, in English too, and owes nothing', async () => {
    await page.goto(`${product.baseUrl}/payments`)
    await page
      .getByRole('link', { name: new RegExp(reference) })
      .first()
      .click()
    await page.getByRole('button', { name: 'English' }).click()
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('en')
    await page.goto(`${product.baseUrl}/fees`)
    expect(await page.locator('main').textContent()).toContain('You have nothing to pay')
  })

  it('is in the books: Ekonomi-Eva makes a batch, and the SIE file has the coded entry', async () => {
    const office = await browser.newContext({
      locale: 'sv-SE',
      viewport: { width: 1280, height: 900 },
      acceptDownloads: true,
    })
    page = await office.newPage()
    await signIn('Ekonomi-Eva', '/economy')
    await page.goto(`${product.baseUrl}/economy/batches/next`)
    await page.getByRole('button', { name: /^Skapa bokföringsorder 1 på 886,00/ }).click()
    await page.waitForURL(/\/economy\/batches\/1/)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('a[href$="/files/sie4i"]').click(),
    ])
    const bytes = readFileSync(await download.path())
    const sie = decode(bytes, 'cp437')
    expect(sie).toContain('#FLAGGA 0')
    expect(sie).toMatch(new RegExp(`#TRANS 31910 \\{[^}]*"?600130"?[^}]*\\} -526.00 .*${reference}`))
    expect(sie).toMatch(/#TRANS 15810 \{\} 886.00 /)
    expect(sie).not.toContain('Campbell')
  })
})
