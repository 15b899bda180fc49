import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commands } from '../../commands/index.ts'
import type { Card } from '../../src/chat/card.ts'
import type { Deed, Inbound } from '../../src/chat/inbound.ts'
import { openInbox } from '../../src/chat/inbox.ts'
import { openCounter } from '../../src/main/counter.ts'
import { presenter } from '../../src/main/present.ts'
import { type Company, openCompany, wordsOf } from '../commands/company.ts'
import { fakeChat } from '../fakes/chat.ts'
import { fakePlatform } from '../fakes/chat-platform.ts'
import { onePlace } from '../places.ts'

describe.each(onePlace)('the counter of chat platforms on $name', (place) => {
  let company: Company
  let open: ReturnType<typeof openCounter>
  let inbox: ReturnType<typeof openInbox>
  let fake: ReturnType<typeof fakeChat>
  beforeAll(async () => {
    company = await openCompany(place)
    const { ctx, clock } = company
    fake = fakeChat(fakePlatform(), clock, { name: 'slack' })
    const known = { name: null, isGuest: false, isGone: false }
    fake.users.set('U-LIN', { ...known, email: 'Lin@example.com' })
    fake.users.set('U-ZHOU', { ...known, email: null })
    fake.users.set('U-GUEST', { ...known, email: 'lin@example.com', isGuest: true })
    fake.users.set('U-GONE', { ...known, email: 'lin@example.com', isGone: true })
    open = openCounter({
      ...{ ctx, commands, render: presenter(ctx), clock },
      fronts: new Map([['slack', fake.front]]),
      wake: () => {},
      workspaceOf: () => 'T1',
    })
    inbox = openInbox({ rows: ctx.store.inbox, work: open.work, clock, log: ctx.log })
    // As if the case's card had been posted there.
    await company.sql(`INSERT INTO card (id, alert, chat, channel, message, shown)
      SELECT gen_random_uuid(), id, 'slack', 'C1', 'M-' || no, version FROM alert`)
  })
  afterAll(() => company.close())

  let events = 0
  const eventOf = (user: string, did: Deed, more: Partial<Inbound> = {}): Inbound => {
    events += 1
    const by = { chat: 'slack', workspace: 'T1', user }
    return { id: `E${events}`, by, channel: 'C1', isDirect: false, message: null, did, way: {}, ...more }
  }
  const work = async (event: Inbound) => {
    const before = fake.answers.length
    expect(await open.take(event)).toBe(true)
    await inbox.drain()
    return fake.answers.slice(before)
  }
  const words = (cards: readonly { readonly card: Card }[]) =>
    cards.map(({ card }) => wordsOf(card)).join('\n')
  const say = (user: string, line: string, more?: Partial<Inbound>) =>
    work(eventOf(user, { kind: 'say', line }, more))
  const pressOf = (command: string, more: object = {}): Deed => ({
    ...{ kind: 'press', command, args: '', form: null, version: null },
    ...more,
  })
  const onCard = async (customer: number): Promise<Partial<Inbound>> => ({
    message: `M-${(await company.caseOf(customer)).no}`,
  })

  it('answers a line of someone whom the platform knows by e-mail, privately and in their language', async () => {
    const answers = await say('U-LIN', '/churn mine')
    expect(answers).toMatchObject([{ private: true, locale: 'zh' }])
    expect(words(answers)).toContain('A-')
    expect(
      await company.ctx.store.chatUsers.get({ chat: 'slack', workspace: 'T1', user: 'U-LIN' }),
    ).toMatchObject({
      person: 'lin',
      how: 'email',
    })
  })

  it('a press moves the case that the message shows, whatever the button says', async () => {
    const mine = await company.caseOf(1)
    const other = await company.caseOf(3)
    const answers = await work(eventOf('U-LIN', pressOf('claim', { args: `A-${other.no}` }), await onCard(1)))
    expect(words(answers)).toContain(`A-${mine.no} 归你了`)
    expect((await company.caseOf(1)).owner).toBe('lin')
    expect((await company.caseOf(3)).owner).toBeNull()
  })

  it('the same event again does nothing', async () => {
    const event = eventOf('U-LIN', pressOf('claim'), await onCard(5))
    await work(event)
    const before = fake.answers.length
    expect(await open.take(event)).toBe(false)
    await inbox.drain()
    expect(fake.answers).toHaveLength(before)
  })

  it('an old card is answered with the present state and drawn again', async () => {
    const { id, version } = await company.caseOf(1)
    const redraws = async () => {
      const rows = await company.sql(`SELECT dedupe FROM outbox o JOIN card c ON c.id = o.card
        WHERE c.alert = '${id}' AND dedupe LIKE '%press %'`)
      return rows.length
    }
    await company.ctx.store.chatUsers.link(
      { chat: 'slack', workspace: 'T1', user: 'U-SHEN' },
      'shen',
      'admin',
      company.clock.now(),
    )
    const old = pressOf('claim', { version: version - 1 })
    const answers = await work(eventOf('U-SHEN', old, await onCard(1)))
    expect(words(answers)).toContain('已由林晓雯认领')
    const { length: cards } = await company.ctx.store.outbox.cardsOf(id)
    expect(await redraws()).toBe(cards)
    // Everybody presses it at once: each is answered, and the platform is asked for one edit.
    expect(words(await work(eventOf('U-SHEN', old, await onCard(1))))).toContain('已由林晓雯认领')
    expect(await redraws()).toBe(cards)
  })

  it('a form opens with what the case’s card has now, for whoever is known', async () => {
    const { no } = await company.caseOf(1)
    const pressed = eventOf('U-LIN', pressOf('resolve'), await onCard(1))
    const asked = await open.formFor(pressed)
    expect(asked).toMatchObject({ command: 'resolve', args: `A-${no}`, locale: 'zh' })
    expect(asked!.form.en.fields.map(({ name }) => name)).toContain('reason')
    const typed = eventOf('U-LIN', { kind: 'say', line: `resolve A-${no}` })
    expect((await open.formFor(typed))?.form.zh.title).toBe('写结果')
    expect(await open.formFor(eventOf('U-LIN', { kind: 'say', line: 'mine' }))).toBeNull()
    expect(await open.formFor(eventOf('U-LIN', pressOf('claim'), await onCard(1)))).toBeNull()
    expect(await open.formFor(eventOf('U-STRANGER', pressOf('resolve'), await onCard(1)))).toBeNull()
    expect((await company.caseOf(1)).state).toBe('claimed')
  })

  it('what is tried before it holds is asked for by a form too, of those who may', async () => {
    const account = { chat: 'slack', workspace: 'T1', user: 'U-YE' }
    await company.ctx.store.chatUsers.link(account, 'ye', 'admin', company.clock.now())
    const typed = (user: string) => open.formFor(eventOf(user, { kind: 'say', line: '/churn tune' }))
    expect(await typed('U-YE')).toMatchObject({
      command: 'tune',
      args: '',
      form: { zh: { title: '试调阈值' } },
    })
    expect(await typed('U-LIN')).toBeNull()
    const form = { name: 'words', value: '3' }
    expect(words(await work(eventOf('U-YE', pressOf('tune', { form }))))).toContain('words.days 14 天 → 3 天')
  })

  it('cases to choose from: one’s own first, then what one is asked to take; none for who is not known', async () => {
    const choices = await open.casesFor({ chat: 'slack', workspace: 'T1', user: 'U-LIN' })
    const own = await company.ctx.store.alerts.list({ owner: 'lin', states: ['claimed'] })
    expect(new Set(choices.slice(0, own.length).map(({ value }) => value))).toEqual(
      new Set(own.map(({ no }) => `A-${no}`)),
    )
    const next = Number(choices[own.length]!.value.slice(2))
    expect(await company.ctx.store.alerts.byNo(next)).toMatchObject({ assignee: 'lin', owner: null })
    expect(choices[0]!.label).toMatch(/^A-\d+ .+ · 已认领$/)
    expect(choices.length).toBeGreaterThan(10)
    expect(await open.casesFor({ chat: 'slack', workspace: 'T1', user: 'U-STRANGER' })).toEqual([])
    expect(await open.casesFor({ chat: 'slack', workspace: 'T2', user: 'U-LIN' })).toEqual([])
  })

  it('a form that comes too late to open waits behind a button', async () => {
    const { no } = await company.caseOf(1)
    const [answer] = await say('U-LIN', `resolve A-${no}`)
    expect(answer!.card.buttons).toMatchObject([
      { command: 'resolve', args: `A-${no}`, form: { title: '写结果' } },
    ])
    const again = eventOf('U-LIN', pressOf('resolve', { args: `A-${no}` }), { message: 'elsewhere' })
    expect(await open.formFor(again)).not.toBeNull()
  })

  it('a stranger proves who they are, and then the click is finished', async () => {
    const { no } = await company.caseOf(2)
    const first = await work(eventOf('U-ZHOU', pressOf('claim'), await onCard(2)))
    expect(first).toMatchObject([{ private: true }])
    const [, code] = /link ([0-9A-Z]{8})/.exec(words(first))!
    expect((await company.caseOf(2)).owner).toBeNull()
    // The same code while it holds, and another click that waits.
    expect(words(await say('U-ZHOU', 'mine'))).toContain(code)
    expect(wordsOf((await company.say('zhou', `link ${code}`)).en)).toContain('is now Zhou Qihang')
    await inbox.drain()
    expect((await company.caseOf(2)).owner).toBe('zhou')
    expect(words(fake.answers)).toContain(`A-${no} 归你了`)
    expect(wordsOf((await company.say('lin', `link ${code}`)).en)).toContain('No account waits with the code')
  })

  it('guests and closed accounts are turned away, even by a known address', async () => {
    for (const [user, said] of [
      ['U-GUEST', '访客账号不能使用'],
      ['U-GONE', '这个账号已停用'],
    ] as const) {
      const answers = await work(eventOf(user, pressOf('claim'), await onCard(7)))
      expect(answers).toMatchObject([{ private: true }])
      expect(words(answers)).toContain(said)
    }
    expect((await company.caseOf(7)).owner).toBeNull()
    const changes = await company.ctx.store.settings.changes('account slack/T1/U-GUEST', 5)
    expect(changes).toMatchObject([{ after: 'denied: guest' }])
  })

  it('another workspace is not heard', async () => {
    const by = { chat: 'slack', workspace: 'T2', user: 'U-LIN' }
    expect(await work(eventOf('U-LIN', pressOf('claim'), { ...(await onCard(7)), by }))).toEqual([])
    expect((await company.caseOf(7)).owner).toBeNull()
  })

  it('one’s own page shows one’s cases; being called into a channel makes it one to post to', async () => {
    await work(eventOf('U-LIN', { kind: 'home' }, { channel: null }))
    expect(fake.homes.at(-1)).toMatchObject({ user: 'U-LIN' })
    expect(fake.homes.at(-1)!.cards.length).toBeGreaterThan(1)
    await work(eventOf('U-BOT', { kind: 'member', joined: true }, { channel: 'C7' }))
    expect(await company.ctx.store.chatChannels.all()).toEqual([{ chat: 'slack', channel: 'C7' }])
    await work(eventOf('U-BOT', { kind: 'member', joined: false }, { channel: 'C7' }))
    expect(await company.ctx.store.chatChannels.all()).toEqual([])
  })

  it('a mistyped line explains itself, and only to who typed it', async () => {
    const answers = await say('U-LIN', 'clam A-1')
    expect(answers).toMatchObject([{ private: true }])
    expect(words(answers)).toContain('是不是想输入 claim')
    expect(await say('U-LIN', 'mine', { isDirect: true, channel: 'D1' })).toMatchObject([{ private: false }])
  })

  it('a platform that fails for a while is asked again; one event waits for no other person’s', async () => {
    const { front } = fake
    const { answer } = front
    let failures = 2
    Object.assign(front, {
      answer: async (...given: Parameters<typeof answer>) => {
        if (given[0].by.user === 'U-LIN' && failures > 0) {
          failures -= 1
          throw new Error('no answer')
        }
        return answer(...given)
      },
    })
    const event = eventOf('U-LIN', pressOf('claim'), await onCard(9))
    expect(await work(event)).toEqual([])
    expect((await company.caseOf(9)).owner).toBe('lin')
    expect(await say('U-SHEN', 'mine')).toHaveLength(1)
    const before = fake.answers.length
    for (let round = 0; round < 3; round += 1) {
      company.clock.advance(5_000)
      await inbox.drain()
    }
    expect(fake.answers).toHaveLength(before + 1)
    expect(words(fake.answers.slice(before))).toContain('归你了')
    Object.assign(front, { answer })
  })
})
