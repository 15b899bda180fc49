import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { MIGRATIONS } from '../../src/paths.ts'
import { TIERS } from '../../src/risk/assessment.ts'
import { gistOf } from '../../src/risk/gist.ts'
import { lastKept } from '../../src/risk/last-kept.ts'
import type { Database } from '../../src/store/database.ts'
import type { ScoreRunModel } from '../../src/store/generated/models.ts'
import { runFrom } from '../../src/store/score-run.ts'
import type { Store } from '../../src/store/store.ts'
import { emptyFolder, places } from '../places.ts'
import { assessmentOf, minutes, NOON, openTestStore } from './samples.ts'

describe.each(places)('a night of many on $name', (where) => {
  let database: Database
  let store: Store
  beforeAll(async () => {
    ;({ database, store } = await openTestStore(where))
  })
  afterAll(() => database.close())

  it('comes back as it was written, alone and within a transaction, and tells of one customer', async () => {
    // Numbers whose bytes do not grow with them, and gaps between them.
    const customers = Int32Array.from({ length: 20_003 }, (_, at) => at * 7 + 1)
    const run = {
      asOf: NOON,
      profile: 'auto',
      model: 'M-1',
      horizon: NOON,
      customers,
      scores: Float64Array.from(customers, (no) => 1 / no),
      priorities: Float64Array.from(customers, (no) => no / 3),
      tiers: Uint8Array.from(customers, (no) => TIERS.indexOf(no % 100 === 1 ? 'P1' : 'routine')),
      deferred: [3, 70_001],
    }
    const written = {
      ...run,
      scores: Float32Array.from(run.scores),
      priorities: Float32Array.from(run.priorities),
    }
    await store.assessments.addRun(run)
    expect(await store.assessments.runs(1)).toEqual([written])
    const tiers = run.tiers.toReversed()
    await store.transaction((tables) => tables.assessments.addRun({ ...run, tiers }))
    expect(await store.assessments.runs(2)).toEqual([{ ...written, tiers }])
    for (const at of [0, 36, 9_999, 20_002]) {
      const point = { asOf: NOON, score: written.scores[at], tier: TIERS[tiers[at]!] }
      expect(await store.assessments.trend(customers[at]!, 3)).toEqual([point])
    }
    for (const no of [0, 2, 140_016]) expect(await store.assessments.trend(no, 3)).toEqual([])
  })

  it('is nothing of nobody', async () => {
    const none = new Int32Array(0)
    const run = {
      ...{ asOf: minutes(1), profile: 'auto', model: 'rules', horizon: NOON },
      ...{ customers: none, scores: new Float32Array(0), priorities: new Float32Array(0) },
      ...{ tiers: new Uint8Array(0), deferred: [] },
    }
    await store.assessments.addRun(run)
    expect(await store.assessments.runBefore(minutes(2))).toEqual(run)
    expect(await store.assessments.trend(1, 1)).toEqual([])
  })

  it('hands out what the next one compares with, more than one statement reads, the newest of each', async () => {
    const everyone: string[] = Array.from({ length: 5_020 }, () => randomUUID())
    await store.assessments.add(everyone.map((customer) => assessmentOf(customer, { asOf: 1_000 })))
    const newer = everyone
      .slice(0, 7)
      .map((customer) => assessmentOf(customer, { asOf: 2_000, tier: 'watch', model: 'M-2' }))
    await store.assessments.add(newer)
    await database.pool.query('UPDATE assessment SET standing = NULL, factors = NULL WHERE customer = $1', [
      everyone[9],
    ])
    const indexOf = (customer: string) => index.get(customer)
    const index = new Map(everyone.map((customer, at) => [customer, at]))
    const night = { size: everyone.length, model: 'M-2', indexOf }
    const last = await lastKept(store.assessments.lastKept(), night, () => null)
    expect([...last.tiers].filter((tier) => TIERS[tier] === 'P1')).toHaveLength(5_013)
    expect([...last.sameModel].map((same, at) => same * at)).toEqual(
      everyone.map((_, at) => (at < 7 ? at : 0)),
    )
    for (const [at, { standing, factors }] of [gistOf(newer[0]!), gistOf(assessmentOf('x'))].entries()) {
      expect(last.standings[at * 8]).toBe(standing)
      expect(last.factors[at * 8]).toBe(factors)
    }
    expect(last.standings[9]).toBeNaN()
    expect(last.scores[1]).toBe(0.7)
  })
})

test('runs that were written as arrays come back from their bytes', async () => {
  const { data, drop } = emptyFolder()
  const lite = await PGlite.create(data)
  try {
    await lite.exec('DROP SCHEMA public CASCADE; CREATE SCHEMA public')
    const folders = readdirSync(MIGRATIONS).filter((name) => !name.includes('.'))
    for (const name of folders.sort()) {
      if (name.endsWith('_night')) {
        await lite.exec(`INSERT INTO score_run (id, as_of, profile, model, horizon, customers, scores, priorities, tiers)
          VALUES ('${randomUUID()}', '2026-06-01', 'auto', 'M-1', '2026-06-01',
            '{7,2,300}', '{0.25,1e-300,1}', '{1e300,2.5,0}', '{routine,P0,watch}'),
            ('${randomUUID()}', '2026-06-02', 'auto', 'M-1', '2026-06-02', '{}', '{}', '{}', '{}')`)
      }
      await lite.exec(readFileSync(join(MIGRATIONS, name, 'migration.sql'), 'utf8'))
    }
    const { rows } = await lite.query<ScoreRunModel>(
      'SELECT id, customers, scores, priorities, tiers FROM score_run ORDER BY as_of',
    )
    expect(rows.map(runFrom)).toEqual([
      {
        customers: Int32Array.of(2, 7, 300),
        scores: Float32Array.of(0, 0.25, 1),
        priorities: Float32Array.of(2.5, 3e38, 0),
        tiers: Uint8Array.of(0, 4, 3),
      },
      {
        customers: new Int32Array(0),
        scores: new Float32Array(0),
        priorities: new Float32Array(0),
        tiers: new Uint8Array(0),
      },
    ])
  } finally {
    await lite.close()
    drop()
  }
})
