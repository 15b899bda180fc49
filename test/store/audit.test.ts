import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../src/store/database.ts'
import type { Store } from '../../src/store/store.ts'
import { emptyTables, places } from '../places.ts'
import { askedBy, minutes, openCase, openTestStore, person, RULES } from './samples.ts'

describe.each(places)('the sealed log on $name', (where) => {
  let database: Database
  let store: Store
  beforeAll(async () => {
    ;({ database, store } = await openTestStore(where))
  })
  afterAll(() => database.close())
  beforeEach(async () => {
    await emptyTables(database)
    const { id } = await openCase(store, 'P0')
    for (const verb of ['claim', 'contacted'] as const) {
      const move = { verb, by: 'lin', at: minutes(1) }
      await store.transaction((tables) => tables.cases.move(id, move, askedBy(person('lin')), RULES))
    }
    await store.settings.set('watch.days', 40, 'ye', minutes(2))
  })

  it('holds one link for everything done, in order, and adds none twice', async () => {
    expect(await store.audit.seal(minutes(3))).toBe(4)
    expect(await store.audit.seal(minutes(3))).toBe(0)
    expect(await store.audit.verify()).toMatchObject({ entries: 4, fault: null })
    await store.settings.set('watch.days', 41, 'ye', minutes(4))
    expect(await store.audit.seal(minutes(5))).toBe(1)
    expect(await store.audit.verify()).toMatchObject({ entries: 5, fault: null })
  })

  it('tells what it stands for, newest first, of one case or one person, and how much there is', async () => {
    const page = { skip: 0, take: 2 }
    const kinds = async (query: { alert?: string; by?: string }, at = page) => {
      const { total, entries } = await store.audit.done(query, at)
      return [total, ...entries.map((entry) => (entry.kind === 'case' ? entry.verb : entry.name))]
    }
    const { entries } = await store.audit.done({}, { skip: 3, take: 9 })
    expect(await kinds({})).toEqual([4, 'watch.days', 'contacted'])
    expect(await kinds({}, { skip: 2, take: 2 })).toEqual([4, 'claim', 'open'])
    expect(await kinds({}, { skip: 40, take: 2 })).toEqual([4])
    expect(await kinds({ by: 'ye' })).toEqual([1, 'watch.days'])
    const [alert] = await store.alerts.list({})
    expect(await kinds({ alert: alert!.id }, { skip: 0, take: 9 })).toEqual([3, 'contacted', 'claim', 'open'])
    expect(entries).toMatchObject([{ kind: 'case', no: alert!.no, by: 'foreshock', to: 'open' }])
  })

  it('does not fork when two programs seal at once', async () => {
    const sealed = await Promise.all(Array.from({ length: 4 }, () => store.audit.seal(minutes(3))))
    expect(sealed.reduce((sum, each) => sum + each, 0)).toBe(4)
    expect(await store.audit.verify()).toMatchObject({ entries: 4, fault: null })
  })

  it.each([
    ["UPDATE action SET by = 'zhou' WHERE verb = 'claim'", { seq: 2, why: 'row-altered' }],
    [
      "UPDATE action SET detail = '{}', at = at + interval '1 second' WHERE verb = 'contacted'",
      { seq: 3, why: 'row-altered' },
    ],
    ["DELETE FROM action WHERE verb = 'claim'", { seq: 2, why: 'row-gone' }],
    ["UPDATE setting_change SET after = '50'", { seq: 4, why: 'row-altered' }],
    ['DELETE FROM audit_entry WHERE seq = 2', { seq: 3, why: 'missing' }],
    ["UPDATE audit_entry SET digest = 'x' WHERE seq = 1", { seq: 1, why: 'altered' }],
  ])('notices: %s', async (sql, fault) => {
    await store.audit.seal(minutes(3))
    await database.pool.query(sql)
    expect((await store.audit.verify()).fault).toMatchObject(fault)
  })
})
