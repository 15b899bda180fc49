import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { featureList } from '../../src/features/feature-list.ts'
import { buildTimeline } from '../../src/timeline/build.ts'
import type { TimelineRow } from '../../src/timeline/rows.ts'
import { openTimeline } from '../../src/timeline/timeline.ts'
import { smallProfile } from '../features/small-profile.ts'
import { applyChange, randomChange } from './changes.ts'
import { mergeColumns } from './merge-columns.ts'
import { plain } from './plain.ts'
import { AS_OF, CUSTOMERS, DAY, factsOf, randomFacts, randomRows } from './random-rows.ts'
import { type RowsInMemory, rowsInMemory } from './rows-in-memory.ts'

const list = featureList(
  smallProfile({ aggregates: [{ name: 'visits', fn: 'count', kind: 'visit', from: 90 }] }),
)

const visit = (customer: string, daysBefore: number, id = `${customer}-${daysBefore}`): TimelineRow => ({
  customer,
  kind: 'visit',
  at: AS_OF - daysBefore * DAY,
  id,
  amount: 100,
})

function company(): RowsInMemory {
  const facts = CUSTOMERS.map((id, index) => factsOf(id, index + 1))
  return rowsInMemory(facts, [visit('ada', 10), visit('bo', 20), visit('cy', 30)])
}

describe('refresh', () => {
  test('first everything, then only what was touched', async () => {
    const store = company()
    const timeline = openTimeline(store, list)
    expect(timeline.size).toBe(0)
    expect(await timeline.refresh()).toMatchObject({ customers: 6, whole: true })

    store.all.push(visit('bo', 3))
    store.touch(['bo'])
    expect(await timeline.refresh()).toMatchObject({ customers: 1, whole: false })
    expect(store.asked).toEqual([null, ['bo']])
    expect((await timeline.at(AS_OF)).history(1).feature('visits')).toBe(2)

    expect(await timeline.refresh()).toMatchObject({ customers: 0, whole: false })
    expect(store.asked.length).toBe(2)
  })

  test('keeps the mood of what was said, not the words', async () => {
    const said = { ...visit('ada', 5), kind: 'voice_review', id: 'r', text: '失望', rating: 4 }
    const store = rowsInMemory([factsOf('ada', 1)], [visit('ada', 9), said])
    const asked: unknown[] = []
    const timeline = openTimeline(store, list, (voice) => {
      asked.push(voice)
      return { score: -0.5 }
    })
    await timeline.refresh()
    expect(asked).toEqual([{ id: 'r', text: '失望', rating: 4 }])
    const moods = ['voice', 'voice_review'].map((kind) =>
      timeline.columns.blocks.get(kind)?.measures.get('sentiment'),
    )
    expect(moods).toEqual([Float64Array.of(-0.5), Float64Array.of(-0.5)])
    expect(timeline.columns.blocks.get('visit')?.measures.has('sentiment')).toBe(false)
  })

  test('reads everything when the feed lost count', async () => {
    const store = company()
    const timeline = openTimeline(store, list)
    await timeline.refresh()
    store.touch(['ada', 'bo', 'cy'])
    expect(await timeline.refresh()).toMatchObject({ customers: 3, whole: false })
    store.touch(null)
    expect(await timeline.refresh()).toMatchObject({ customers: 6, whole: true })
  })

  test('a new customer is read, an erased one is gone', async () => {
    const store = company()
    const timeline = openTimeline(store, list)
    await timeline.refresh()
    store.facts = [...store.facts.filter(({ id }) => id !== 'ada'), factsOf('gus', 9)]
    store.all.push(visit('gus', 1))
    store.touch(['ada', 'gus'])
    await timeline.refresh()
    expect(Array.from(timeline.facts, ({ id }) => id)).toEqual(['bo', 'cy', 'di', 'ed', 'fay', 'gus'])
    const now = await timeline.at(AS_OF)
    expect(now.history(now.indexOf('gus')!).feature('visits')).toBe(1)
    expect(now.indexOf('ada')).toBeUndefined()
  })

  test('equals a full rebuild, whatever changed', async () => {
    await fc.assert(
      fc.asyncProperty(
        randomFacts,
        randomRows,
        fc.array(randomChange, { maxLength: 4 }),
        async (facts, rows, changes) => {
          const store = rowsInMemory(facts, rows)
          const timeline = openTimeline(store, list)
          await timeline.refresh()
          for (const [index, change] of changes.entries()) {
            applyChange(store, change, `step${index}`)
            await timeline.refresh()
            expect(plain(timeline.columns)).toEqual(plain(buildTimeline(store.facts, store.all)))
            expect(timeline.columns.size).toBe(store.facts.length)
          }
        },
      ),
    )
  })

  test('refreshes queue, and an aborted one leaves everything as it was', async () => {
    const store = company()
    const timeline = openTimeline(store, list)
    const [first, second] = await Promise.all([timeline.refresh(), timeline.refresh()])
    expect([first.whole, second.customers]).toEqual([true, 0])
    store.all.push(visit('bo', 3))
    store.touch(['bo'])
    await expect(timeline.refresh(AbortSignal.abort(new Error('stopping')))).rejects.toThrow('stopping')
    expect(timeline.columns.blocks.get('visit')!.at.length).toBe(3)
    await timeline.refresh()
    expect(timeline.columns.blocks.get('visit')!.at.length).toBe(4)
  })

  test('a store that fails half way leaves the mark where it was', async () => {
    const store = company()
    const timeline = openTimeline(store, list)
    await timeline.refresh()
    store.all.push(visit('bo', 3))
    store.touch(['bo'])
    const { rows } = store
    store.rows = () => {
      throw new Error('connection lost')
    }
    await expect(timeline.refresh()).rejects.toThrow('connection lost')
    store.rows = rows
    expect(await timeline.refresh()).toMatchObject({ customers: 1, whole: false })
    expect(timeline.columns.blocks.get('visit')!.at.length).toBe(4)
  })

  test('what fails after columns were merged is made good by the next', async () => {
    const store = company()
    const timeline = openTimeline(store, list)
    await timeline.refresh()
    const before = await timeline.at(AS_OF)
    store.arrive(visit('bo', 3))
    store.facts = store.facts.map((one) => (one.id === 'bo' ? { ...one, name: 'Bo' } : one))
    store.rewrite(['bo'])
    const { horizon } = store
    store.horizon = () => Promise.reject(new Error('connection lost'))
    await expect(timeline.refresh()).rejects.toThrow('connection lost')
    expect(before.history(1).count('visit')).toBe(1)
    expect(timeline.history(1, AS_OF).count('visit')).toBe(2)
    store.horizon = horizon
    await timeline.refresh()
    expect(plain(timeline.columns)).toEqual(plain(buildTimeline(store.facts, store.all)))
  })

  test('an empty company', async () => {
    const timeline = openTimeline(rowsInMemory([], []), list)
    await timeline.refresh()
    const now = await timeline.at(AS_OF)
    expect([now.size, now.horizon]).toEqual([0, Number.NaN])
  })
})

