import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DAY, HOUR } from '../../src/clock.ts'
import type { Database } from '../../src/store/database.ts'
import type { Store } from '../../src/store/store.ts'
import { emptyTables, onePlace } from '../places.ts'
import { openTestStore } from '../store/samples.ts'
import { deliveriesOver, SECOND } from './delivery.ts'

describe.each(onePlace)('how long a platform that is away is tried, on $name', (where) => {
  let database: Database
  let store: Store
  beforeAll(async () => {
    ;({ database, store } = await openTestStore(where))
  })
  afterAll(() => database.close())
  beforeEach(() => emptyTables(database))

  const open = deliveriesOver(() => store)

  it('what was being sent when everything stopped for days is not given up at the first no', async () => {
    const { openCase, befall, pass, clock, shown, gone } = open()
    await openCase()
    befall({ refuse: 'unavailable' }, { refuse: 'unavailable' })
    await pass()
    // A weekend without us; the network is not up yet.
    clock.advance(2 * DAY)
    await pass()
    expect(gone).toEqual([])
    await pass(2)
    expect(shown()).toHaveLength(1)
  })

  it('a platform that is away for a day of tries is given up', async () => {
    const { openCase, pass, fake, gone } = open()
    await openCase()
    fake.mishap = () => ({ refuse: 'unavailable' })
    await pass(...Array.from({ length: 40 }, () => 600))
    expect(gone).toEqual([])
    await pass(...Array.from({ length: 110 }, () => 600))
    expect(gone).toEqual([{ channel: 'C1', reason: 'unavailable' }])
  })

  it('what was put off before the clock was set back is sent within an hour, what is new at once', async () => {
    const before = open()
    before.clock.advance(5 * HOUR)
    await before.openCase()
    before.befall({ refuse: 'rate-limited', retryAfterMs: 30 * SECOND })
    await before.pass()
    expect((await store.delivery.state(before.clock.now())).paused).toHaveLength(1)
    await before.outbox.stop()

    const after = open()
    expect((await store.delivery.state(after.clock.now())).paused).toEqual([])
    await after.pass()
    expect(after.shown()).toHaveLength(1)

    // A pause of the new time takes the place of the old one, which says nothing any more.
    await after.openCase()
    after.befall({ refuse: 'rate-limited', retryAfterMs: 30 * SECOND })
    await after.pass(29)
    expect(after.shown()).toHaveLength(1)
    await after.pass(1)
    expect(after.shown()).toHaveLength(2)
  })

  it('a pause of days is asked about again after an hour', async () => {
    const { openCase, befall, pass, shown } = open()
    await openCase()
    befall({ refuse: 'rate-limited', retryAfterMs: 3 * DAY })
    await pass(3_599)
    expect(shown()).toEqual([])
    await pass(1)
    expect(shown()).toHaveLength(1)
  })

  it('a card that is to move to a new message where the channel is closed by then goes elsewhere', async () => {
    const { openCase, befall, pass, clock, gone } = open({ editableDays: 14, keyed: true, find: false })
    await openCase()
    await pass()
    clock.advance(13 * DAY + 1)
    await store.outbox.age('fake', new Date(clock.now().getTime() - 13 * DAY), clock.now())
    befall({ refuse: 'channel-closed' })
    await pass(1)
    expect(gone).toEqual([{ channel: 'C1', reason: 'channel-closed' }])
  })
})
