import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Alert } from '../../src/alerts/alert.ts'
import type { Database } from '../../src/store/database.ts'
import type { OutboxItem } from '../../src/store/outbox.ts'
import type { Store } from '../../src/store/store.ts'
import { emptyTables, places } from '../places.ts'
import { askedBy, assessmentOf, minutes, openCase, openTestStore, person, RULES } from './samples.ts'

describe.each(places)('the outbox on $name', (where) => {
  let database: Database
  let store: Store
  beforeAll(async () => {
    ;({ database, store } = await openTestStore(where))
  })
  afterAll(() => database.close())
  beforeEach(() => emptyTables(database))

  const lease = (limit = 20, now = minutes(10), until = minutes(11)) => store.outbox.lease(now, until, limit)
  const shown = (item: OutboxItem, version = 1) =>
    store.outbox.sent(item, { message: `m-${item.card.id}`, version }, minutes(10))
  const claim = ({ id }: Alert) =>
    store.transaction((tables) =>
      tables.cases.move(id, { verb: 'claim', by: 'lin', at: minutes(1) }, askedBy(person('lin')), RULES),
    )

  it('brings the most urgent first, one item a card', async () => {
    const alerts = [await openCase(store, 'P2'), await openCase(store, 'P1'), await openCase(store, 'P0')]
    await claim(alerts[0]!)
    const items = await lease()
    expect(items.map(({ card }) => card.alert)).toEqual([
      alerts[2]!.id,
      alerts[2]!.id,
      alerts[1]!.id,
      alerts[0]!.id,
    ])
    expect(items.every(({ kind }) => kind === 'card')).toBe(true)
    expect(await lease()).toEqual([])
    expect(await store.outbox.waiting()).toBe(6)
  })

  it('a clock that is set back holds nothing: neither what was never tried nor what a process took and died', async () => {
    await openCase(store)
    const [taken] = await lease(20, minutes(10), minutes(11))
    await openCase(store)
    const earlier = await lease(20, minutes(-300), minutes(-299))
    expect(earlier.map(({ epoch, unclear }) => ({ epoch, unclear }))).toEqual([
      { epoch: 2, unclear: true },
      { epoch: 1, unclear: false },
    ])
    expect(await shown(taken!)).toBe(false)
    // A try of the new time that fails waits its time, although the message seems to be of a later one.
    await store.outbox.retry(earlier[1]!, 'away', minutes(-298))
    expect(await lease(20, minutes(-299.5), minutes(-299))).toEqual([])
    expect(await lease(20, minutes(-298), minutes(-297))).toHaveLength(2)
  })

  it('brings a line to the thread only after the card itself', async () => {
    const alert = await openCase(store)
    await claim(alert)
    const [card] = await lease()
    await shown(card!, 2)
    const [reply, ...others] = await lease()
    expect(others).toEqual([])
    expect(reply).toMatchObject({ kind: 'reply', card: { message: `m-${card!.card.id}`, shown: 2 } })
    expect(await store.alerts.action(reply!.action!)).toMatchObject({ verb: 'claim' })
    expect(await store.outbox.sent(reply!, null, minutes(10))).toBe(true)
    expect(await store.outbox.waiting()).toBe(0)
  })

  it('a newer state that is already shown sweeps the edits before it, not those after', async () => {
    const alert = await openCase(store)
    await claim(alert)
    await store.transaction((tables) =>
      tables.cases.move(
        alert.id,
        { verb: 'contacted', by: 'lin', at: minutes(2) },
        askedBy(person('lin')),
        RULES,
      ),
    )
    const [first] = await lease()
    // Rendered between the claim and the contact: version 2.
    await shown(first!, 2)
    const { rows } = await database.pool.query(
      "SELECT kind, body->>'version' AS version FROM outbox WHERE state = 'queued' ORDER BY seq",
    )
    expect(rows).toEqual([
      { kind: 'reply', version: null },
      { kind: 'card', version: '3' },
      { kind: 'reply', version: null },
    ])
  })

  it('two workers never hold the same item', async () => {
    for (let index = 0; index < 40; index += 1) await openCase(store, 'P1')
    const leased = await Promise.all(Array.from({ length: 8 }, () => lease(9)))
    const ids = leased.flat().map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    let more = await lease(50)
    while (more.length > 0) {
      ids.push(...more.map(({ id }) => id))
      more = await lease(50)
    }
    expect(new Set(ids).size).toBe(40)
    expect(ids).toHaveLength(40)
  })

  it('a lease that ran out goes to another, and whoever lost it can no longer write', async () => {
    await openCase(store)
    const [mine] = await lease(1, minutes(10), minutes(11))
    expect(await lease(1, new Date(minutes(11).getTime() - 1))).toEqual([])
    const [theirs] = await lease(1, minutes(11), minutes(12))
    expect(theirs).toMatchObject({ id: mine!.id, epoch: mine!.epoch + 1 })
    expect(await shown(mine!)).toBe(false)
    await store.outbox.retry(mine!, 'late', minutes(99))
    await store.outbox.dead(mine!, 'late')
    expect(await store.outbox.cardsOf(mine!.card.alert)).toMatchObject([{ message: null, shown: 0 }])
    expect(await shown(theirs!)).toBe(true)
    expect(await store.outbox.cardsOf(mine!.card.alert)).toMatchObject([
      { message: `m-${mine!.card.id}`, shown: 1 },
    ])
    const message = { chat: 'console', channel: 'alerts', message: `m-${mine!.card.id}` }
    expect(await store.outbox.caseShownBy(message)).toBe((await store.alerts.get(mine!.card.alert))!.no)
    expect(await store.outbox.caseShownBy({ ...message, channel: 'retention' })).toBeNull()
  })

  it('what failed waits its time, is counted, and is put aside in the end', async () => {
    await openCase(store)
    const [first] = await lease()
    await store.outbox.retry(first!, 'timeout', minutes(15))
    expect(await lease(9, minutes(14), minutes(15))).toEqual([])
    const [second] = await lease(9, minutes(15), minutes(16))
    expect(second).toMatchObject({ id: first!.id, attempts: 1 })
    await store.outbox.dead(second!, 'channel is gone')
    expect(await lease(9, minutes(99), minutes(100))).toEqual([])
    const { rows } = await database.pool.query('SELECT state, error, attempts FROM outbox')
    expect(rows).toEqual([{ state: 'dead', error: 'channel is gone', attempts: 2 }])
    // It is too late to bring it back.
    await store.outbox.retry(second!, 'again', minutes(15))
    expect(await store.outbox.waiting()).toBe(0)
  })

  it('a card that became urgent is not held back by what waits before it', async () => {
    const calm = await openCase(store, 'P2')
    const other = await openCase(store, 'P1')
    const worse = {
      verb: 'worsen',
      by: null,
      at: minutes(2),
      tier: 'P0',
      assessment: assessmentOf(calm.customer),
    } as const
    await store.transaction((tables) => tables.cases.move(calm.id, worse, askedBy(null), RULES))
    const items = await lease()
    expect(items.map(({ card }) => card.alert)).toEqual([calm.id, calm.id, other.id])
  })

  it('the same intent exists once', async () => {
    const alert = await openCase(store)
    const route = RULES.route('P1')
    await Promise.all(Array.from({ length: 5 }, () => store.outbox.enqueueCard(alert, route, minutes(3))))
    expect(await store.outbox.waiting()).toBe(1)
    expect(await store.outbox.cardsOf(alert.id)).toHaveLength(1)
  })
})
