import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BrowserPage, browserInstalled, openBrowserPage } from './browser-page.ts'
import { smallCard } from './cards.ts'
import { openTestConsole } from './open.ts'

const to = { chat: 'console', channel: 'alerts' }

describe.skipIf(!browserInstalled('page-life.browser.test.ts'))('living with the page', () => {
  let here: BrowserPage
  beforeAll(async () => {
    here = await openBrowserPage()
  })
  afterAll(() => here.close())

  const card = (id: string): Locator => here.page.locator(`.main [data-message="${id}"] .card`)
  const line = (): Locator => here.page.locator('.main .composer input')
  const heading = (name: string): Locator => here.page.getByRole('heading', { name, exact: true })

  test('language and theme change at once and last', async () => {
    await here.page.getByRole('button', { name: 'English' }).click()
    expect(await here.page.locator('h1').textContent()).toBe('Alerts')
    expect(await card('M-2').locator('.card-buttons button').first().textContent()).toBe('Claim')
    expect(await here.page.evaluate('document.documentElement.lang')).toBe('en')
    const ground = () => here.page.evaluate('getComputedStyle(document.body).backgroundColor')
    const light = await ground()
    await here.page.getByRole('button', { name: 'Dark', exact: true }).click()
    expect(await ground()).not.toBe(light)
    await here.page.reload()
    await here.page.waitForSelector('.card')
    expect([await here.page.locator('h1').textContent(), (await ground()) === light]).toEqual([
      'Alerts',
      false,
    ])
  })

  test('another person sees what is theirs and not what was private to the first', async () => {
    const add = (onlyFor: string, title: string) =>
      here.console.messages.add({
        ...{ channel: 'alerts', thread: null, author: 'foreshock', at: here.console.clock.now(), line: null },
        onlyFor,
        card: smallCard(title, title),
        key: title,
      })
    for (const [person, title] of [
      ['li', 'for Li alone'],
      ['zhou', 'for Zhou alone'],
    ] as const) {
      here.console.events.message(await add(person, title))
    }
    await heading('for Li alone').waitFor()
    await here.page.locator('.person-switch select').selectOption('zhou')
    await heading('for Zhou alone').waitFor()
    expect(await here.page.getByText('for Li alone').count()).toBe(0)
    expect(await here.page.locator('.person-words strong').textContent()).toBe('Zhou Min')
  })

  test('the demo clock moves the date', async () => {
    const date = () => here.page.locator('.demo-now time').textContent()
    expect(await date()).toBe('Mon 1 Jun 2026 09:50')
    await here.page.getByRole('button', { name: 'Forward 1 day' }).click()
    await here.page.getByText('Tue 2 Jun 2026').waitFor()
  })

  test('a message elsewhere counts as unread until it is looked at', async () => {
    await here.console.chat.post({ ...to, channel: 'retention' }, smallCard('新', 'new'), 'elsewhere')
    const link = here.page.getByRole('link', { name: 'Retention' })
    await link.locator('.count').waitFor()
    expect(await here.page.title()).toMatch(/^\(1\) Alerts/)
    await link.click()
    await heading('new').waitFor()
    expect(await link.locator('.count').count()).toBe(0)
    await here.page.getByRole('link', { name: 'General' }).click()
    await here.page.getByText('All quiet here').waitFor()
  })

  test('older messages come on request and what was read stays in place', async () => {
    for (let n = 0; n < 45; n++) {
      await here.console.chat.post(
        { ...to, channel: 'retention' },
        smallCard(`旧 ${n}`, `old ${n}`),
        `old ${n}`,
      )
    }
    await here.page.reload()
    await here.page.getByRole('link', { name: 'Retention' }).click()
    await heading('old 44').waitFor()
    const count = () => here.page.locator('.main .message').count()
    expect(await count()).toBe(40)
    await here.page.getByRole('button', { name: 'Load older messages' }).click()
    await heading('old 0').waitFor({ state: 'attached' })
    expect(await count()).toBe(46)
    expect(await here.page.locator('.older').count()).toBe(0)
    await here.page.getByRole('link', { name: 'General' }).click()
  })

  test('words from data stay words', async () => {
    const nasty = '<img src=x onerror="document.title=1"><b>bold</b>'
    await here.console.chat.post({ ...to, channel: 'general' }, smallCard(nasty, nasty), 'nasty')
    await heading(nasty).waitFor()
    expect(await here.page.locator('.main h3').last().textContent()).toBe(nasty)
    expect(await here.page.locator('.main .card img, .main .card b').count()).toBe(0)
  })

  test('on a phone nothing is wider than the screen and the rail folds away', async () => {
    const phone = await here.open({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true })
    const wide = () => phone.evaluate('document.documentElement.scrollWidth')
    expect(await wide()).toBe(390)
    expect(await phone.locator('.rail').isVisible()).toBe(false)
    await phone.getByRole('button', { name: '打开频道列表' }).click()
    await phone.getByRole('link', { name: '大厅' }).click()
    await phone.locator('h1', { hasText: '大厅' }).waitFor()
    await phone.locator('.rail').waitFor({ state: 'hidden' })
    await phone.getByRole('button', { name: '打开频道列表' }).click()
    await phone.getByRole('link', { name: '客户预警' }).click()
    await phone.locator('[data-message="M-1"] .thread-link').click()
    await phone.locator('.thread').waitFor()
    expect(await phone.locator('.thread').evaluate((panel) => panel.getBoundingClientRect().width)).toBe(390)
    expect(await wide()).toBe(390)
    await phone.context().close()
  })

  test('on the smallest phone, too, with the clock and its buttons', async () => {
    const small = await here.open({ viewport: { width: 280, height: 653 }, isMobile: true, hasTouch: true })
    expect(await small.locator('.demo-clock').isVisible()).toBe(true)
    expect(await small.evaluate('document.documentElement.scrollWidth')).toBe(280)
    await small.context().close()
  })

  test('an answer taller than the window is shown from its question on; the reader may go on from there', async () => {
    const low = await here.open({ viewport: { width: 900, height: 430 } })
    await low.locator('.main .composer input').fill('top 20')
    await low.keyboard.press('Enter')
    const title = low.getByRole('heading', { name: '最该先联系的 3 位客户', exact: true }).last()
    await title.waitFor()
    const inside = (of: Locator) =>
      of.evaluate((element) => {
        const [box, own] = [element.closest('.stream')!, element].map((each) => each.getBoundingClientRect())
        return { starts: own!.top >= box!.top - 1, ends: own!.bottom <= box!.bottom + 1 }
      })
    await expect.poll(() => inside(title)).toEqual({ starts: true, ends: true })
    const card = low.locator('.main .card').last()
    expect(await inside(card)).toMatchObject({ ends: false })
    await low.context().close()
  })

  test('when the server goes away the page says so, and recovers by itself', async () => {
    const { port } = here.console
    expect(here.complaints).toEqual([])
    await here.console.server.close()
    await here.page.getByText('Connection lost. Reconnecting…').waitFor()
    here.console = await openTestConsole({ port })
    await here.console.chat.post({ ...to, channel: 'general' }, smallCard('回来了', 'back again'), 'back')
    await heading('back again').waitFor()
    expect(await here.page.locator('.banner').count()).toBe(0)
    await line().fill('help')
    await here.page.keyboard.press('Enter')
    await heading('You can type top, mine, show').waitFor()
  })
})
