import { describe, expect, test } from 'vitest'
import { featureList } from '../../src/features/feature-list.ts'
import { buildTimeline } from '../../src/timeline/build.ts'
import type { TimelineRow } from '../../src/timeline/rows.ts'
import { openTimeline } from '../../src/timeline/timeline.ts'
import { smallProfile } from '../features/small-profile.ts'
import { plain } from './plain.ts'
import { AS_OF, CUSTOMERS, DAY, factsOf } from './random-rows.ts'
import { type RowsInMemory, rowsInMemory } from './rows-in-memory.ts'

const list = featureList(smallProfile({ aggregates: [{ name: 'visits', fn: 'count', kind: 'visit' }] }))

const visit = (customer: string, daysBefore: number, id = `${customer}-${daysBefore}`): TimelineRow => ({
  customer,
  kind: 'visit',
  at: AS_OF - daysBefore * DAY,
  id,
})

function company(): RowsInMemory {
  const facts = CUSTOMERS.map((id, index) => factsOf(id, index + 1))
  return rowsInMemory(facts, [visit('ada', 10), visit('bo', 20), visit('cy', 30)])
}

describe('a refresh', () => {
  test('of customers with new rows only these are read, late ones too', async () => {
    const store = company()
    const timeline = openTimeline(store, list)
    await timeline.refresh()
    store.asked.length = 0
    store.arrive(visit('bo', 3), visit('bo', 40), visit('cy', 30.5))
    expect(await timeline.refresh()).toEqual({ customers: 2, rows: 3, whole: false })
    expect(store.asked).toEqual([])
    expect(plain(timeline.columns)).toEqual(plain(buildTimeline(store.facts, store.all)))
  })

  test('a customer is read whole where a new row meets a kept one, or might be it', async () => {
    const store = company()
    const timeline = openTimeline(store, list)
    await timeline.refresh()
    store.asked.length = 0
    store.arrive(visit('bo', 20, 'another'), visit('cy', 3))
    expect(await timeline.refresh()).toEqual({ customers: 2, rows: 3, whole: false })
    expect(store.asked).toEqual([['bo']])
    store.behind = 1
    store.arrive(visit('cy', 2))
    await timeline.refresh()
    expect(await timeline.refresh()).toEqual({ customers: 1, rows: 3, whole: false })
    expect(store.asked).toEqual([['bo'], ['cy']])
    expect(plain(timeline.columns)).toEqual(plain(buildTimeline(store.facts, store.all)))
  })

  test('with more new rows than are held at a time customers are read whole, and nobody without', async () => {
    const store = company()
    const timeline = openTimeline(store, list, undefined, { mostAdded: 2 })
    await timeline.refresh()
    store.asked.length = 0
    store.arrive(visit('bo', 3), visit('bo', 4), visit('cy', 3))
    expect(await timeline.refresh()).toEqual({ customers: 2, rows: 5, whole: false })
    expect(store.asked).toEqual([['bo', 'cy']])
    expect(plain(timeline.columns)).toEqual(plain(buildTimeline(store.facts, store.all)))
  })

  test('where only facts were written no row is read', async () => {
    const store = company()
    const timeline = openTimeline(store, list)
    await timeline.refresh()
    store.facts = store.facts.map((one) => (one.id === 'bo' ? { ...one, name: 'Bo' } : one))
    store.rewrite(['bo'])
    expect(await timeline.refresh()).toEqual({ customers: 0, rows: 0, whole: false })
    expect(timeline.facts.at(1)!.name).toBe('Bo')
  })

  test('a row corrected while the new ones are read is not taken for a new one', async () => {
    const store = company()
    const timeline = openTimeline(store, list)
    await timeline.refresh()
    store.arrive(visit('cy', 3))
    const { added } = store
    store.added = (since) => {
      store.all = store.all.map((row) => (row.id === 'bo-20' ? { ...row, at: row.at + DAY } : row))
      store.arrive(...store.all.filter(({ id }) => id === 'bo-20'))
      store.all = store.all.slice(0, -1)
      store.touch(['bo'])
      store.added = added
      return added(since)
    }
    await timeline.refresh()
    expect(plain(timeline.columns)).toEqual(plain(buildTimeline(store.facts, store.all)))
  })
})
