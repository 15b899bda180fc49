import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../src/store/database.ts'
import type { Store } from '../../src/store/store.ts'
import { places } from '../places.ts'
import { assessmentOf, NOON, openTestStore } from './samples.ts'

describe.each(places)('a night of many on $name', (where) => {
  let database: Database
  let store: Store
  beforeAll(async () => {
    ;({ database, store } = await openTestStore(where))
  })
  afterAll(() => database.close())

  it('comes back as it was written, over several pages, alone and within a transaction', async () => {
    const customers = Array.from({ length: 20_003 }, (_, at) => at + 1)
    const run = {
      asOf: NOON,
      profile: 'auto',
      model: 'M-1',
      horizon: NOON,
      customers,
      scores: Float64Array.from(customers, (no) => 1 / no),
      priorities: Float64Array.from(customers, (no) => no / 3),
      tiers: customers.map((no) => (no % 100 === 0 ? 'P1' : 'routine')),
      deferred: [],
    }
    const written = { ...run, scores: [...run.scores], priorities: [...run.priorities] }
    await store.assessments.addRun(run)
    expect(await store.assessments.runs(1)).toEqual([written])
    const tiers = run.tiers.toReversed()
    await store.transaction((tables) => tables.assessments.addRun({ ...run, tiers }))
    expect(await store.assessments.runs(2)).toEqual([{ ...written, tiers }])
  })

  it('finds the newest assessment of everyone, more than one statement reads', async () => {
    const everyone = Array.from({ length: 620 }, () => randomUUID())
    await store.assessments.add(everyone.map((customer) => assessmentOf(customer, { asOf: 1_000 })))
    const newer = everyone.slice(0, 7).map((customer) => assessmentOf(customer, { asOf: 2_000 }))
    await store.assessments.add(newer)
    const latest = await store.assessments.latestOfAll()
    expect(new Set(latest.keys())).toEqual(new Set(everyone))
    expect([...latest.values()].filter(({ asOf }) => asOf === 2_000)).toHaveLength(7)
  })
})
