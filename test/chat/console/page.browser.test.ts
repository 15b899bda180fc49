import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BrowserPage, browserInstalled, openBrowserPage } from './browser-page.ts'

/** The one refusal these tests provoke; anything else in the browser's console is a fault. */
const MEANT = /status of 400/

describe.skipIf(!browserInstalled('page.browser.test.ts'))('working in the page', () => {
  let here: BrowserPage
  beforeAll(async () => {
    here = await openBrowserPage()
  })
  afterAll(() => here.close())

  const card = (id: string): Locator => here.page.locator(`.main [data-message="${id}"] .card`)
  const line = (): Locator => here.page.locator('.main .composer input')

  test('cards are drawn with their tier, factors and buttons', async () => {
    const first = card('M-1')
    expect(await first.locator('.badge').textContent()).toBe('P0')
    expect(await first.getAttribute('class')).toContain('accent-P0')
    expect(await first.locator('.factor-bar').count()).toBe(3)
    expect(await first.locator('.card-buttons button').allTextContents()).toEqual([
      '认领',
      '详情',
      '不是风险',
    ])
  })

  test('a pressed button edits the card in place, in every open page', async () => {
    const other = await here.open()
    await card('M-1').getByRole('button', { name: '认领' }).click()
    await here.page.locator('.main [data-message="M-1"].fresh').waitFor()
    await other.locator('[data-message="M-1"] .card[data-version="2"]').waitFor()
    expect(await card('M-1').locator('dd').nth(1).textContent()).toBe('李倩')
    expect(await here.page.locator('.main .message').count()).toBe(6)
    await other.context().close()
  })

  test('an answer for me alone appears under the card and can be put away', async () => {
    await card('M-1').getByRole('button', { name: '详情' }).click()
    // The answer to the claim before may still be there.
    const note = here.page.locator('.note-frame', { hasText: 'why A-1042：这里是详情' })
    await note.waitFor()
    expect(await note.textContent()).toContain('仅你可见')
    await note.getByRole('button', { name: '收起这条答复' }).click()
    expect(await note.count()).toBe(0)
  })

  test('the thread opens beside the stream and shows what happened', async () => {
    await here.page.locator('[data-message="M-1"] .thread-link').click()
    await here.page.locator('.thread .message').nth(1).waitFor()
    expect(await here.page.locator('.thread h3').allTextContents()).toEqual([
      '林** · 刚说要“退订”，是高价值客户',
      '李倩 认领了这个案件',
    ])
    expect(new URL(here.page.url()).hash).toBe('#/alerts/M-1')
    await here.page.goBack()
    await here.page.locator('.thread').waitFor({ state: 'detached' })
  })

  test('a form asks for what is missing, then closes the case', async () => {
    await card('M-1').getByRole('button', { name: '结案' }).click()
    const dialog = here.page.getByRole('dialog')
    await dialog.getByRole('button', { name: '结案' }).click()
    // Nothing is chosen for the reader: a preset result would be learned from.
    expect(await dialog.getByLabel('结果').inputValue()).toBe('')
    expect(await dialog.locator('.problem').allTextContents()).toEqual(['请选择一项', '这一项要填'])
    expect(await here.page.evaluate('document.activeElement?.getAttribute("name")')).toBe('result')
    await dialog.getByLabel('结果').selectOption('lost')
    await dialog.getByLabel('花费（元）').fill('-1')
    await dialog.getByLabel('做了什么').fill('安排资深技师免费复检')
    expect(await dialog.locator('.problem').allTextContents()).toEqual(['不能小于 0'])
    await dialog.getByLabel('花费（元）').fill('200')
    await dialog.getByRole('button', { name: '结案' }).click()
    await here.page.locator('.main [data-message="M-1"] .card.accent-good').waitFor()
    expect(await dialog.count()).toBe(0)
    expect(here.console.desk.calls.at(-1)).toMatchObject({
      command: 'resolve',
      form: { result: 'lost', action: '安排资深技师免费复检', cost: '200', reply: '' },
    })
  })

  test('Tab completes, Enter sends, a table row opens, Up brings the line back', async () => {
    await line().fill('')
    await line().pressSequentially('t')
    await here.page.locator('.hints [role=option]').waitFor()
    await here.page.keyboard.press('Tab')
    expect(await line().inputValue()).toBe('top ')
    await line().pressSequentially('20')
    await here.page.keyboard.press('Enter')
    await here.page.locator('table').waitFor()
    expect(await here.page.locator('.line').last().textContent()).toBe('top 20')
    await here.page.locator('.pending').waitFor({ state: 'detached' })
    await here.page.locator('.row-link').first().click()
    await here.page.locator('.note-frame', { hasText: 'show C-0218' }).waitFor()
    expect(here.console.desk.calls.at(-1)).toMatchObject({ kind: 'press', command: 'show', args: 'C-0218' })
    await line().focus()
    await here.page.keyboard.press('ArrowUp')
    expect(await line().inputValue()).toBe('top 20')
    await here.page.keyboard.press('ArrowDown')
    expect(await line().inputValue()).toBe('')
  })

  test('arrow keys choose among hints', async () => {
    await here.page.keyboard.press('ArrowDown')
    await here.page.locator('.hints [role=option]').nth(4).waitFor()
    await here.page.keyboard.press('ArrowDown')
    await here.page.keyboard.press('ArrowDown')
    expect(await here.page.locator('.hints [aria-selected=true] .hint-label').textContent()).toBe('show')
    await here.page.keyboard.press('Enter')
    expect(await line().inputValue()).toBe('show ')
    await line().fill('')
  })

  test('a line nobody understands is answered to its sender alone', async () => {
    await line().fill('blah')
    await here.page.keyboard.press('Enter')
    await here.page.getByRole('alert').filter({ hasText: '没有“blah”这个命令。' }).waitFor()
  })

  test('a typed command may ask for a form', async () => {
    await line().fill('resolve A-1042')
    await here.page.keyboard.press('Enter')
    const dialog = here.page.getByRole('dialog')
    await dialog.getByLabel('结果').selectOption('stays')
    await dialog.getByLabel('做了什么').fill('再跟进一次')
    await dialog.getByRole('button', { name: '结案' }).click()
    await dialog.waitFor({ state: 'detached' })
    expect(here.console.desk.calls.at(-1)).toMatchObject({ kind: 'say', form: { action: '再跟进一次' } })
  })

  test('the browser had nothing to complain about', () => {
    expect(here.complaints.filter((words) => !MEANT.test(words))).toEqual([])
  })
})
