import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sumOf } from '../../src/sentinel/series.ts'
import type { Database } from '../../src/store/database.ts'
import type { Store } from '../../src/store/store.ts'
import { places } from '../places.ts'
import { NOON, openTestStore } from './samples.ts'
import { type Voiced, writeVoices } from './voices.ts'

describe.each(places)('words that are worth counting on $name', (where) => {
  let database: Database
  let store: Store
  beforeAll(async () => {
    ;({ database, store } = await openTestStore(where))
  })
  afterAll(() => database.close())

  it('are those that more people say than before, and those that are said more bitterly', async () => {
    const said = (text: string, days: number, count: number, bad: number): Voiced[] =>
      Array.from({ length: count }, (_, at) => ({ text, days, mood: at < bad ? -0.8 : 0 }))
    await writeVoices(database, [
      ...[20, 30, 40].flatMap((day) => [...said('brakes', day, 10, 2), ...said('again', day, 10, 2)]),
      ...[...said('brakes', 1, 10, 9), ...said('again', 1, 10, 2), ...said('rattle', 1, 10, 2)],
    ])
    await database.pool.query(`INSERT INTO voice_text (id, at, channel, severity, terms)
      SELECT id, at, channel, 0, to_tsvector('simple', text) FROM feedback`)
    const { series, of } = await store.stormVoices.words(NOON, 8, [])
    expect(series.map(({ key, counts, bad }) => [key, sumOf(counts, 7), sumOf(bad, 7)])).toEqual([
      ['rattle', 10, 2],
      ['brakes', 10, 9],
    ])
    expect(of).toBe(3)
  })
})
