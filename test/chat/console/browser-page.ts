import { existsSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { alertCard, quietCard } from './cards.ts'
import { openTestConsole, type TestConsole } from './open.ts'

/** A real browser on a real server with the in-memory desk behind it. */

export const CHROMIUM = '/usr/bin/chromium'
const ARGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking']

/** True when the browser tests can run. Says so loudly when they cannot; in CI that is a failure. */
export function browserInstalled(file: string): boolean {
  if (existsSync(CHROMIUM)) return true
  const words = `${file}: ${CHROMIUM} is missing. Mend: apt-get install chromium`
  if (process.env['CI'] === 'true') throw new Error(words)
  process.stderr.write(`\nSKIPPED ${words}\n`)
  return false
}

export interface BrowserPage {
  console: TestConsole
  readonly page: Page
  /** Errors, warnings and requests to other hosts, from every page opened here. */
  readonly complaints: string[]
  open(options?: BrowserContextOptions): Promise<Page>
  close(): Promise<void>
}

/** Six cases in the channel "alerts", the first one a P0, and a Chinese reader's desktop page. */
export async function openBrowserPage(): Promise<BrowserPage> {
  const console = await openTestConsole()
  const to = { chat: 'console', channel: 'alerts' }
  await console.chat.post(to, alertCard({ no: 1042, owner: null, version: 1, closed: false }), 'case 1')
  for (let no = 1043; no < 1048; no++) {
    await console.chat.post(to, quietCard(no, no % 2 ? 'P1' : 'P2'), `case ${no}`)
  }
  const browser = await openBrowser()
  const complaints: string[] = []
  const open = (options: BrowserContextOptions = {}) => openPage(browser, console.url, complaints, options)
  const opened: BrowserPage = {
    console,
    page: await open(),
    complaints,
    open,
    async close() {
      await browser.close()
      await opened.console.server.close()
    },
  }
  return opened
}

export const openBrowser = (): Promise<Browser> => chromium.launch({ executablePath: CHROMIUM, args: ARGS })

/** A page of its own browser profile, once it shows cards. Whatever it complains of is added to `complaints`. */
export async function openPage(
  browser: Browser,
  url: string,
  complaints: string[],
  options: BrowserContextOptions = {},
): Promise<Page> {
  const usual = { viewport: { width: 1360, height: 860 }, locale: 'zh-CN', colorScheme: 'light' as const }
  const context = await browser.newContext({ ...usual, ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(120_000)
  page.on('console', (line) => {
    if (line.type() === 'error' || line.type() === 'warning') complaints.push(line.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('request', (request) => {
    if (new URL(request.url()).host !== new URL(url).host) complaints.push(`outside: ${request.url()}`)
  })
  await page.goto(url)
  await page.waitForSelector('.card')
  return page
}
