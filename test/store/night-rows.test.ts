import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import type { Assessment } from '../../src/risk/assessment.ts'
import type { Written } from '../../src/risk/written.ts'
import { bigints, instants, uuids } from '../../src/store/binary-arrays.ts'
import type { Database } from '../../src/store/database.ts'
import type { Store } from '../../src/store/store.ts'
import { text } from '../../src/text.ts'
import { writtenOf } from '../alerts/nights.ts'
import { places } from '../places.ts'
import { assessmentOf, minutes, NOON, openTestStore } from './samples.ts'

describe.each(places)('what a night writes on $name', (where) => {
  let database: Database
  let store: Store
  beforeAll(async () => {
    ;({ database, store } = await openTestStore(where))
  })
  afterAll(() => database.close())

  const write = (lists: readonly Written[]) =>
    store.writeNight(({ assessments }) => assessments.addWritten(lists))
  const rows = async () => {
    const columns = 'customer, as_of, tier, reason, score, priority, body, model, profile, standing, factors'
    return (await database.pool.query(`SELECT ${columns} FROM assessment ORDER BY customer, as_of`)).rows
  }

  it('is what writing each assessment by itself leaves, over earlier ones of the same instant', async () => {
    const awkward = text('他说“\\n\t\\.” 👋\u2028', 'a "quote" \\ \\N {1,2}\n and a tab\t')
    const everyone = Array.from({ length: 13 }, (_, at) =>
      assessmentOf(randomUUID(), {
        ...(at % 2 === 0 ? { stage: { name: 'gone', sentence: awkward } } : {}),
        score: at / 13,
        priority: -at * 1e9,
        asOf: minutes(at % 3).getTime(),
      }),
    )
    const others = [assessmentOf(randomUUID()), assessmentOf(everyone[0]!.customer, { asOf: 1_000 })]
    await store.assessments.add([...others, ...everyone])
    const expected = await rows()
    await database.pool.query('TRUNCATE assessment')
    const earlier = everyone.map((each): Assessment => ({ ...each, tier: 'watch', reason: 'quiet' }))
    await store.assessments.add([...others, ...earlier])
    await write([everyone.slice(0, 7), everyone.slice(7), []].map(writtenOf))
    expect(await rows()).toEqual(expected)
    expect(await store.assessments.latest(everyone[4]!.customer)).toEqual(everyone[4])
  })

  it('is all or nothing', async () => {
    await database.pool.query('TRUNCATE assessment')
    const good = assessmentOf(randomUUID())
    const refused = [assessmentOf(randomUUID(), { score: Number.NaN }), assessmentOf('ada')]
    for (const bad of refused) await expect(write([[good], [bad]].map(writtenOf))).rejects.toThrow()
    expect(await rows()).toEqual([])
    await write([writtenOf([good])])
    expect(await rows()).toHaveLength(1)
  })
})

test('what cannot be told exactly is refused', () => {
  expect(() => uuids(['not-a-uuid'])).toThrow('"not-a-uuid" is no UUID.')
  expect(() => uuids([`${randomUUID()}0`])).toThrow('is no UUID.')
  expect(() => bigints(Float64Array.of(2 ** 53))).toThrow('is no whole number.')
  expect(() => instants(Float64Array.of(Number.NaN))).toThrow('is no whole number.')
  expect(instants(Float64Array.of(NOON.getTime())).subarray(-8).readBigInt64BE()).toBe(
    BigInt(NOON.getTime() - Date.UTC(2000, 0, 1)) * 1000n,
  )
  expect(bigints(Float64Array.of(-5)).subarray(-8).readBigInt64BE()).toBe(-5n)
})
