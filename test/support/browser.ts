import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const places = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** The browser of this machine; undefined when there is none, and then tests that need one say so aloud. */
export const browserPath = places.find((path) => path !== undefined && existsSync(path))

if (browserPath === undefined) {
  console.warn(
    'No Chromium or Chrome found (CHROMIUM_PATH, /usr/bin/chromium, …): the tests in a real browser are SKIPPED',
  )
}

/** Starts the browser. It speaks to nobody but the pages that it is sent to. */
export function startBrowser(): Promise<Browser> {
  if (browserPath === undefined) throw new Error('There is no browser on this machine')
  return chromium.launch({
    executablePath: browserPath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}
