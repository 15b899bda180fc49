import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../src/store/database.ts'
import type { Store } from '../../src/store/store.ts'
import { emptyTables, onePlace } from '../places.ts'
import { minutes, openTestStore } from '../store/samples.ts'
import { deliveriesOver, did, SECOND, words } from './delivery.ts'

describe.each(onePlace)('delivery after a lost answer on $name', (where) => {
  let database: Database
  let store: Store
  beforeAll(async () => {
    ;({ database, store } = await openTestStore(where))
  })
  afterAll(() => database.close())
  beforeEach(() => emptyTables(database))

  const open = deliveriesOver(() => store)

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

  it('what surely never arrived is sent again and is no repeat', async () => {
    const { openCase, claim, shown, befall, pass, platform } = open({ missing: 'none' })
    const alert = await openCase()
    befall('lost')
    await pass(5)
    expect(shown()).toHaveLength(1)
    await claim(alert)
    befall(null, 'lost')
    await pass(5)
    expect(platform.messages.filter(({ head }) => head !== null)).toHaveLength(1)
    expect((await store.delivery.state(minutes(9))).repeated).toBe(0)
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
    expect(did(fake.calls)).toEqual(['post', 'post', 'post', 'update'])
    expect(shown()).toHaveLength(1)
  })

  it('a key that the platform has forgotten since is counted as a possible repeat', async () => {
    const { openCase, befall, pass, clock } = open({ keyed: true, find: false, knowsKeysMs: 3_600 * SECOND })
    await openCase()
    befall('unanswered')
    await pass()
    clock.advance(3_601 * SECOND)
    await pass()
    expect((await store.delivery.state(clock.now())).repeated).toBe(1)
  })

  it('a message that an earlier attempt left behind is brought to the present state', async () => {
    const { openCase, claim, shown, befall, pass } = open({ keyed: true, find: false })
    const alert = await openCase()
    befall('unanswered')
    await pass()
    await claim(alert)
    await pass(5)
    expect(shown()).toEqual([`C1 A-${alert.no} claimed`])
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
})
