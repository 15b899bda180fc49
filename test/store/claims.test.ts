import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../src/store/database.ts'
import type { Store } from '../../src/store/store.ts'
import { emptyTables, places } from '../places.ts'
import { askedBy, minutes, newAlert, openCase, openTestStore, person, RULES } from './samples.ts'

describe.each(places)('many people on one case on $name', (where) => {
  let database: Database
  let store: Store
  beforeAll(async () => {
    ;({ database, store } = await openTestStore(where))
  })
  afterAll(() => database.close())
  beforeEach(() => emptyTables(database))

  const claim = (id: string, who: string, request: string | null = null) =>
    store.transaction((tables) =>
      tables.cases.move(id, { verb: 'claim', by: who, at: minutes(1) }, askedBy(person(who), request), RULES),
    )

  it('of 50 who claim at once one owns it and 49 are told', async () => {
    const { id } = await openCase(store)
    const people = Array.from({ length: 50 }, (_, index) => `p${index}`)
    const moved = await Promise.all(people.map((who) => claim(id, who, `request-${who}`)))
    const refused = moved.filter((each) => !each.done)
    expect(refused).toHaveLength(49)
    expect(refused.map((each) => !each.done && each.refusal)).toEqual(Array(49).fill('already-claimed'))
    const winner = moved.find((each) => each.done)!
    expect(refused.every((each) => each.alert.owner === winner.alert.owner)).toBe(true)
    expect(await store.alerts.get(id)).toMatchObject({
      state: 'claimed',
      owner: winner.alert.owner,
      version: 2,
    })
    const claims = (await store.alerts.actions(id)).filter((action) => action.verb === 'claim')
    expect(claims).toMatchObject([
      { by: winner.alert.owner, from: 'open', to: 'claimed', via: 'console/alerts' },
    ])
  })

  it('the same request acts once, one after the other or all at once', async () => {
    for (const atOnce of [false, true]) {
      const { id } = await openCase(store)
      const press = () => claim(id, 'lin', 'request-1')
      const moved = atOnce
        ? await Promise.all(Array.from({ length: 12 }, press))
        : [await press(), await press()]
      expect(
        moved.every((each) => each.done && each.alert.state === 'claimed' && each.alert.owner === 'lin'),
      ).toBe(true)
      expect(moved.filter((each) => each.done && each.action !== null)).toHaveLength(1)
      expect(await store.alerts.actions(id)).toHaveLength(2)
    }
  })

  it('different moves at once all happen, one after the other', async () => {
    const { id } = await openCase(store)
    await claim(id, 'lin')
    const manager = person('boss', 'manager')
    const contacted = (index: number) =>
      store.transaction((tables) =>
        tables.cases.move(id, { verb: 'remind', by: null, at: minutes(index) }, askedBy(null), RULES),
      )
    const moved = await Promise.all(Array.from({ length: 5 }, (_, index) => contacted(index)))
    expect(moved.every((each) => each.done)).toBe(true)
    expect((await store.alerts.get(id))!.version).toBe(7)
    const resolved = await store.transaction((tables) =>
      tables.cases.move(id, { verb: 'dismiss', by: manager.id, at: minutes(9) }, askedBy(manager), RULES),
    )
    expect(resolved).toMatchObject({ done: true, alert: { state: 'dismissed', version: 8 } })
  })

  it('a customer has one open case, whoever opens it', async () => {
    const { customer } = await openCase(store)
    const again = (state?: 'closed') =>
      store.transaction((tables) => tables.cases.open(newAlert(customer), RULES, state ?? 'again'))
    await expect(again()).rejects.toThrow(/unique constraint/)
    expect(await store.alerts.ofCustomer(customer)).toHaveLength(1)
    expect(await store.outbox.waiting()).toBe(1)

    const fresh = await openCase(store)
    await store.transaction((tables) =>
      tables.cases.move(
        fresh.id,
        { verb: 'dismiss', by: 'lin', at: minutes(1) },
        askedBy(person('lin')),
        RULES,
      ),
    )
    const opened = await Promise.allSettled(
      Array.from({ length: 5 }, () =>
        store.transaction((tables) => tables.cases.open(newAlert(fresh.customer), RULES, 'x')),
      ),
    )
    expect(opened.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await store.alerts.current(fresh.customer)).toMatchObject({ state: 'open' })
  })
})
