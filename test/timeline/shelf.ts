import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { plainFacts } from '../../src/features/attributes.ts'
import { featureList } from '../../src/features/feature-list.ts'
import { feedCounts } from '../../src/features/feed-counts.ts'
import { computeFeatures } from '../../src/features/kernel.ts'
import { buildTimeline } from '../../src/timeline/build.ts'
import type { TimelineRow } from '../../src/timeline/rows.ts'
import { openTimeline, type Timeline, type TimelineOptions } from '../../src/timeline/timeline.ts'
import { historyOf } from '../../src/timeline/view.ts'
import { smallProfile } from '../features/small-profile.ts'
import { plain } from './plain.ts'
import { AS_OF, CUSTOMERS, DAY, factsOf } from './random-rows.ts'
import { type RowsInMemory, rowsInMemory } from './rows-in-memory.ts'

const words = { zh: '属性', en: 'attribute' }
export const list = featureList(
  smallProfile({
    attributes: { seats: words, warranty_end: words },
    aggregates: [
      { name: 'visits', fn: 'count', kind: 'visit', from: 90 },
      { name: 'logins', fn: 'count', kind: 'login' },
      { name: 'spend', fn: 'sum', kind: 'order', measure: 'amount' },
      { name: 'spread', fn: 'spread', kind: 'order', measure: 'amount' },
      { name: 'rating_last', fn: 'last', kind: 'voice', measure: 'rating' },
    ],
    peers: [{ name: 'visits_here', of: 'visits', by: 'site', label: { zh: '同店到店', en: 'visits here' } }],
  }),
)

type Opening = Partial<TimelineOptions> & { readonly identity?: string; readonly shapedBy?: string }

/** A folder of its own with timelines that keep their columns in it. */
export interface Shelf {
  readonly folder: string
  /** What the log was told. */
  readonly told: readonly object[]
  /** Opens a timeline with two customers a shard, so that six of them make four. */
  open(store: RowsInMemory, more?: Opening): Timeline
  /** Writes a company's files and leaves. */
  save(store: RowsInMemory, more?: Opening): Promise<void>
  /** Names of all its files, of its shards, and a name's path. */
  files(): string[]
  shards(): string[]
  path(name: string): string
  clear(): Promise<void>
}

export function openShelf(): Shelf {
  const folder = mkdtempSync(join(tmpdir(), 'foreshock-timeline-'))
  const told: object[] = []
  const opened: Timeline[] = []
  const shelf: Shelf = {
    folder,
    told,
    open: (store, { identity = 'database 1', shapedBy = '', ...options } = {}) => {
      const timeline = openTimeline(store, list, undefined, {
        cache: { folder: join(folder, 'timeline'), identity: async () => identity, shapedBy },
        shardSize: { customers: 2, bytes: 2 ** 20 },
        log: { warn: (fields: object) => void told.push(fields) },
        ...options,
      })
      opened.push(timeline)
      return timeline
    },
    save: async (store, more) => {
      const timeline = shelf.open(store, more)
      await timeline.refresh()
      await timeline.close()
      store.asked.length = 0
    },
    files: () => readdirSync(join(folder, 'timeline')).sort(),
    shards: () => shelf.files().filter((name) => name.startsWith('shard-')),
    path: (name) => join(folder, 'timeline', name),
    clear: async () => {
      for (const timeline of opened) await timeline.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  return shelf
}

/** Everything a timeline shows equals what is built from the rows as they are. */
export async function expectSame(timeline: Timeline, store: RowsInMemory): Promise<void> {
  const built = buildTimeline(store.facts, store.all)
  expect(plain(await timeline.gather())).toEqual(plain(built))
  expect(plain(timeline.columns)).toEqual(plain(built))
  const kinds = new Map([...feedCounts(built, AS_OF)].sort())
  expect(new Map([...timeline.feedCounts(AS_OF)].sort())).toEqual(kinds)
  const matrix = computeFeatures(list, built, AS_OF)
  const now = await timeline.at(AS_OF)
  expect(Array.from(now.facts, plainFacts)).toEqual(built.facts)
  expect(new Map([...timeline.feedCounts(AS_OF)].sort())).toEqual(kinds)
  expect([...now.features.values]).toEqual([...matrix.values])
  built.facts.forEach(({ id }, index) => {
    expect(now.indexOf(id)).toBe(index)
    expect([...now.features.row(index)]).toEqual([...matrix.row(index)])
    const [here, there] = [now.history(index), historyOf(built, index, AS_OF, list)]
    expect(plainFacts(here.customer)).toEqual(there.customer)
    expect(here.events('order')).toEqual({ ...there.events('order'), measure: expect.any(Function) })
    expect(here.events('order').measure('amount')).toEqual(there.events('order').measure('amount'))
    expect(timeline.history(index, AS_OF - DAY).feature('spend')).toBe(
      historyOf(built, index, AS_OF - DAY, list).feature('spend'),
    )
  })
}

export const order = (customer: string, daysBefore: number, amount = 100): TimelineRow => ({
  customer,
  kind: 'order',
  at: AS_OF - daysBefore * DAY,
  id: `${customer}-${daysBefore}`,
  amount,
})

export function company(): RowsInMemory {
  return rowsInMemory(
    CUSTOMERS.map((id, index) => factsOf(id, index + 1, { site: index % 2 === 0 ? 'north' : 'south' })),
    CUSTOMERS.flatMap((customer, index) => [order(customer, 10 + index), order(customer, 40, 2 ** 53 - 1)]),
  )
}
