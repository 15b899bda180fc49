import { existsSync, statSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { CHROMIUM, openBrowser, openPage } from './chat/console/browser-page.ts'
import { startDemo } from './running-demo.ts'

/**
 * Writes the pictures of README: `npx tsx test/screenshots.ts` (about a minute; the page must be built). Needs
 * Debian's chromium, and fonts-wqy-microhei or another Chinese font.
 */
const FOLDER = join(import.meta.dirname, '../docs/images')
const SHARP = { deviceScaleFactor: 1.5 }
const MOST_BYTES = 300_000

async function main(): Promise<void> {
  if (!existsSync(CHROMIUM)) throw new Error(`${CHROMIUM} is missing. Mend: apt-get install chromium`)
  await mkdir(FOLDER, { recursive: true })
  const demo = await startDemo({})
  const browser = await openBrowser()
  try {
    await demo.ready
    await urgentCases(browser, demo.url)
    await caseWithThread(browser, demo.url)
    await missedBeats(browser, demo.url)
  } finally {
    await browser.close()
    await demo.close()
  }
}

/** Chinese, light: the first morning's P0 cases. */
async function urgentCases(browser: Browser, url: string): Promise<void> {
  const page = await openPage(browser, url, [], {
    ...SHARP,
    viewport: { width: 1280, height: 1092 },
    locale: 'zh-CN',
    colorScheme: 'light',
  })
  await page.getByRole('button', { name: '查看 P0' }).click()
  await page.locator('.main .stream-inner.filtered .card').first().waitFor()
  await write(page, 'console-zh.png')
}

/** English, dark: a case that was claimed and reached, with its thread. */
async function caseWithThread(browser: Browser, url: string): Promise<void> {
  const page = await openPage(browser, url, [], {
    ...SHARP,
    viewport: { width: 1360, height: 850 },
    locale: 'en-GB',
    colorScheme: 'dark',
  })
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('button', { name: 'See P0' }).click()
  const message = await readable(page)
  await message.getByRole('button', { name: 'Claim', exact: true }).click()
  await message.getByRole('button', { name: 'Contacted', exact: true }).click()
  await message.getByText('· Contacted ·').waitFor()
  for (const note of await page.getByRole('button', { name: 'Dismiss this answer' }).all()) await note.click()
  await message.locator('.thread-link').click()
  await page.locator('.thread .message').nth(2).waitFor()
  await message.evaluate((element) => element.scrollIntoView({ block: 'start' }))
  await write(page, 'console-en.png')
}

/** English, light, a phone: a customer who kept coming, and then did not. */
async function missedBeats(browser: Browser, url: string): Promise<void> {
  const page = await openPage(browser, url, [], {
    deviceScaleFactor: 2,
    viewport: { width: 390, height: 844 },
    locale: 'en-GB',
    colorScheme: 'light',
    isMobile: true,
    hasTouch: true,
  })
  await page.getByRole('button', { name: '打开频道列表' }).click()
  await page.getByRole('button', { name: 'English' }).click()
  await page.locator('.rail-close').click()
  await page.locator('.urgent').getByRole('button', { name: 'Close' }).click()
  const message = page.locator('.main .message:has(.draw-marks)').last()
  await message.evaluate((element) => element.scrollIntoView({ block: 'start' }))
  await write(page, 'console-phone.png')
}

/** The first case of a customer with a Latin name, for readers of English; else the first one. */
async function readable(page: Page): Promise<Locator> {
  const messages = page.locator('.main .stream-inner.filtered .message')
  await messages.first().waitFor()
  const titles = await messages.locator('h3').allTextContents()
  const at = titles.findIndex((title) => /^[A-Z]/.test(title))
  const id = await messages.nth(Math.max(0, at)).getAttribute('data-message')
  return page.locator(`.main [data-message="${id}"]`)
}

async function write(page: Page, name: string): Promise<void> {
  const file = join(FOLDER, name)
  await page.locator('.start-progress').waitFor({ state: 'detached', timeout: 120_000 })
  // The soft highlight of fresh cards has gone by then.
  await page.waitForTimeout(3_000)
  await page.mouse.move(0, 0)
  await page.screenshot({ path: file })
  const { size } = statSync(file)
  process.stdout.write(`${file}: ${Math.round(size / 1000)} kB\n`)
  if (size > MOST_BYTES) throw new Error(`${file} is larger than ${MOST_BYTES / 1000} kB: lower SHARP.`)
}

await main()