describe('a snapshot', () => {
  test('holds still while the timeline moves on', async () => {
    const store = company()
    store.said = [
      { id: 'v', customer: 'bo', at: AS_OF - DAY, channel: 'chat', text: '换一家', rating: null },
      { id: 'w', customer: 'bo', at: AS_OF, channel: 'chat', text: 'later', rating: null },
    ]
    const timeline = openTimeline(store, list)
    await timeline.refresh()
    const before = await timeline.at(AS_OF)
    store.all.push(visit('bo', 3))
    store.touch(['bo'])
    await timeline.refresh()
    expect(before.history(1).feature('visits')).toBe(1)
    expect(before.history(1).events('visit').at.length).toBe(1)
    expect(before.history(1).voices.map(({ id }) => id)).toEqual(['v'])
    expect(before.history(0).voices).toEqual([])
    expect(before.horizon).toBe(AS_OF - 10 * DAY)
    expect(timeline.horizon).toBe(AS_OF - 3 * DAY)
    expect(timeline.history(1, AS_OF).feature('visits')).toBe(2)
    expect(timeline.history(1, AS_OF - 5 * DAY).feature('visits')).toBe(1)
  })
})

test('a customer with rows in neither gets an empty place', () => {
  const facts = [factsOf('ada', 1), factsOf('bo', 2), factsOf('cy', 3)]
  const kept = buildTimeline([facts[0]!, facts[2]!], [visit('ada', 1), visit('cy', 2)])
  const merged = mergeColumns(kept, buildTimeline([], []), facts)
  expect(plain(merged)).toEqual(plain(buildTimeline(facts, [visit('ada', 1), visit('cy', 2)])))
})

test('merging changes neither of its inputs', () => {
  const facts = [factsOf('ada', 1), factsOf('bo', 2)]
  const kept = buildTimeline(facts, [visit('ada', 1), visit('bo', 2)])
  const fresh = buildTimeline([facts[1]!], [visit('bo', 2), visit('bo', 1)])
  const [keptBefore, freshBefore] = [plain(kept), plain(fresh)]
  expect([...mergeColumns(kept, fresh, facts).blocks.get('visit')!.offsets]).toEqual([0, 1, 3])
  expect([plain(kept), plain(fresh)]).toEqual([keptBefore, freshBefore])
})
