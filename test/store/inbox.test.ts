import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Inbound } from '../../src/chat/inbound.ts'
import type { Database } from '../../src/store/database.ts'
import type { Store } from '../../src/store/store.ts'
import { emptyTables, places } from '../places.ts'
import { minutes, openTestStore } from './samples.ts'

describe.each(places)('the inbox on $name', (where) => {
  let database: Database
  let store: Store
  beforeAll(async () => {
    ;({ database, store } = await openTestStore(where))
  })
  afterAll(() => database.close())
  beforeEach(() => emptyTables(database))

  const event = (id: string, user = 'U1', workspace = 'T1'): Inbound => ({
    id,
    by: { chat: 'slack', workspace, user },
    ...{ channel: 'C1', isDirect: false, message: null, did: { kind: 'say', line: 'mine' }, way: {} },
  })
  const lease = (limit = 20, now = minutes(10), until = minutes(11)) => store.inbox.lease(now, until, limit)
  const named = (items: Awaited<ReturnType<typeof lease>>) => items.map((item) => item.event.id)

  it('keeps an event once, however many bring it at the same moment', async () => {
    const kept = await Promise.all(Array.from({ length: 6 }, () => store.inbox.take(event('E1'), minutes(0))))
    expect(kept.filter(Boolean)).toHaveLength(1)
    expect(await store.inbox.take(event('E1', 'U1', 'T2'), minutes(0))).toBe(true)
    expect(await store.inbox.waiting()).toBe(2)
    expect((await lease())[0]!.event).toEqual(event('E1'))
  })

  it('brings one person’s events one after the other, and other people’s at the same time', async () => {
    for (const [id, user] of [
      ['E1', 'U1'],
      ['E2', 'U1'],
      ['E3', 'U2'],
    ] as const)
      await store.inbox.take(event(id, user), minutes(0))
    const [first, third, ...none] = await lease()
    expect(named([first!, third!])).toEqual(['E1', 'E3'])
    expect(none).toEqual([])
    expect(await lease()).toEqual([])
    expect(await store.inbox.done(first!, minutes(10))).toBe(true)
    expect(named(await lease())).toEqual(['E2'])
  })

  it('a lease that ran out goes to another, and whoever lost it can no longer write', async () => {
    await store.inbox.take(event('E1'), minutes(0))
    const [mine] = await lease()
    const [theirs] = await lease(20, minutes(11), minutes(12))
    expect(theirs).toMatchObject({ id: mine!.id, epoch: mine!.epoch + 1 })
    expect(await store.inbox.done(mine!, minutes(11))).toBe(false)
    await store.inbox.retry(mine!, 'late', minutes(90))
    expect(await store.inbox.hold(mine!, minutes(11))).toBe(false)
    expect(await store.inbox.done(theirs!, minutes(11))).toBe(true)
  })

  it('a clock that is set back leaves nobody without an answer until it has caught up', async () => {
    for (const [id, user] of [
      ['E1', 'U1'],
      ['E2', 'U2'],
      ['E3', 'U3'],
    ] as const)
      await store.inbox.take(event(id, user), minutes(10))
    const [taken, failed] = await lease(2)
    await store.inbox.retry(failed!, 'away', minutes(12))
    const earlier = await lease(20, minutes(-300), minutes(-299))
    expect(named(earlier)).toEqual(['E1', 'E2', 'E3'])
    expect(await store.inbox.done(taken!, minutes(-300))).toBe(false)
    await store.inbox.retry(earlier[2]!, 'away', minutes(-298))
    expect(named(await lease(20, minutes(-299.5), minutes(-299)))).toEqual([])
    expect(named(await lease(20, minutes(-298), minutes(-297)))).toEqual(['E1', 'E2', 'E3'])
  })

  it('what failed waits its time and keeps what comes after it waiting', async () => {
    for (const id of ['E1', 'E2']) await store.inbox.take(event(id), minutes(0))
    const [first] = await lease()
    await store.inbox.retry(first!, 'no answer', minutes(15))
    expect(await lease(20, minutes(14), minutes(15))).toEqual([])
    const [again] = await lease(20, minutes(15), minutes(16))
    expect(again).toMatchObject({ attempts: 1, event: { id: 'E1' } })
    expect(await store.inbox.dead(again!, 'no answer', minutes(15))).toBe(true)
    expect(named(await lease(20, minutes(15), minutes(16)))).toEqual(['E2'])
    expect((await store.delivery.state(minutes(15))).unheard).toBe(1)
  })

  it('what was held comes back for its user alone, if it is of the last day', async () => {
    const day = 24 * 60
    for (const [id, user, at] of [
      ['E1', 'U1', 0],
      ['E2', 'U1', day + 1],
      ['E3', 'U2', day],
    ] as const) {
      await store.inbox.take(event(id, user), minutes(at))
      const [item] = await lease(1, minutes(3 * day), minutes(3 * day + 1))
      await store.inbox.hold(item!, minutes(3 * day))
    }
    expect(await store.inbox.release(event('', 'U1').by)).toBe(1)
    expect(named(await lease(9, minutes(3 * day), minutes(3 * day + 1)))).toEqual(['E2'])
  })

  it('forgets what is old and over, never what is still to be done', async () => {
    for (const id of ['E1', 'E2']) await store.inbox.take(event(id, id), minutes(0))
    const [first] = await lease()
    await store.inbox.done(first!, minutes(10))
    expect(await store.inbox.prune(minutes(0))).toBe(0)
    expect(await store.inbox.prune(minutes(1))).toBe(1)
    expect(await store.inbox.waiting()).toBe(1)
  })
})
