import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sla } from '../../jobs/sla.ts'
import { DAY, HOUR } from '../../src/clock.ts'
import { presenter } from '../../src/main/present.ts'
import { onePlace } from '../places.ts'
import { type Brand, openBrand } from './brand.ts'

const START = Date.parse('2026-06-01T06:00:00+08:00')

describe.each(onePlace)('deadlines on $name', (place) => {
  let brand: Brand
  beforeAll(async () => {
    brand = await openBrand(place, '2026-06-01T06:00:00+08:00')
    const everyone = [1, 2, 3, 4, 5] as const
    brand.files(
      everyone.map((no) => [no, 'high']),
      [['1', 1, '2026-05-20 10:00']],
      everyone.map((no) => [`v${no}`, no, '2026-05-31 21:14', '我要退款！']),
    )
    await brand.run('pull')
    await brand.run('score')
    // K2 is being worked, K3 was and sleeps past its last clock, K4 sleeps briefly, K5 is done.
    await brand.click('lin', 2, 'contacted')
    await brand.click('lin', 3, 'contacted')
    await brand.click('lin', 3, 'snooze', { for: '10d' })
    await brand.click('lin', 4, 'snooze', { for: '2h' })
    await brand.click('lin', 5, 'dismiss', { reason: '误会' })
  })
  afterAll(() => brand.close())

  const at = (hours: number) => brand.clock.advanceTo(new Date(START + hours * HOUR))
  const overdue = async (no: number) => {
    const actions = await brand.ctx.store.alerts.actions((await brand.newest(no))!.id)
    return actions.filter(({ verb }) => verb === 'overdue').map(({ detail }) => detail.clock)
  }

  it('ring nothing before their time', async () => {
    at(0.99)
    expect(await brand.run('sla')).toEqual({ seen: 0, changed: 0, failed: 0 })
  })

  it('are reminded of once each, at half and at four fifths of their time', async () => {
    const reminded = async (no: number) =>
      (await brand.ctx.store.alerts.actions((await brand.newest(no))!.id)).filter(
        ({ verb }) => verb === 'remind',
      )
    at(1)
    await brand.run('sla')
    await brand.run('sla')
    expect(await reminded(1)).toMatchObject([
      { detail: { clock: 'claim', dueAt: new Date(START + 2 * HOUR).toISOString() } },
    ])
    const { store } = brand.ctx
    const [account, render] = [{ chat: 'slack', workspace: 'T1', user: 'U0LIN' }, presenter(brand.ctx)]
    await store.chatUsers.link(account, 'lin', 'admin', brand.clock.now())
    const first = (await brand.newest(1))!
    const lin = { name: 'Lin Xiaowen', accounts: { slack: 'U0LIN' } }
    expect((await render.line(first.id, (await reminded(1))[0]!.id))!.en.mentions).toEqual([lin])
    // A P0 also names who stands beside them from the first minute.
    expect((await render.card(first.id)).card.en.mentions).toEqual([
      lin,
      { name: 'Gu Mingyuan', accounts: {} },
    ])
    expect((await render.card((await brand.newest(2))!.id)).card.en.mentions).toBeUndefined()
    at(1.7)
    await brand.run('sla')
    expect(await reminded(1)).toHaveLength(2)
    expect([await reminded(2), await reminded(3), await reminded(5)]).toEqual([[], [], []])
    expect(await brand.told(1)).toHaveLength(2)
  })

  it('ring once at their time, in the thread, and not where the clock was met', async () => {
    at(2)
    // K1's claim, K4's waking, and its claim.
    expect(await brand.run('sla')).toMatchObject({ seen: 3, changed: 3 })
    expect(await overdue(1)).toEqual(['claim'])
    expect(await brand.told(1)).toHaveLength(3)
    expect(await overdue(2)).toEqual([])
    expect(await brand.run('sla')).toMatchObject({ seen: 0, changed: 0 })
    at(2.99)
    expect(await brand.run('sla')).toMatchObject({ seen: 0, changed: 0 })
    expect((await brand.newest(1))!.due).toMatchObject([
      { clock: 'claim', missed: true },
      { missed: false },
      { missed: false },
    ])
  })

  it('wake a snoozed case, which says that it is back before it says that it is late', async () => {
    const woken = await brand.newest(4)
    expect(woken).toMatchObject({ state: 'open', snoozedUntil: null })
    const verbs = (await brand.ctx.store.alerts.actions(woken!.id)).map(({ verb }) => verb)
    expect(verbs).toEqual(['open', 'snooze', 'wake', 'overdue'])
    expect(await brand.newest(3)).toMatchObject({ state: 'snoozed' })
    expect(await overdue(3)).toEqual([])
  })

  it('ring once even when two programs look at the same moment', async () => {
    at(24)
    const signal = new AbortController().signal
    const runs = await Promise.all([sla.run(brand.ctx, signal), sla.run(brand.ctx, signal)])
    // Two claims missed for so long that they go one level higher, and two deadlines to reach the customer.
    expect(runs[0].changed + runs[1].changed).toBe(4)
    expect([await overdue(1), await overdue(4)]).toEqual([
      ['claim', 'reach'],
      ['claim', 'reach'],
    ])
  })

  it('ring once each after days of downtime, in the order they were due', async () => {
    brand.clock.advanceTo(new Date(START + 21 * DAY))
    const report = await brand.run('sla')
    expect(report.seen).toBeGreaterThanOrEqual(report.changed)
    expect(await overdue(1)).toEqual(['claim', 'reach', 'outcome'])
    expect(await overdue(2)).toEqual(['outcome'])
    expect(await overdue(3)).toEqual(['outcome'])
    expect(await overdue(5)).toEqual([])
    const third = (await brand.ctx.store.alerts.actions((await brand.newest(3))!.id)).map(
      ({ verb, at: when }) => [verb, when.getTime()],
    )
    expect(third.map(([verb]) => verb)).toEqual(['open', 'contacted', 'snooze', 'wake', 'overdue'])
    // What has been late for so long goes one level higher at the next look, and then there is nothing left to say.
    expect(await brand.run('sla')).toMatchObject({ changed: 4 })
    expect(await brand.run('sla')).toMatchObject({ changed: 0 })
    expect(await brand.told(3)).toHaveLength(5)
  })

  it('told to stop leave the rest for the next look', async () => {
    expect(await sla.run(brand.ctx, AbortSignal.abort())).toMatchObject({ changed: 0 })
  })
})
