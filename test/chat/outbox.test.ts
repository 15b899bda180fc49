import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DAY, type VirtualClock } from '../../src/clock.ts'
import type { Database } from '../../src/store/database.ts'
import type { Store } from '../../src/store/store.ts'
import { eventually } from '../eventually.ts'
import { emptyTables, onePlace } from '../places.ts'
import { minutes, openTestStore } from '../store/samples.ts'
import { deliveriesOver, did, SECOND } from './delivery.ts'

describe.each(onePlace)('delivery at its pace, past what a platform refuses, on $name', (where) => {
  let database: Database
  let store: Store
  beforeAll(async () => {
    ;({ database, store } = await openTestStore(where))
  })
  afterAll(() => database.close())
  beforeEach(() => emptyTables(database))

  const open = deliveriesOver(() => store)

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

  it('a card does not wait for its picture, and is drawn again once that is there', async () => {
    const coming: ((isThere: boolean) => void)[] = []
    const awaits = () => new Promise<boolean>((resolve) => void coming.push(resolve))
    const { openCase, pass, fake } = open({ awaits })
    await openCase()
    await pass(1)
    expect(did(fake.calls)).toEqual(['post'])
    coming[0]!(true)
    // The wish to draw it again is written on its own time.
    await eventually(async () => {
      await pass(1)
      expect(did(fake.calls)).toEqual(['post', 'update'])
    })
    // One that cannot be made is not asked for again.
    coming[1]!(false)
    await pass(1, 10)
    expect(did(fake.calls)).toEqual(['post', 'update'])
  })

  it('a notice whose picture is there is edited, as a notice', async () => {
    const coming: ((isThere: boolean) => void)[] = []
    const awaits = () => new Promise<boolean>((resolve) => void coming.push(resolve))
    const { pass, fake, clock, shown } = open({ awaits })
    const notice = { kind: 'source-back', data: { source: 'crm', since: '' } } as const
    await store.outbox.announce(notice, [{ chat: 'fake', channel: 'C1' }], clock.now())
    await pass(1)
    coming[0]!(true)
    await eventually(async () => {
      const rows = await database.prisma.outbox.findMany({ orderBy: { seq: 'asc' } })
      expect(rows.map(({ kind }) => kind)).toEqual(['notice', 'notice'])
    })
    await pass(1)
    expect(did(fake.calls)).toEqual(['post', 'update'])
    expect(shown()).toEqual(['C1 source-back'])
  })

  it('calls people to a line that wants them, once, and goes on where they cannot be called', async () => {
    const { openCase, claim, pass, fake, shown } = open({ calls: ['ou_lin', 'ou_ye'] })
    await claim(await openCase())
    await pass(1)
    expect(fake.buzzes.map(({ user }) => user)).toEqual(['ou_lin', 'ou_ye'])
    fake.buzzFails = true
    await claim(await openCase())
    await pass(1)
    expect(shown().filter((words) => words.includes('claimed'))).toHaveLength(2)
    expect(await store.outbox.waiting()).toBe(0)
  })

  it('a process that stood still while a card was drawn posts nothing another may be posting', async () => {
    let drawn = 0
    const drawing = (clock: VirtualClock): void => {
      drawn += 1
      if (drawn === 1) clock.advance(20 * SECOND)
    }
    const { openCase, fake, pass } = open({ drawing })
    await openCase()
    await pass(1)
    // Given back, taken anew, and drawn from the state of then.
    expect(drawn).toBe(2)
    expect(did(fake.calls)).toEqual(['post'])
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

  it('so do the newest advice, once, and a customer who was kept while their plan goes on', async () => {
    const { openCase, pass, platform, clock } = open({ editableDays: 14, keyed: true, find: false })
    const [kept, past] = [await openCase(), await openCase()]
    const advise = () =>
      store.outbox.announce(
        { kind: 'advice', data: { advice: [] } },
        [{ chat: 'fake', channel: 'C1' }],
        clock.now(),
      )
    await advise()
    clock.advance(SECOND)
    await advise()
    await pass()
    await database.prisma.alert.updateMany({ data: { state: 'retained' } })
    await database.prisma.alert.update({ where: { id: past.id }, data: { openedAt: minutes(-90 * 24 * 60) } })
    const age = () => store.outbox.age('fake', new Date(clock.now().getTime() - 13 * DAY), clock.now())
    clock.advance(13 * DAY + 1)
    expect(await age()).toBe(2)
    await pass()
    const posted = platform.messages.slice(4).map(({ card }) => card.en.title)
    expect(posted.toSorted()).toEqual([`A-${kept.no} retained`, 'advice'])
    clock.advance(13 * DAY + 1)
    expect(await age()).toBe(1)
  })
})
