import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BrowserPage, browserInstalled, openBrowserPage } from './browser-page.ts'
import { alertCard, smallCard } from './cards.ts'

describe.skipIf(!browserInstalled('page-press.browser.test.ts'))('an impatient hand', () => {
  let here: BrowserPage
  beforeAll(async () => {
    here = await openBrowserPage()
  })
  afterAll(() => here.close())

  const card = (id: string): Locator => here.page.locator(`.main [data-message="${id}"] .card`)
  const presses = (command: string) =>
    here.console.desk.calls.filter((call) => call['command'] === command).length

  test('a double click asks once: button, clock and form', async () => {
    await card('M-1').getByRole('button', { name: '认领' }).dblclick()
    await here.page.locator('.main [data-message="M-1"] .card[data-version="2"]').waitFor()
    expect(presses('claim')).toBe(1)

    const before = here.console.clock.now().getTime()
    await here.page.getByRole('button', { name: '快进 1 小时' }).dblclick()
    await here.page.getByText('10:50').waitFor()
    expect(here.console.clock.now().getTime() - before).toBe(3_600_000)

    await card('M-1').getByRole('button', { name: '结案' }).click()
    const dialog = here.page.getByRole('dialog')
    await dialog.getByLabel('结果').selectOption('stays')
    await dialog.getByLabel('做了什么').fill('免费复检')
    await dialog.getByRole('button', { name: '结案' }).dblclick()
    await card('M-1').and(here.page.locator('.accent-good')).waitFor()
    expect(presses('resolve')).toBe(1)
  })

  test('a card that changes while its form is open says so and keeps what was typed', async () => {
    const to = { chat: 'console', channel: 'alerts' }
    const state = { no: 1070, owner: '李倩', version: 1, closed: false }
    const message = await here.console.chat.post(to, alertCard(state), 'case 1070')
    await card(message.message).getByRole('button', { name: '结案' }).click()
    const dialog = here.page.getByRole('dialog')
    await dialog.getByLabel('做了什么').fill('已上门道歉')
    await here.console.chat.update(message, alertCard({ ...state, version: 2 }))
    await dialog.getByText('填写期间，这条预警有了变化').waitFor()
    expect(await dialog.getByRole('button', { name: '结案' }).isEnabled()).toBe(true)
    await here.console.chat.update(message, alertCard({ ...state, version: 3, closed: true }))
    await dialog.getByText('已经不能再做这一步。').waitFor()
    expect(await dialog.getByLabel('做了什么').inputValue()).toBe('已上门道歉')
    expect(await dialog.getByRole('button', { name: '结案' }).isDisabled()).toBe(true)
    await here.page.keyboard.press('Escape')
    expect(presses('resolve')).toBe(1)
  })

  test('unread counts are each person’s own, even while the clock stands still', async () => {
    const to = { chat: 'console', channel: 'retention' }
    const badge = here.page.getByRole('link', { name: '挽留小组' }).locator('.count span[aria-hidden]')
    const be = (person: string) => here.page.locator('.person-switch select').selectOption(person)
    await here.console.chat.post(to, smallCard('一', 'one'), 'one')
    await badge.getByText('1', { exact: true }).waitFor()
    await here.page.getByRole('link', { name: '挽留小组' }).click()
    await badge.waitFor({ state: 'detached' })
    await here.page.getByRole('link', { name: '客户预警' }).click()
    await here.console.chat.post(to, smallCard('二', 'two'), 'two')
    await badge.getByText('1', { exact: true }).waitFor()
    await be('zhou')
    await badge.getByText('2', { exact: true }).waitFor()
    await be('li')
    await badge.getByText('1', { exact: true }).waitFor()
  })

  test('the browser had nothing to complain about', () => {
    expect(here.complaints).toEqual([])
  })
})
