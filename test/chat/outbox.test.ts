import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Alert } from '../../src/alerts/alert.ts'
import type { CardTexts } from '../../src/chat/card.ts'
import { openOutbox } from '../../src/chat/outbox.ts'
import type { Renderer } from '../../src/chat/outbox-rows.ts'
import { VirtualClock } from '../../src/clock.ts'
import { openLog } from '../../src/log.ts'
import type { CaseRules } from '../../src/store/cases.ts'
import type { Database } from '../../src/store/database.ts'
import type { Store } from '../../src/store/store.ts'
import { fakeChat, type Mishap } from '../fakes/chat.ts'
import { type FakeCall, fakePlatform } from '../fakes/chat-platform.ts'
import { emptyTables, onePlace } from '../places.ts'
import { askedBy, minutes, newAlert, openTestStore, person, RULES } from '../store/samples.ts'

const SECOND = 1_000
const words = (title: string): CardTexts => {
  const one = { accent: 'neutral', title, blocks: [], buttons: [], fallback: `${title} in words` } as const
  return { zh: one, en: one }
}

describe.each(onePlace)('delivery on $name', (where) => {
  let database: Database
  let store: Store
  beforeAll(async () => {
    ;({ database, store } = await openTestStore(where))
  })
  afterAll(() => database.close())
  beforeEach(() => emptyTables(database))

  const rules = (...channels: string[]): CaseRules => ({
    ...RULES,
    route: () => channels.map((channel) => ({ chat: 'fake', channel })),
  })
  const open = (
    options: Parameters<typeof fakeChat>[2] & Parameters<typeof fakePlatform>[0] = {},
    channels: readonly string[] = ['C1'],
  ) => {
    const clock = new VirtualClock(minutes(1))
    const platform = fakePlatform(options)
    const fake = fakeChat(platform, clock, options)
    const render: Renderer = {
      card: async (id) => {
        const { no, state, version } = (await store.alerts.get(id))!
        return { card: words(`A-${no} ${state}`), version }
      },
      notice: async () => words('notice'),
      line: async (_, action) => words((await store.alerts.action(action))!.verb),
      replaced: async () => words('replaced'),
      calls: async () => [],
    }
    const gone: { channel: string; reason: string }[] = []
    const outbox = openOutbox({
      rows: store.outbox,
      chats: new Map([['fake', fake.chat]]),
      render,
      clock,
      log: openLog('silent'),
      elsewhere: async ({ card }, reason) => {
        gone.push({ channel: card.channel, reason })
      },
    })
    const route = rules(...channels)
    const openCase = (tier: 'P0' | 'P1' | 'P2' = 'P1'): Promise<Alert> =>
      store.transaction((tables) => tables.cases.open(newAlert(crypto.randomUUID(), tier), route, 'fresh'))
    const claim = ({ id }: Alert) =>
      store.cases.move(id, { verb: 'claim', by: 'lin', at: minutes(1) }, askedBy(person('lin')), route)
    const shown = () =>
      platform.messages
        .filter(({ head }) => head === null)
        .map(({ channel, card }) => `${channel} ${card.en.title}`)
    const befall = (...mishaps: (Mishap | null)[]) => {
      fake.mishap = (call) => (call.do === 'find' ? null : (mishaps.shift() ?? null))
    }
    /** Delivers, letting so many seconds pass between looks. */
    const pass = async (...seconds: number[]) => {
      await outbox.drain()
      for (const each of seconds) {
        clock.advance(each * SECOND)
        await outbox.drain()
      }
    }
    return { clock, platform, fake, outbox, gone, openCase, claim, shown, befall, pass }
  }
  const did = (calls: readonly { call: FakeCall }[]) => calls.map(({ call }) => call.do)

  it('a lost answer is looked for after a pause, and nothing is shown twice', async () => {
    const { openCase, shown, befall, pass, fake } = open()
    const { no } = await openCase()
    befall('unanswered')
    await pass(4)
    expect(did(fake.calls)).toEqual(['post'])
    await pass(1)
    expect(did(fake.calls)).toEqual(['post', 'find', 'update'])
    expect(shown()).toEqual([`C1 A-${no} open`])
    expect(await store.outbox.waiting()).toBe(0)
    expect((await store.delivery.state(minutes(9))).repeated).toBe(0)
  })

  it('what never arrived is sent again, and counted as a possible repeat', async () => {
    const { openCase, shown, befall, pass } = open()
    await openCase()
    befall('lost')
    await pass(5)
    expect(shown()).toHaveLength(1)
    expect((await store.delivery.state(minutes(9))).repeated).toBe(1)
  })

  it('a history that lags longer than the pause: the double is counted', async () => {
    const { openCase, shown, befall, pass } = open({ lagMs: 60_000 })
    await openCase()
    befall('unanswered')
    await pass(5)
    expect(shown()).toHaveLength(2)
    expect((await store.delivery.state(minutes(9))).repeated).toBe(1)
  })

  it('a platform that takes keys shows one message however often it is asked', async () => {
    const { openCase, shown, befall, pass, fake } = open({ keyed: true, find: false })
    await openCase()
    befall('unanswered', 'unanswered')
    await pass(5, 5)
    expect(did(fake.calls)).toEqual(['post', 'post', 'post'])
    expect(shown()).toHaveLength(1)
  })

  it('a lost thread line is looked for too', async () => {
    const { openCase, claim, befall, pass, fake, platform } = open()
    const alert = await openCase()
    await pass()
    await claim(alert)
    befall(null, 'unanswered')
    await pass(5)
    expect(did(fake.calls)).toEqual(['post', 'update', 'reply', 'find'])
    expect(platform.messages.filter(({ head }) => head !== null)).toHaveLength(1)
  })

  it('an edit whose answer was lost may arrive late: the card is drawn once more', async () => {
    const { openCase, claim, befall, pass, fake } = open()
    const alert = await openCase()
    await pass()
    await claim(alert)
    befall('unanswered')
    await pass(5, 6)
    expect(did(fake.calls).filter((call) => call === 'update')).toHaveLength(3)
    expect(await store.outbox.waiting()).toBe(0)
  })

  it('whoever lost the lease while sending takes its own double back', async () => {
    const { openCase, shown, fake, outbox, clock } = open()
    await openCase()
    let answer = (): void => {}
    fake.mishap = (call) =>
      call.do === 'post' && fake.calls.length === 1
        ? { until: new Promise<void>((resolve) => (answer = resolve)) }
        : null
    const stopped = outbox.drain()
    while (fake.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    // Another process finds the lease run out, looks, finds nothing and posts.
    clock.advance(60 * SECOND)
    const [taken] = await store.outbox.lease(clock.now(), minutes(30), 5)
    expect(taken).toMatchObject({ unclear: true })
    const theirs = await fake.chat.post({ chat: 'fake', channel: 'C1' }, words('theirs'), taken!.card.id)
    await store.outbox.sent(taken!, { message: theirs.message, version: 1 }, clock.now())
    answer()
    await stopped
    expect(shown()).toEqual(['C1 theirs'])
  })

  it('waits as long as it is told, there only, and then sends the most urgent first', async () => {
    const { openCase, befall, pass, fake, clock } = open({}, ['C1'])
    for (const tier of ['P2', 'P1', 'P0'] as const) await openCase(tier)
    befall({ refuse: 'rate-limited', retryAfterMs: 30 * SECOND })
    const began = clock.now().getTime()
    await pass(10, 10, 9)
    const tried = fake.calls.length
    await pass(1)
    const later = fake.calls.slice(tried)
    expect(later).toHaveLength(3)
    expect(later.every(({ at }) => at >= began + 30 * SECOND)).toBe(true)
    const titles = later.map(({ call }) => ('card' in call ? call.card.en.title : ''))
    const alerts = await store.alerts.list({})
    expect(titles[0]).toContain(`A-${alerts.find(({ tier }) => tier === 'P0')!.no}`)
  })

  it('while one channel has to wait, the others go on', async () => {
    const { openCase, pass, fake, shown } = open({}, ['C1', 'C2'])
    fake.mishap = (call) =>
      call.channel === 'C1' ? { refuse: 'rate-limited', retryAfterMs: 60 * SECOND } : null
    for (let count = 0; count < 3; count += 1) await openCase()
    await pass(10)
    expect(shown().every((words) => words.startsWith('C2'))).toBe(true)
    expect(shown()).toHaveLength(3)
    expect((await store.delivery.state(minutes(1))).paused).toMatchObject([{ chat: 'fake', channel: 'C1' }])
  })

  it('keeps to the pace that a platform declares', async () => {
    const limits = [{ of: 'posts', per: 'channel', count: 1, ms: SECOND }] as const
    const { openCase, pass, fake } = open({ limits }, ['C1', 'C2'])
    for (let count = 0; count < 3; count += 1) await openCase()
    await pass(0.5, 0.5, 1)
    const times = (channel: string) =>
      fake.calls.filter(({ call }) => call.channel === channel).map(({ at }) => at - minutes(1).getTime())
    expect(times('C1')).toEqual([0, SECOND, 2 * SECOND])
    expect(times('C2')).toEqual([0, SECOND, 2 * SECOND])
  })

  it('a slow channel holds no other up', async () => {
    const { openCase, fake, outbox, shown } = open({}, ['C1', 'C2'])
    await openCase()
    let answer = (): void => {}
    fake.mishap = (call) =>
      call.channel === 'C1' ? { until: new Promise<void>((resolve) => (answer = resolve)) } : null
    const drained = outbox.drain()
    while (shown().length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    await openCase()
    outbox.wake()
    while (shown().length < 2) await new Promise((resolve) => setTimeout(resolve, 5))
    expect(shown().every((words) => words.startsWith('C2'))).toBe(true)
    fake.mishap = () => null
    answer()
    await drained
    expect(shown()).toHaveLength(4)
  })

  it.each(['channel-closed', 'token-refused', 'refused'] as const)(
    '%s is put aside at once with its reason, and finds its card another place',
    async (code) => {
      const { openCase, befall, pass, gone, fake } = open()
      await openCase()
      befall({ refuse: code })
      await pass(60, 600)
      expect(fake.calls).toHaveLength(1)
      expect(gone).toEqual([{ channel: 'C1', reason: code }])
      const { dead } = await store.delivery.state(minutes(60))
      expect(dead).toMatchObject([
        { channel: 'C1', reason: code, count: 1, error: `the platform says ${code}` },
      ])
      expect(await store.delivery.tryAgain(minutes(1))).toBe(1)
      await pass()
      expect((await store.delivery.state(minutes(60))).dead).toEqual([])
    },
  )

  it('a card that the platform refuses goes as plain words', async () => {
    const { openCase, befall, pass, shown } = open()
    const { no } = await openCase()
    befall({ refuse: 'card-refused' })
    await pass()
    expect(shown()).toEqual([`C1 A-${no} open in words`])
  })

  it('a platform that is away for hours loses nothing', async () => {
    const { openCase, pass, fake, shown } = open()
    await openCase()
    fake.mishap = () => ({ refuse: 'unavailable' })
    await pass(...Array.from({ length: 40 }, () => 300))
    expect(fake.calls.length).toBeGreaterThan(20)
    fake.mishap = () => null
    await pass(300)
    expect(shown()).toHaveLength(1)
  })

  it('a message that was deleted is posted anew, and its buttons still mean the case', async () => {
    const { openCase, claim, pass, platform, shown } = open()
    const alert = await openCase()
    await pass()
    const old = platform.messages[0]!.id
    platform.delete(old)
    await claim(alert)
    await pass(1)
    expect(shown()).toEqual([`C1 A-${alert.no} claimed`])
    expect(platform.messages.at(-1)!.card.en.title).toBe('claim')
    expect(await store.outbox.caseShownBy({ chat: 'fake', channel: 'C1', message: old })).toBe(alert.no)
  })

  it('a message too old to be edited is replaced, and says so', async () => {
    const { openCase, claim, befall, pass, platform } = open()
    const alert = await openCase()
    await pass()
    await claim(alert)
    befall({ refuse: 'edit-closed' })
    await pass(1)
    const titles = platform.messages.map(({ head, card }) => `${head ?? '-'} ${card.en.title}`)
    expect(titles).toEqual([`- A-${alert.no} open`, 'm1 replaced', `- A-${alert.no} claimed`, 'm3 claim'])
  })

  it('a card at work moves to a new message the day before its platform closes it, once', async () => {
    const { openCase, pass, platform, clock } = open({ editableDays: 14, keyed: true, find: false })
    const alert = await openCase()
    const age = () => store.outbox.age('fake', new Date(clock.now().getTime() - 13 * 86_400_000), clock.now())
    await pass()
    expect(await age()).toBe(0)
    clock.advance(13 * 86_400_000 + 1)
    expect(await age()).toBe(1)
    expect(await age()).toBe(0)
    await pass()
    expect(platform.messages.map(({ card }) => card.en.title)).toEqual(['replaced', `A-${alert.no} open`])
    expect(await age()).toBe(0)
    expect(await store.outbox.cardsOf(alert.id)).toMatchObject([{ message: 'm2' }])
  })
})
