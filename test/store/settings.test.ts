import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../src/store/database.ts'
import type { Store } from '../../src/store/store.ts'
import { emptyTables, places } from '../places.ts'
import { minutes, NOON, openTestStore } from './samples.ts'

describe.each(places)('settings on $name', (where) => {
  let database: Database
  let store: Store
  beforeAll(async () => {
    ;({ database, store } = await openTestStore(where))
  })
  afterAll(() => database.close())
  beforeEach(() => emptyTables(database))

  it('keep their value, and every change with who made it', async () => {
    await store.settings.set('sla.p0.claim', 2, 'lin', NOON)
    await store.settings.set('sla.p0.claim', 3, 'zhou', minutes(1))
    await store.settings.set('quiet', { from: '22:00', days: [6, 7] }, 'lin', minutes(2))
    await store.settings.set('sla.p0.claim', null, 'lin', minutes(3))
    expect(await store.settings.all()).toEqual(new Map([['quiet', { from: '22:00', days: [6, 7] }]]))
    expect(await store.settings.changes('sla.p0.claim', 9)).toEqual([
      { name: 'sla.p0.claim', before: 3, after: null, by: 'lin', at: minutes(3) },
      { name: 'sla.p0.claim', before: 2, after: 3, by: 'zhou', at: minutes(1) },
      { name: 'sla.p0.claim', before: null, after: 2, by: 'lin', at: NOON },
    ])
    expect(await store.settings.changes(null, 2)).toHaveLength(2)
  })

  it('a change that is not kept leaves no history', async () => {
    const failing = store.transaction(async (tables) => {
      await tables.settings.set('quiet', true, 'lin', NOON)
      throw new Error('stop')
    })
    await expect(failing).rejects.toThrow('stop')
    expect(await store.settings.all()).toEqual(new Map())
    expect(await store.settings.changes(null, 9)).toEqual([])
  })

  it('what many change at once loses none of their changes', async () => {
    const add = (who: string) =>
      store.transaction(async ({ settings }) => {
        const before = ((await settings.forUpdate('list')) ?? []) as string[]
        await settings.set('list', [...before, who], who, NOON)
      })
    const people = ['a', 'b', 'c', 'd', 'e', 'f']
    await Promise.all(people.map(add))
    expect(((await store.settings.all()).get('list') as string[]).toSorted()).toEqual(people)
  })

  it('going back to a default that was never left is no error', async () => {
    await store.settings.set('quiet', null, 'lin', NOON)
    expect(await store.settings.changes('quiet', 9)).toMatchObject([{ before: null, after: null }])
  })
})
