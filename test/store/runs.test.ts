import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { randomIds } from '../../src/ids.ts'
import type { Database } from '../../src/store/database.ts'
import type { Store } from '../../src/store/store.ts'
import { openStore } from '../../src/store/store.ts'
import { emptyTables, places } from '../places.ts'
import { minutes, NOON, openTestStore } from './samples.ts'

describe.each(places)('runs of jobs on $name', (where) => {
  let database: Database
  let store: Store
  beforeAll(async () => {
    ;({ database, store } = await openTestStore(where))
  })
  afterAll(() => database.close())
  beforeEach(() => emptyTables(database))

  const SLOT = '2026-06-01T04:00:00.000Z'
  const report = { seen: 3, changed: 1, failed: 0 }

  it('a slot is taken once, also by many at the same moment', async () => {
    const taken = await Promise.all(Array.from({ length: 10 }, () => store.runs.begin('pull', SLOT, NOON)))
    expect(taken.filter((run) => run !== null)).toHaveLength(1)
    expect(await store.runs.begin('score', SLOT, NOON)).not.toBeNull()
    expect(await store.runs.begin('pull', '2026-06-01T05:00:00.000Z', NOON)).not.toBeNull()
  })

  it('a finished run keeps its slot and its report, failed or not', async () => {
    const run = (await store.runs.begin('pull', SLOT, NOON))!
    await store.runs.finish(run, report, null, minutes(1))
    const failed = (await store.runs.begin('score', SLOT, NOON))!
    await store.runs.finish(failed, null, 'no disk', minutes(2))
    const later = openStore(database, randomIds, 'CNY')
    expect(await later.runs.begin('pull', SLOT, minutes(60), minutes(45))).toBeNull()
    expect(await later.runs.begin('score', SLOT, minutes(60), minutes(45))).toBeNull()
    expect(await store.runs.last('pull')).toEqual({
      job: 'pull',
      slot: SLOT,
      startedAt: NOON,
      finishedAt: minutes(1),
      error: null,
    })
    expect(await store.runs.last('score')).toMatchObject({ error: 'no disk' })
    expect(await store.runs.last('sla')).toBeNull()
  })

  it('a run of this process is never taken from it, however long it takes', async () => {
    const run = (await store.runs.begin('pull', SLOT, NOON))!
    expect(await store.runs.begin('pull', SLOT, minutes(500), minutes(485))).toBeNull()
    await store.runs.finish(run, report, null, minutes(501))
    expect(await store.runs.last('pull')).toMatchObject({ finishedAt: minutes(501) })
  })

  it('a run that a crash left unfinished is taken over by one, and its ghost can write no more', async () => {
    const ghost = (await store.runs.begin('pull', SLOT, NOON))!
    // A new process knows nothing of the old one's runs.
    const later = openStore(database, randomIds, 'CNY')
    const early = await later.runs.begin('pull', SLOT, minutes(5), minutes(-10))
    // One process alone on its folder need not wait: nobody else can be at work.
    expect(early === null).toBe(!database.embedded)
    if (early === null) {
      expect(await later.runs.begin('pull', SLOT, minutes(20))).toBeNull()
      const others = Array.from({ length: 6 }, () => openStore(database, randomIds, 'CNY'))
      const taken = await Promise.all(
        others.map((each) => each.runs.begin('pull', SLOT, minutes(20), minutes(5))),
      )
      expect(taken.filter((run) => run !== null)).toHaveLength(1)
    }
    await store.runs.finish(ghost, report, null, minutes(21))
    expect(await store.runs.last('pull')).toMatchObject({ finishedAt: null })
  })
})
