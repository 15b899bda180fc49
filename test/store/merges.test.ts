import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uuidOf } from '../../src/ids.ts'
import type { NewAlert } from '../../src/store/alerts.ts'
import { places } from '../places.ts'
import { app, crm, type Merging, openMerging } from './merging.ts'
import {
  changedSince,
  customerRecord,
  eventRecord,
  feedbackRecord,
  NOON,
  newAlert,
  RULES,
  settledMark,
} from './samples.ts'

const EVERYONE = { skip: 0, take: 50 }

describe.each(places)('merging customers on $name', (where) => {
  let shop: Merging
  beforeAll(async () => {
    shop = await openMerging(where)
  })
  afterAll(() => shop.database.close())

  /** A record that names both and says nothing else. */
  const link = (id: string) => customerRecord(id, { keys: [app(id), crm(id)] })
  const mergeOf = async (words: string) => {
    const [customer] = await shop.store.customers.find(words, 1)
    return (await shop.store.merges.list(customer!.id, EVERYONE)).merges[0]!
  }

  it('the older number stays; a merged number means whoever has it now, and the record is sealed', async () => {
    await shop.ingest([
      customerRecord('m', {
        keys: [crm('m')],
        name: '王芳',
        contactConsent: false,
        attributes: { plan: 'a' },
      }),
      customerRecord('m', {
        keys: [app('m')],
        site: '徐汇店',
        contactConsent: true,
        attributes: { seats: 5 },
      }),
      feedbackRecord('m', { customer: app('m') }),
    ])
    const [older, newer] = [
      ...(await shop.store.customers.find('王芳', 1)),
      ...(await shop.store.customers.find('m', 2)).slice(1),
    ]
    const mark = await settledMark(shop.store)
    await shop.ingest([link('m')])
    expect(await shop.joinLinked()).toBe(1)
    expect(await changedSince(shop.store, mark)).toEqual(expect.arrayContaining([older!.id, newer!.id]))
    expect(await shop.store.customers.find(`C-${newer!.no}`, 1)).toMatchObject([
      {
        ...{ id: older!.id, name: '王芳', site: '徐汇店', contactConsent: false },
        attributes: { plan: 'a', seats: 5 },
      },
    ])
    expect(await shop.store.ingest.keysOf([older!.no, newer!.no])).toEqual(
      new Map([
        [older!.no, crm('m')],
        [newer!.no, app('m')],
      ]),
    )
    const merge = await mergeOf(`C-${older!.no}`)
    expect(merge).toMatchObject({
      ...{ state: 'merged', by: 'foreshock', key: crm('m'), source: 'shop' },
      ...{ stays: { no: older!.no, name: '王芳' }, absorbed: { no: newer!.no, name: null } },
    })
    // What is said of a part since is that part's own.
    await shop.ingest([customerRecord('m', { keys: [app('m')], name: '王小芳', attributes: { seats: 6 } })])
    expect(await shop.store.customers.get(older!.id)).toMatchObject({
      name: '王小芳',
      attributes: { plan: 'a', seats: 6 },
    })
    expect(await shop.store.merges.splitting(merge.id)).toEqual({
      ...{ no: newer!.no, from: older!.no, keys: [app('m')], events: 0, voices: 1 },
      ...{ cases: [], openCaseStays: null },
    })
    expect(await shop.split(merge.id)).toEqual({ no: newer!.no, from: older!.no })
    expect(await shop.split(merge.id)).toBeNull()
    expect(await shop.store.customers.get(older!.id)).toMatchObject({
      name: '王芳',
      attributes: { plan: 'a' },
    })
    expect(await shop.store.customers.get(newer!.id)).toMatchObject({
      ...{ no: newer!.no, name: '王小芳', contactConsent: true, attributes: { seats: 6 } },
    })
    expect(await shop.rejoin(merge.id)).toBe(true)
    expect(await shop.rejoin(merge.id)).toBe(false)
    await shop.store.audit.seal(NOON)
    expect((await shop.store.audit.verify()).fault).toBeNull()
    const done = (await shop.store.settings.changes(null, 3)).map(({ name, after, by }) => ({
      name,
      after,
      by,
    }))
    const told = { key: 'crm', source: 'shop' }
    expect(done).toEqual([
      { name: `merged C-${newer!.no}`, after: { into: `C-${older!.no}`, ...told }, by: 'max' },
      { name: `split C-${newer!.no}`, after: { from: `C-${older!.no}`, ...told }, by: 'max' },
      { name: `merged C-${newer!.no}`, after: { into: `C-${older!.no}`, ...told }, by: 'foreshock' },
    ])
  })

  it('two with an open case each wait; a case comes along and goes back, one opened meanwhile stays', async () => {
    await shop.ingest([
      customerRecord('a', { keys: [crm('a')], name: '甲' }),
      customerRecord('b', { keys: [app('a')], name: '乙' }),
      feedbackRecord('a', { customer: app('a') }),
      link('a'),
    ])
    const [first] = await shop.store.customers.find('甲', 1)
    const [second] = await shop.store.customers.find('乙', 1)
    const open = (customer: string, more: Partial<NewAlert> = {}) =>
      shop.store.transaction(({ cases }) => cases.open(newAlert(customer, 'P1', more), RULES, 'fresh'))
    const put = (id: string, state: string) =>
      shop.database.pool.query('UPDATE alert SET state = $2 WHERE id = $1', [id, state])
    const close = (id: string) => put(id, 'resolved')
    const [held, moved] = [await open(first!.id), await open(second!.id)]
    const draw = { period: '2026-Q2', tier: 'P1', reason: 'two-signals', share: 0.1 } as const
    const [at, until] = [NOON, new Date('2026-09-01')]
    await shop.store.holdout.add([
      { ...draw, customer: first!.id, arm: 'held', at, until },
      { ...draw, customer: second!.id, arm: 'contacted', at, until },
    ])
    expect(await shop.joinLinked()).toBe(0)
    expect(await mergeOf(`C-${first!.no}`)).toMatchObject({
      state: 'waiting',
      openCases: [held.no, moved.no],
    })
    // A watch is at work, too.
    await put(held.id, 'watch')
    expect(await shop.joinLinked()).toBe(0)
    await close(held.id)
    const voice = uuidOf('shop', 'a')
    await shop.database.pool.query(`INSERT INTO storm_child VALUES ($1, $2, $3, $4, $5)`, [
      voice,
      moved.id,
      second!.id,
      voice,
      NOON,
    ])
    await shop.database.pool.query(`INSERT INTO voice_label VALUES ($1, $2, 'lin', $3, 'negative')`, [
      voice,
      second!.id,
      NOON,
    ])
    const follow = () =>
      shop.ask('SELECT customer FROM storm_child UNION ALL SELECT customer FROM voice_label')
    expect(await shop.joinLinked()).toBe(1)
    expect(await follow()).toEqual([[first!.id], [first!.id]])
    expect((await shop.store.alerts.current(first!.id))!.no).toBe(moved.no)
    expect((await shop.store.alerts.get(moved.id))!.version).toBe(moved.version + 1)
    // The draw of whose number stays holds; the other one can tell nothing of staying or leaving.
    expect((await shop.store.effect.draws(new Date(0), until)).map(({ customer }) => customer)).toEqual([
      first!.id,
    ])
    await close(moved.id)
    // They were judged by the number that is gone.
    const meanwhile = await open(second!.id, { previous: moved.id })
    const { id } = await mergeOf(`C-${first!.no}`)
    expect(await shop.store.merges.splitting(id)).toMatchObject({
      cases: [moved.no],
      openCaseStays: meanwhile.no,
    })
    await shop.split(id)
    expect(await follow()).toEqual([[second!.id], [second!.id]])
    expect((await shop.store.alerts.ofCustomer(second!.id)).map(({ no }) => no)).toEqual([moved.no])
    expect((await shop.store.alerts.current(first!.id))!.no).toBe(meanwhile.no)
    expect((await shop.store.holdout.drawn(new Date(0), [second!.id])).get(second!.id)!.arm).toBe('contacted')
    expect(await shop.store.effect.draws(new Date(0), until)).toHaveLength(2)
    // What follows a case is of the same customer, and the next one of theirs can follow it.
    expect((await shop.store.alerts.get(meanwhile.id))!.previous).toBeNull()
    const next = await open(second!.id, { previous: moved.id })
    expect(await shop.store.alerts.successor(moved.id)).toMatchObject({ id: next.id, customer: second!.id })
  })

  it('whoever is erased is so with every part, and cannot be split any more', async () => {
    await shop.ingest([
      customerRecord('e', { keys: [crm('e')], name: '丙' }),
      customerRecord('f', { keys: [app('e')], name: '赵丁丁', attributes: { plan: 'a' } }),
      link('e'),
    ])
    expect(await shop.joinLinked()).toBe(1)
    const [customer] = await shop.store.customers.find('赵丁丁', 1)
    const { id } = await mergeOf('赵丁丁')
    expect(JSON.stringify(await shop.store.person.everything(customer!.id))).toContain('丙')
    await shop.store.transaction(({ person }) => person.erase(customer!.id, NOON))
    expect(await shop.store.merges.splitting(id)).toBeNull()
    expect(await shop.ingest([customerRecord('f', { keys: [app('e')], name: '赵丁丁' })])).toMatchObject({
      created: 0,
    })
    expect(JSON.stringify(await shop.whole())).not.toMatch(/赵丁丁|丙/)
  })

  it('who was split from somebody erased, or has their number now, is told of as before', async () => {
    const phone = { kind: 'phone', value: '13700000001' }
    const bob = (name: string, keys = [crm('bob'), phone]) => customerRecord('bob', { keys, name })
    await shop.ingest([customerRecord('ann', { keys: [crm('ann'), phone], name: '安安' }), bob('鲍勃')])
    await shop.joinLinked()
    await shop.split((await mergeOf('鲍勃')).id)
    const [ann] = await shop.store.customers.find('安安', 1)
    await shop.store.transaction(({ person }) => person.erase(ann!.id, NOON))

    expect(await shop.ingest([bob('鲍勃勃')])).toMatchObject({ changed: 1 })
    expect(await shop.store.customers.find('鲍勃勃', 2)).toHaveLength(1)
    // Nobody who is here: whoever comes by it may be the one who was erased, under another number or one that only a visit named.
    await shop.ingest([eventRecord('visit', 'new'), bob('安安', [crm('new'), phone])])
    await shop.ingest([bob('安安', [crm('new'), phone]), bob('安安', [phone, crm('bob')])])
    expect(await shop.store.customers.find('安安', 2)).toEqual([])
    expect((await shop.whole()).keys).not.toContainEqual(expect.arrayContaining([phone.value]))
  })
})
