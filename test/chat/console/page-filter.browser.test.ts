import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BrowserPage, browserInstalled, openBrowserPage } from './browser-page.ts'
import { alertCard, quietCard, smallCard } from './cards.ts'

const to = { chat: 'console', channel: 'alerts' }

describe.skipIf(!browserInstalled('page-filter.browser.test.ts'))('finding what is urgent', () => {
  let here: BrowserPage
  beforeAll(async () => {
    here = await openBrowserPage()
  })
  afterAll(() => here.close())

  const tier = (name: string): Locator => here.page.getByRole('button', { name: new RegExp(`^${name} `) })
  const count = (name: string) => tier(name).locator('.filter-count').textContent()
  const shown = () =>
    here.page.locator('.main .message').evaluateAll((all) => all.map((each) => each.dataset['message']))
  const card = (id: string): Locator => here.page.locator(`.main [data-message="${id}"] .card`)

  test('a channel opens with a pointer to its P0 cases, and one click shows them', async () => {
    expect(await here.page.locator('.urgent').textContent()).toContain('1 位客户即将流失还没人认领')
    expect([await count('P0'), await count('P1'), await count('P2')]).toEqual(['1', '3', '2'])
    await here.page.getByRole('button', { name: '查看 P0' }).click()
    // The list is empty for a moment, until the filtered page has come.
    await expect.poll(shown).toEqual(['M-1'])
    expect(await tier('P0').getAttribute('aria-pressed')).toBe('true')
    expect(await here.page.locator('.urgent').count()).toBe(0)
  })

  test('the keyboard reaches every filter', async () => {
    await tier('P0').focus()
    await here.page.keyboard.press('Tab')
    await here.page.keyboard.press('Enter')
    await card('M-2').waitFor()
    expect(await shown()).toEqual(['M-2', 'M-4', 'M-6'])
    await here.page.keyboard.press('Shift+Tab')
    await here.page.keyboard.press('Space')
    await card('M-1').waitFor()
  })

  test('new cards of the tier join, others do not, and the counts follow', async () => {
    await here.console.chat.post(to, quietCard(1050, 'P2'), 'another P2')
    const second = alertCard({ no: 1051, owner: null, version: 1, closed: false })
    await here.console.chat.post(to, second, 'another P0')
    await here.page.locator('.main .message').nth(1).waitFor()
    expect(await shown()).toEqual(['M-1', 'M-8'])
    await tier('P0').locator('.filter-count', { hasText: '2' }).waitFor()
    await tier('P2').locator('.filter-count', { hasText: '3' }).waitFor()
  })

  test('a claimed card stays under the hand, and is left out the next time', async () => {
    await here.page.getByLabel('只看待认领').check()
    await card('M-8').waitFor()
    await card('M-1').getByRole('button', { name: '认领' }).click()
    await tier('P0').locator('.filter-count', { hasText: '1' }).waitFor()
    expect(await shown()).toEqual(['M-1', 'M-8'])
    await here.page.reload()
    await card('M-8').waitFor()
    // The filter is remembered; the claimed card is gone from it.
    expect([await shown(), await here.page.getByLabel('只看待认领').isChecked()]).toEqual([['M-8'], true])
  })

  test('each channel keeps its own filter; without cases there is none', async () => {
    await here.page.getByRole('link', { name: '大厅' }).click()
    await here.page.getByText('这里还很平静').waitFor()
    expect(await here.page.locator('.filter-bar').count()).toBe(0)
    await here.page.getByRole('link', { name: '客户预警' }).click()
    await card('M-8').waitFor()
    expect(await shown()).toEqual(['M-8'])
  })

  test('the thread of a card that only the filter shows has its head', async () => {
    for (let n = 0; n < 45; n++)
      await here.console.chat.post(to, smallCard(`闲话 ${n}`, `talk ${n}`), `talk ${n}`)
    await here.page.reload()
    await card('M-8').waitFor()
    await here.page.locator('[data-message="M-8"] .thread-link').click()
    await here.page.locator('.thread h3').waitFor()
    await here.page
      .getByRole('button', { name: '全部消息' })
      .or(here.page.getByRole('button', { name: /^全部等级/ }))
      .click()
    await here.page.getByLabel('只看待认领').uncheck()
    await here.page.getByText('闲话 44').waitFor()
    expect(await here.page.locator('.thread h3').textContent()).toContain('退订')
    // Beside it the bar is narrow, in English most of all: nothing lies over anything else.
    await here.page.setViewportSize({ width: 1280, height: 860 })
    await here.page.getByRole('button', { name: 'English' }).click()
    const [last, box] = await Promise.all(
      ['.filter-tier:last-child .filter-count', '.filter-unclaimed'].map((at) =>
        here.page.locator(at).boundingBox(),
      ),
    )
    expect(last!.x + last!.width).toBeLessThan(box!.x)
    await here.page.getByRole('button', { name: '中文' }).click()
    await here.page.keyboard.press('Escape')
  })

  test('what is said in a filtered channel is not hidden', async () => {
    await tier('P0').click()
    await card('M-8').waitFor()
    await here.page.locator('.main .composer input').fill('top 20')
    await here.page.keyboard.press('Enter')
    await here.page.locator('.main table').waitFor()
    expect(await here.page.getByRole('button', { name: '全部消息' }).getAttribute('aria-pressed')).toBe(
      'true',
    )
  })

  test('a filter that finds nothing says so', async () => {
    await here.page.getByRole('link', { name: '挽留小组' }).click()
    await here.console.chat.post({ ...to, channel: 'retention' }, quietCard(1060, 'P1'), 'elsewhere')
    await tier('P2').click()
    await here.page.getByText('这里没有符合条件的预警').waitFor()
    await here.page.getByRole('button', { name: '看全部消息' }).click()
    await here.page.locator('.main .card').waitFor()
  })

  test('the browser had nothing to complain about', () => {
    expect(here.complaints).toEqual([])
  })
})
