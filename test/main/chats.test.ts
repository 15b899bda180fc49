import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { consoleChat } from '../../src/chat/console/client.ts'
import type { Health, Platform } from '../../src/chat/platform.ts'
import { openChats } from '../../src/main/chats.ts'
import { openTraffic } from '../../src/main/traffic.ts'
import { fakeChat } from '../fakes/chat.ts'
import { fakePlatform } from '../fakes/chat-platform.ts'
import { onePlace } from '../places.ts'
import { openTestProgram, type TestProgram } from '../program.ts'
import { newAlert } from '../store/samples.ts'

const NOW = '2026-06-01T06:00:00+08:00'
const CONFIG = `
company: { name: Acme, timeZone: Asia/Shanghai, currency: CNY }
profile: auto
people:
  - { id: lin, name: Lin, role: csm, slack: U-LIN }
  - { id: ye, name: Ye, role: admin, slack: U-YE }
channels:
  - { id: desk, title: Desk }
  - { id: alerts, title: Alerts, chat: slack, to: C1, tiers: [P0, P1, P2], locale: en }
sources:
  - name: crm
    type: file
    path: ./customers.csv
    record: customer
    fields: { id: id, keys: { crm: id }, name: name, valueTier: tier, owner: owner }
  - name: feedback
    type: file
    path: ./voices.ndjson
    record: feedback
    fields: { id: id, customer: { crm: customer }, at: at, channel: { value: chat }, text: text }
`

