import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browserInstalled, openBrowser, openPage } from './chat/console/browser-page.ts'
import type { RunningDemo } from './running-demo.ts'
import { startDemo } from './running-demo.ts'

/** A company small enough to live a day in a second, whose first P0 customer changes their mind again soon. */
const SMALL = { customers: 100, seed: '2' }
/** The watch lasts 30 days; a relapse comes within it or not at all. */
const MOST_DAYS = 30
const NOTE = '店长上门道歉，送两次保养，客户答应留下。'

/** By hand, as the README promises: from the first cards to the second alert about the same customer. */
describe.skipIf(!browserInstalled('demo.browser.test.ts'))('the demo in a browser', () => {
  let demo: RunningDemo
  let browser: Browser
  let page: Page
  const complaints: string[] = []
  /** The message of the case that is worked, and the numbers of that case and of the one that follows it. */
  const worked = { message: '', no: '', next: '' }

  beforeAll(async () => {
    demo = await startDemo(SMALL)
    await demo.ready
    browser = await openBrowser()
    page = await openPage(browser, demo.url, complaints)
    // A day of the company is real work: on a busy machine it takes a while.
    page.setDefaultTimeout(120_000)
  })
  afterAll(async () => {
    await browser?.close()
    await demo?.close()
  })

  const card = (message: string): Locator => page.locator(`.main [data-message="${message}"] .card`).first()
  const button = (message: string, name: string) => card(message).getByRole('button', { name, exact: true })

  test('cards of all three tiers are there on the first morning', async () => {
    for (const tier of ['P0', 'P1', 'P2']) {
      const cards = page.locator(`.main .card.accent-${tier}`)
      await cards.first().waitFor({ state: 'attached' })
      await expect.poll(() => counted(tier)).toBe(await cards.count())
    }
  })

  test('a P0 case is found, claimed, contacted and marked retained with the mouse', async () => {
    await page.getByRole('button', { name: '查看 P0' }).click()
    const first = page.locator('.main .message').first()
    await first.locator('.badge', { hasText: 'P0' }).waitFor()
    worked.message = (await first.getAttribute('data-message'))!
    worked.no = /A-\d+/.exec((await card(worked.message).locator('.card-head p').textContent())!)![0]
    await button(worked.message, '认领').click()
    await card(worked.message).getByText(`${worked.no} · 已认领`).waitFor()
    const all = await counted('P0')
    await page.getByLabel('只看待认领').check()
    await page.locator(`.main [data-message="${worked.message}"]`).waitFor({ state: 'detached' })
    await expect.poll(() => counted('P0')).toBe(all - 1)
    await page.getByLabel('只看待认领').uncheck()
    await button(worked.message, '已联系').click()
    await card(worked.message).getByText(`${worked.no} · 已联系`).waitFor()
    await button(worked.message, '已留住').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('怎么留住的').fill(NOTE)
    await dialog.getByRole('button', { name: '开始观察' }).click()
    await card(worked.message).getByText(`${worked.no} · 观察期`).waitFor()
    expect(await card(worked.message).locator('.badge').textContent()).toBe('第 1/30 天')
  })

  test('within the watch a new case opens that knows the old one', async () => {
    await page.getByRole('button', { name: '全部消息' }).click()
    const again = page.locator('.main .card', { hasText: `曾在 ${worked.no} 标记为已留住` })
    for (let day = 1; day <= MOST_DAYS && (await again.count()) === 0; day += 1) await nextDay()
    expect(await again.textContent()).toContain(NOTE)
    worked.next = /A-\d+/.exec((await again.locator('.card-head p').textContent())!)![0]
    const old = await card(worked.message).textContent()
    expect(old).toContain(`${worked.no} · 再次预警`)
    expect(old).toContain(`请到 ${worked.next} 继续跟进`)
  })

  test('in English on a phone the same is seen', async () => {
    const desktop = page
    page = await openPage(browser, demo.url, complaints, {
      ...{ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, locale: 'en' },
    })
    await page
      .getByRole('button', { name: 'Open the channel list' })
      .or(page.getByRole('button', { name: '打开频道列表' }))
      .click()
    await page.getByRole('button', { name: 'English' }).click()
    await page.locator('.scrim').click({ position: { x: 380, y: 400 } })
    await card(worked.message).getByText(`${worked.no} · Relapsed`).waitFor({ state: 'attached' })
    expect(await card(worked.message).textContent()).toContain(`Work goes on in ${worked.next}`)
    const next = page.locator('.main .card', { hasText: `Marked retained in ${worked.no}` })
    await next.scrollIntoViewIfNeeded()
    expect(await next.textContent()).toContain(NOTE)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
    await page.context().close()
    page = desktop
  })

  test('the browser had nothing to complain about', () => {
    expect(complaints).toEqual([])
  })

  async function counted(tier: string): Promise<number> {
    const button = page.getByRole('button', { name: new RegExp(`^${tier} `) })
    return Number(await button.locator('.filter-count').textContent())
  }

  async function nextDay(): Promise<void> {
    const date = await page.locator('.demo-now time span').textContent()
    await page.getByRole('button', { name: '快进 1 天' }).click()
    await page.locator('.demo-clock:not(.busy) time').filter({ hasNotText: date! }).waitFor()
  }
})
