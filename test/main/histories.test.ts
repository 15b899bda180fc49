import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Config } from '../../src/config.ts'
import { openLog } from '../../src/log.ts'
import { openHistories } from '../../src/main/histories.ts'
import { openMood, openProfile } from '../../src/main/parts.ts'
import type { Place } from '../../src/store/database.ts'
import { onePlace } from '../places.ts'
import { batchOf, customerRecord, eventRecord, NOON, openTestStore, settledMark } from '../store/samples.ts'

const DAY = 86_400_000

it.each(onePlace)(
  'histories of $name outlive the program: the next one reads only what came since',
  async (where) => {
    const folder = mkdtempSync(join(tmpdir(), 'foreshock-histories-'))
    const { database, store } = await openTestStore(where)
    const ingest = (...records: Parameters<typeof batchOf>[0]) =>
      store.sources.store('crm', batchOf(records), NOON)
    const read: string[] = []
    const { timeline: rows } = store
    const counting = {
      ...store,
      timeline: {
        ...rows,
        rows: (customers: readonly string[] | null) => {
          read.push(`${customers?.length ?? 'all'} customers`)
          return rows.rows(customers)
        },
        async *added(since: string) {
          for await (const page of rows.added(since)) {
            for (const { kind } of page) read.push(kind)
            yield page
          }
        },
      },
    }
    const open = (place: Place) =>
      openHistories({
        config: { company: { timeZone: 'UTC' }, database: { folder } } as Config,
        ...{ place, database, store: counting, log: openLog('silent') },
        profile: openProfile({ profile: 'auto', folder }),
        mood: openMood(),
      })
    const visitsAt = async (place: Place): Promise<number[]> => {
      const timeline = open(place)
      await timeline.refresh()
      const now = await timeline.at(NOON.getTime())
      const visits = Array.from(now.facts, (_, index) => now.history(index).events('visit').at.length)
      await timeline.close()
      return visits
    }
    try {
      const at = new Date(NOON.getTime() - 3 * DAY)
      await ingest(customerRecord('K1'), customerRecord('K2'), customerRecord('K3'))
      await ingest(eventRecord('1', 'K1', { at }), eventRecord('2', 'K2', { at }))
      await settledMark(store)
      const here: Place = { kind: 'folder', folder }
      expect(await visitsAt(here)).toEqual([1, 1, 0])
      expect(readdirSync(join(folder, 'timeline')).sort()).toEqual(['manifest.json', 'shard-0-of-1.columns'])
      await ingest(eventRecord('late', 'K2', { at: new Date(at.getTime() - 30 * DAY) }))
      read.length = 0
      expect(await visitsAt(here)).toEqual([1, 2, 0])
      expect(read).toEqual(['visit'])
      rmSync(join(folder, 'timeline'), { recursive: true })
      expect(await visitsAt({ kind: 'memory' })).toEqual([1, 2, 0])
      expect(readdirSync(folder)).toEqual([])
    } finally {
      await database.close()
      rmSync(folder, { recursive: true, force: true })
    }
  },
)