describe.each(onePlace)('the program on a chat platform, on $name', (place) => {
  let program: TestProgram
  let slack: ReturnType<typeof fakeChat>
  const platform = fakePlatform()
  const silent = { message: () => {}, clock: () => {}, progress: () => {} }
  beforeAll(async () => {
    program = await openTestProgram(CONFIG, place, NOW)
    program.write(
      'customers.csv',
      'id,name,tier,owner\nK1,客户1,high,lin\nK2,客户2,high,lin\nK3,客户3,low,lin\n',
    )
    const voice = (no: number) =>
      JSON.stringify({
        id: `v${no}`,
        customer: `K${no}`,
        at: '2026-05-31 21:14',
        text: '修了三次都没好，我要退款！',
      })
    program.write('voices.ndjson', `${voice(1)}\n`)
    slack = fakeChat(platform, program.clock, { name: 'slack' })
    const { ctx } = program
    for (const job of ['pull', 'score']) await runOnly(job)
    expect((await ctx.store.alerts.list({})).length).toBe(1)
  })
  afterAll(() => program.close())

  /** Without delivering: the test program itself knows the console alone. */
  const runOnly = async (name: string) => {
    const { jobs } = await import('../../jobs/index.ts')
    await jobs.find((job) => job.name === name)!.run(program.ctx, new AbortController().signal)
  }
  const open = (health: () => Health = () => ({ connected: true, since: null, trouble: null })) => {
    const left: string[] = []
    const locales: string[] = []
    const chats = openChats({
      ctx: program.ctx,
      console: consoleChat(program.ctx.store.console, silent, program.clock),
      openers: [
        ({ localeOf }): Platform => {
          queueMicrotask(() => locales.push(localeOf('C1'), localeOf('C2')))
          const { chat, front } = slack
          return {
            chat,
            front,
            health,
            start: async () => {},
            stop: async () => {},
            channels: async () => ['C5'],
          }
        },
      ],
      clock: program.clock,
      traffic: openTraffic(),
      giveUp: (why) => left.push(why),
    })
    return { chats, left, locales }
  }
  const shown = () => platform.messages.filter(({ head }) => head === null).map(({ channel }) => channel)

  it('sends a case to the channel its route names, in that channel’s language', async () => {
    const { chats, locales } = open()
    await chats.drain()
    await chats.stop()
    expect(shown()).toEqual(['C1'])
    expect(locales).toEqual(['en', 'zh'])
  })

  it('a case whose channel is closed goes to its CSM, and the channel is told of', async () => {
    const { chats } = open()
    const voice = JSON.stringify({ id: 'v9', customer: 'K2', at: '2026-05-31 22:14', text: '我要退款！' })
    program.write('voices.ndjson', `${voice}\n`)
    for (const job of ['pull', 'score']) await runOnly(job)
    slack.mishap = (call) => (call.channel === 'C1' ? { refuse: 'channel-closed' } : null)
    await chats.drain()
    await chats.drain()
    slack.mishap = () => null
    expect(shown()).toEqual(['C1', 'D-U-LIN'])
    const { dead } = await program.ctx.store.delivery.state(program.clock.now())
    expect(dead).toMatchObject([{ chat: 'slack', channel: 'C1', reason: 'channel-closed' }])
    await chats.stop()
  })

  it('a notice whose channel is closed goes to another, else to an admin, and to each once', async () => {
    const { chats } = open()
    const { ctx, clock } = program
    const notice = { kind: 'model-not-yet', data: { says: { zh: '再等等', en: 'Not yet' } } } as const
    const before = shown().length
    await ctx.store.outbox.announce(notice, [{ chat: 'slack', channel: 'C7' }], clock.now())
    slack.mishap = (call) => (call.channel === 'C7' ? { refuse: 'channel-closed' } : null)
    await chats.drain()
    await chats.drain()
    expect(shown().slice(before)).toEqual(['D-U-YE'])
    await ctx.store.delivery.tryAgain(clock.now())
    await chats.drain()
    await chats.drain()
    slack.mishap = () => null
    // What an earlier story put aside for C1 arrives as well.
    expect(shown().slice(before)).toEqual(['D-U-YE', 'C1'])
    await chats.stop()
  })

  it('calls the one who is asked to take a P0, on the accounts they have there, while nobody has it', async () => {
    const { chats } = open()
    const { ctx, clock } = program
    const [alert] = await ctx.store.alerts.list({ states: ['open'] })
    // Named in the configuration, and never seen by the bot.
    const before = slack.buzzes.length
    clock.advanceTo(new Date(alert!.openedAt.getTime() + 61 * 60_000))
    await runOnly('sla')
    await chats.drain()
    expect(slack.buzzes.slice(before).map(({ user }) => user)).toContain('U-LIN')
    const account = { chat: 'slack', workspace: 'T1', user: 'U-LIN-2' }
    await ctx.store.chatUsers.link(account, 'lin', 'admin', clock.now())
    clock.advanceTo(new Date(alert!.openedAt.getTime() + 97 * 60_000))
    await runOnly('sla')
    await chats.drain()
    expect(slack.buzzes.at(-1)!.user).toBe('U-LIN-2')
    await chats.stop()
  })

  it('who has left the team, and still has an account, is neither called nor sent their cases', async () => {
    const { chats } = open()
    const { ctx, clock } = program
    await ctx.store.chatUsers.link(
      { chat: 'slack', workspace: 'T1', user: 'U-GONE' },
      'gone',
      'admin',
      clock.now(),
    )
    const [customer] = await ctx.store.customers.find('K3', 1)
    const given = newAlert(customer!.id, 'P0', { openedAt: clock.now(), assignee: 'gone' })
    const rules = await ctx.caseRules()
    await ctx.store.transaction((tables) => tables.cases.open(given, rules, 'fresh'))
    slack.mishap = (call) => (call.channel === 'C1' ? { refuse: 'channel-closed' } : null)
    const before = { shown: shown().length, buzzes: slack.buzzes.length }
    await chats.drain()
    await chats.drain()
    clock.advance(61 * 60_000)
    await runOnly('sla')
    await chats.drain()
    slack.mishap = () => null
    expect(shown().slice(before.shown)).toContain('D-U-YE')
    expect(shown()).not.toContain('D-U-GONE')
    expect(slack.buzzes.slice(before.buzzes).map(({ user }) => user)).not.toContain('U-GONE')
    await chats.stop()
  })

  it('says which platform is away, knows its channels, and gives up in the end', async () => {
    let health: Health = { connected: true, since: null, trouble: null }
    const { chats } = open(() => health)
    await chats.start()
    expect(chats.problems()).toEqual([])
    expect(chats.direct()).toEqual([{ chat: 'slack', channel: 'D-U-YE' }])
    expect(await program.ctx.store.chatChannels.all()).toEqual([{ chat: 'slack', channel: 'C5' }])
    health = { connected: false, since: program.clock.now(), trouble: 'the socket was closed' }
    expect(chats.problems()).toEqual(['slack is not connected: the socket was closed.'])
    await chats.stop()
  })
})
