import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Trial } from '../../src/learning/trial.ts'
import type { Database } from '../../src/store/database.ts'
import type { Store } from '../../src/store/store.ts'
import { emptyTables, places } from '../places.ts'
import { NOON, openTestStore } from './samples.ts'

const showing = { auc: 0.8, prAuc: 0.4, recallAtTenth: 0.5, brier: 0.05 }
const trial: Trial = {
  from: +NOON,
  to: +NOON,
  rows: 1000,
  leavers: 60,
  model: showing,
  rules: { ...showing, auc: 0.7, brier: null },
  champion: null,
  verdict: 'better',
}
const made = { profile: 'auto', algorithm: 'gbdt', madeAt: NOON, by: 'lin', card: '# M', trial }

describe.each(places)('models on $name', (where) => {
  let database: Database
  let store: Store
  beforeAll(async () => {
    ;({ database, store } = await openTestStore(where))
  })
  afterAll(() => database.close())
  beforeEach(() => emptyTables(database))

  it('come back as they were written, bytes and all', async () => {
    const onnx = Uint8Array.from({ length: 3_000 }, (_, index) => index % 256)
    const no = await store.models.add({ ...made, onnx, sidecar: { features: ['a'] } })
    expect(await store.models.get(no)).toEqual({ ...made, no, sidecar: { features: ['a'] } })
    expect(Buffer.from((await store.models.onnx(no))!).equals(Buffer.from(onnx))).toBe(true)
  })

  it('are listed newest first, profile by profile', async () => {
    const onnx = new Uint8Array(1)
    const first = await store.models.add({ ...made, onnx, sidecar: {} })
    const second = await store.models.add({ ...made, onnx, sidecar: {} })
    await store.models.add({ ...made, profile: 'retail', onnx, sidecar: {} })
    expect((await store.models.list('auto', 9)).map(({ no }) => no)).toEqual([second, first])
    expect(await store.models.list('auto', 1)).toHaveLength(1)
  })

  it('that are not there are null', async () => {
    expect([await store.models.get(9), await store.models.onnx(9)]).toEqual([null, null])
  })
})
