import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BrowserPage, browserInstalled, openBrowserPage } from './browser-page.ts'
import { chartsCard } from './cards.ts'

describe.skipIf(!browserInstalled('page-cards.browser.test.ts'))('cards, closely', () => {
  let here: BrowserPage
  beforeAll(async () => {
    here = await openBrowserPage()
  })
  afterAll(() => here.close())

  const card = (id: string): Locator => here.page.locator(`.main [data-message="${id}"] .card`)
  const note = (): Locator => here.page.locator('.main .note-frame')
  const undo = (): Locator => note().getByRole('button', { name: '撤销' })
  const focused = () => here.page.evaluate('document.activeElement?.getAttribute("data-message")')

  test('what can be taken back counts down on its note, and goes when its time is over', async () => {
    await here.page.clock.install()
    await card('M-1').getByRole('button', { name: '认领' }).click()
    await undo().waitFor()
    await here.page.clock.fastForward(20_000)
    await expect.poll(() => undo().textContent()).toMatch(/^撤销(40|39|38) 秒$/)
    await here.page.clock.fastForward(41_000)
    await undo().waitFor({ state: 'detached' })
    expect(await note().getByText('A-1042 归你了').count()).toBe(1)
  })

  test('a press of it reaches the server as a press of the card it stands under', async () => {
    const other = await here.open()
    const there = other.locator('.main [data-message="M-1"] .card')
    await here.console.desk.press({
      person: 'li',
      channel: 'alerts',
      message: 'M-1',
      command: 'undo',
      args: 'A-1042',
      form: null,
      request: 'before',
    })
    await there.getByRole('button', { name: '认领' }).click()
    const button = other.locator('.main .note-frame').getByRole('button', { name: '撤销' })
    await other.route('**/api/press', (route) => route.abort())
    await button.click()
    // The server was not reached: the note says so and the button is still there to be pressed again.
    await other.locator('.main .note-frame .trouble').waitFor()
    await other.unroute('**/api/press')
    await button.click()
    await other.getByText('已撤销认领').waitFor()
    await there.getByRole('button', { name: '认领' }).waitFor()
    expect(here.console.desk.calls.at(-1)).toMatchObject({
      kind: 'press',
      command: 'undo',
      args: 'A-1042',
      message: 'M-1',
    })
    await other.context().close()
  })

  test('charts say in words what they show, and share a row', async () => {
    await here.console.chat.post({ chat: 'console', channel: 'alerts' }, chartsCard(), 'charts')
    const last = here.page.locator('.main .card').last()
    await last.locator('.chart-row').nth(1).waitFor()
    expect(await last.locator('.chart-row').first().locator('svg').count()).toBe(3)
    const named = await last
      .getByRole('img')
      .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')))
    expect(named).toEqual(
      ['风险走势：4 个点', '情绪与评分：5 个点', '每月到店：6 个点', '到店节奏：6 个点'].map(
        (says) => `${says.split('：')[0]}: ${says}`,
      ),
    )
    expect(await last.locator('rect.bar').count()).toBe(6)
  })

  test('keys walk through the cards, open a thread, and lead back to the line', async () => {
    await here.page.locator('.main .composer input').focus()
    await here.page.keyboard.press('Escape')
    const newest = await focused()
    await here.page.keyboard.press('k')
    expect(await focused()).toBe('M-6')
    await here.page.keyboard.press('ArrowUp')
    expect(await focused()).toBe('M-5')
    await here.page.keyboard.press('j')
    await here.page.keyboard.press('j')
    expect(await focused()).toBe(newest)
    await here.page.keyboard.press('k')
    await here.page.keyboard.press('Enter')
    await here.page.locator('.thread').waitFor()
    await here.page.keyboard.press('Escape')
    await here.page.locator('.thread').waitFor({ state: 'detached' })
    await here.page.locator('[data-message="M-6"]').first().focus()
    await here.page.keyboard.press('Escape')
    expect(await here.page.evaluate('document.activeElement?.closest(".composer") !== null')).toBe(true)
  })

  test('on a phone charts stand one below the other and nothing is wider than the screen', async () => {
    const phone = await here.open({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true })
    const charts = phone.locator('.main .chart-row').first().locator('figure')
    await charts.first().waitFor()
    const lefts = await charts.evaluateAll((all) =>
      all.map((one) => Math.round(one.getBoundingClientRect().left)),
    )
    expect(new Set(lefts).size).toBe(1)
    expect(await phone.evaluate('document.documentElement.scrollWidth')).toBe(390)
    await phone.context().close()
  })

  test('the browser had nothing to complain about', () => {
    expect(here.complaints.filter((words) => !/ERR_FAILED/.test(words))).toEqual([])
  })
})
