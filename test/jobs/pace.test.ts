import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HOUR } from '../../src/clock.ts'
import { presenter } from '../../src/main/present.ts'
import { onePlace } from '../places.ts'
import { type Brand, openBrand } from './brand.ts'

const START = Date.parse('2026-06-01T06:00:00+08:00')

describe.each(onePlace)('keeping cases moving on $name', (place) => {
  let brand: Brand
  beforeAll(async () => {
    brand = await openBrand(place, '2026-06-01T06:00:00+08:00')
    const everyone = [1, 2, 3] as const
    brand.files(
      everyone.map((no) => [no, 'high']),
      [['1', 1, '2026-05-20 10:00']],
      everyone.map((no) => [`v${no}`, no, '2026-05-31 21:14', '我要退款！']),
    )
    await brand.run('pull')
    await brand.run('score')
    await brand.click('lin', 2, 'claim')
    await brand.click('lin', 3, 'claim')
    await brand.click('lin', 3, 'reassign', { to: 'zhou', note: '你更熟' })
  })
  afterAll(() => brand.close())

  const look = async (hours: number) => {
    brand.clock.advanceTo(new Date(START + hours * HOUR))
    await brand.run('sla')
    await brand.run('sla')
  }
  const done = async (no: number, verb: string) => {
    const actions = await brand.ctx.store.alerts.actions((await brand.newest(no))!.id)
    return actions.filter((each) => each.verb === verb)
  }

  it('asks each case’s CSM, and hands one over with its history', async () => {
    expect(await brand.newest(1)).toMatchObject({ assignee: 'lin', owner: null })
    expect(await brand.newest(3)).toMatchObject({ state: 'claimed', owner: 'zhou' })
    expect(await done(3, 'reassign')).toMatchObject([
      { by: 'lin', note: '你更熟', detail: { to: 'zhou', held: 'lin' } },
    ])
  })

  it('tells the lead of a missed claim, and the one above when it stays missed, once each', async () => {
    await look(2)
    expect(await done(1, 'overdue')).toMatchObject([{ detail: { clock: 'claim', to: 'shen' } }])
    expect(await brand.newest(1)).toMatchObject({ escalated: 1 })
    await look(2.9)
    expect(await done(1, 'escalate')).toEqual([])
    await look(3)
    await look(3.5)
    expect(await done(1, 'escalate')).toMatchObject([{ detail: { clock: 'claim', to: 'gu' } }])
    expect(await brand.newest(1)).toMatchObject({ escalated: 2 })
    expect(await brand.told(1)).toEqual(
      expect.arrayContaining(['Escalated to Gu Mingyuan: nobody has claimed it.']),
    )
    expect(await done(2, 'overdue')).toEqual([])
  })

  it('asks who claimed and did nothing, and gives the case back to the team', async () => {
    await look(8)
    expect(await done(2, 'ask')).toMatchObject([{ detail: { to: 'lin' } }])
    expect(await done(3, 'ask')).toMatchObject([{ detail: { to: 'zhou' } }])
    // Progress ends the question.
    await brand.click('zhou', 3, 'contacted')
    await look(16)
    expect(await done(2, 'release')).toMatchObject([{ detail: { held: 'lin' } }])
    expect(await brand.newest(2)).toMatchObject({ state: 'open', owner: null, claimedAt: null })
    expect(await brand.newest(3)).toMatchObject({ state: 'contacted', owner: 'zhou' })
    // It is claimed anew within a fresh time.
    await look(17.2)
    await look(18)
    expect(await done(2, 'overdue')).toMatchObject([{ detail: { clock: 'claim', to: 'shen' } }])
    const reminded = (await done(2, 'remind')).find(({ detail }) => detail.clock === 'claim')
    const told = async () => presenter(brand.ctx).line(reminded!.alert, reminded!.id)
    expect(await told()).not.toBeNull()
    await brand.click('zhou', 2, 'claim')
    // What goes out late does not remind of what was done meanwhile.
    expect(await told()).toBeNull()
    expect(await brand.newest(2)).toMatchObject({ state: 'claimed', owner: 'zhou' })
  })

  it('counts working hours only where the team asked for it', async () => {
    await brand.say('ye', 'config set sla.p0.hours business')
    const rules = await brand.ctx.caseRules()
    expect(rules.atWorkOnly).toEqual(new Set(['P0']))
    expect(rules.working.timeZone).toBe('Asia/Shanghai')
  })

  it('seals what was done, and notices what was altered since', async () => {
    const { audit } = brand.ctx.store
    const before = await audit.verify()
    expect(before.fault).toBeNull()
    expect(before.entries).toBeGreaterThan(10)
    await audit.seal(brand.clock.now())
    const { entries } = await audit.verify()
    expect(entries).toBeGreaterThan(before.entries)
    expect(await audit.seal(brand.clock.now())).toBe(0)
  })
})
