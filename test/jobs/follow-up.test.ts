import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DAY } from '../../src/clock.ts'
import { onePlace } from '../places.ts'
import { type Brand, openBrand, type VisitRow, type VoiceRow, visitsFile, voicesFile } from './brand.ts'

const START = Date.parse('2026-06-01T06:00:00+08:00')
const local = (days: number): string =>
  new Date(START + days * DAY + 12 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')

/** Visits every so many days, the last one so many days before the start. */
function rhythm(customer: number, every: number, last: number, times: number): VisitRow[] {
  return Array.from({ length: times }, (_, index) => [
    `${customer}-${index}`,
    customer,
    local(-last - every * (times - 1 - index)),
  ])
}

// K1 came every week and stopped; K2 comes quarterly; K3 and K4 monthly; all wrote the same angry line.
const EVERYONE = [1, 2, 3, 4] as const
const VISITS = [
  ...rhythm(1, 7, 100, 30),
  ...rhythm(2, 90, 40, 5),
  ...rhythm(3, 30, 25, 8),
  ...rhythm(4, 30, 25, 8),
]
const VOICES: VoiceRow[] = EVERYONE.map((no) => [`v${no}`, no, '2026-05-31 21:14', '我要退款！'])

describe.each(onePlace)('the retained watch on $name', (place) => {
  let brand: Brand
  beforeAll(async () => {
    brand = await openBrand(place, '2026-06-01T06:00:00+08:00')
    brand.files(
      EVERYONE.map((no) => [no, 'high']),
      VISITS,
      VOICES,
    )
    await brand.run('pull')
    await brand.run('score')
    for (const no of EVERYONE) await brand.click('lin', no, 'retained', { note: `跟 ${no} 谈好了` })
  })
  afterAll(() => brand.close())

  const morning = async (day: number) => {
    brand.clock.advanceTo(new Date(START + day * DAY))
    await brand.run('pull')
    await brand.run('score')
    return brand.run('follow-up')
  }
  const states = async () => Promise.all(EVERYONE.map(async (no) => (await brand.newest(no))!.state))

  it('begins for all four and changes nothing the next morning', async () => {
    expect(await states()).toEqual(['watch', 'watch', 'watch', 'watch'])
    expect(await morning(1)).toMatchObject({ seen: 4, changed: 0, more: { relapsed: 0, confirmed: 0 } })
  })

  it('is a relapse for who writes again, linked to the case before, with its notes', async () => {
    brand.write('voices.ndjson', voicesFile([...VOICES, ['v9', 3, local(5), '没人管，我要退款。']]))
    const before = await brand.newest(3)
    expect(await morning(6)).toMatchObject({ seen: 4, changed: 1, more: { relapsed: 1 } })
    const after = await brand.newest(3)
    expect(after).toMatchObject({
      state: 'open',
      trigger: 'relapse',
      previous: before!.id,
      tier: 'P0',
      owner: null,
    })
    expect(await brand.ctx.store.alerts.get(before!.id)).toMatchObject({ state: 'relapsed' })
    const cards = await brand.channel('alerts')
    expect(cards).toHaveLength(5)
    expect(JSON.stringify(cards.at(-1)!.card!.zh)).toContain('跟 3 谈好了')
    expect(await morning(7)).toMatchObject({ seen: 3, changed: 0 })
    expect(await states()).toEqual(['watch', 'watch', 'open', 'watch'])
  })

  it('is a relapse at the midpoint for a weekly customer who did not come, not for a quarterly one', async () => {
    brand.write('visits.csv', visitsFile([...VISITS, ['back', 4, local(10)]]))
    expect(await morning(14)).toMatchObject({ changed: 0 })
    expect(await morning(15)).toMatchObject({ changed: 1, more: { relapsed: 1 } })
    expect(await brand.newest(1)).toMatchObject({ state: 'open', trigger: 'relapse' })
    const old = (await brand.ctx.store.alerts.get((await brand.newest(1))!.previous!))!
    const actions = await brand.ctx.store.alerts.actions(old.id)
    expect(actions.at(-1)).toMatchObject({ verb: 'relapse', note: 'no-recovery', by: 'foreshock' })
    // Nothing has come back: the customer has not.
    expect(JSON.stringify((await brand.channel('alerts')).at(-1)!.card!.en)).toMatch(
      /but by their usual rhythm/,
    )
    expect(await states()).toEqual(['open', 'watch', 'open', 'watch'])
  })

  it('does not take who cancels for retained, though nobody who has left is at risk', async () => {
    await brand.sql(`INSERT INTO event (id, source, source_id, customer, kind, at)
      VALUES (gen_random_uuid(), 'crm', 'gone', '${await brand.id(2)}', 'cancelled', '${local(27)}+08:00')`)
    expect(await morning(28)).toMatchObject({ changed: 1, more: { relapsed: 1 } })
    const { state, trigger, previous, assessment } = (await brand.newest(2))!
    expect({ state, trigger }).toEqual({ state: 'open', trigger: 'relapse' })
    expect(assessment).toMatchObject({ tier: 'routine', reason: 'already-gone' })
    expect((await brand.ctx.store.alerts.actions(previous!)).at(-1)).toMatchObject({ note: 'left' })
    const { card } = (await brand.channel('alerts')).at(-1)!
    expect(JSON.stringify(card!.en)).toMatch(/The customer has left.*Ask why they left/)
  })

  it('confirms on the last day who gave no new sign, and thanks the owner', async () => {
    expect(await morning(29)).toMatchObject({ changed: 0 })
    expect(await morning(30)).toMatchObject({ seen: 1, changed: 1, more: { confirmed: 1, relapsed: 0 } })
    expect(await states()).toEqual(['open', 'open', 'open', 'retained'])
    expect(await brand.told(4)).toEqual(expect.arrayContaining([expect.stringContaining('Lin Xiaowen')]))
    expect(await morning(31)).toMatchObject({ seen: 0, changed: 0 })
  })
})

it('asks another where whoever kept the customer has left the team, and says so', async () => {
  const brand = await openBrand(onePlace[0]!, '2026-06-01T06:00:00+08:00')
  try {
    const customers = [1, 2, 3] as const
    const angry = (id: number, at: string): VoiceRow[] =>
      customers.map((no) => [`v${id}${no}`, no, at, '没人管，我要退款。'])
    brand.files(
      customers.map((no) => [no, 'high']),
      customers.flatMap((no) => rhythm(no, 30, 25, 8)),
      angry(1, '2026-05-31 21:14'),
    )
    await brand.run('pull')
    await brand.run('score')
    for (const no of customers) await brand.click('zhou', no, 'retained', { note: '谈好了' })
    // Mo kept 2 and 3 and is in no configuration any more; 3 was also Mo's in the CRM.
    await brand.sql(
      `UPDATE alert SET owner = 'mo' WHERE customer IN ('${await brand.id(2)}', '${await brand.id(3)}')`,
    )
    await brand.sql(`UPDATE customer SET owner = 'mo' WHERE id = '${await brand.id(3)}'`)
    brand.clock.advanceTo(new Date(START + 6 * DAY))
    brand.write('voices.ndjson', voicesFile([...angry(1, '2026-05-31 21:14'), ...angry(2, local(5))]))
    await brand.run('pull')
    expect(await brand.run('follow-up')).toMatchObject({ more: { relapsed: 3 } })
    const asked = await Promise.all(customers.map(async (no) => (await brand.newest(no))!.assignee))
    // Who kept them; else their CSM; else whoever was asked least today.
    expect(asked.slice(0, 2)).toEqual(['zhou', 'lin'])
    expect(['lin', 'zhou']).toContain(asked[2])
    const cards = (await brand.channel('alerts')).slice(-3).map(({ card }) => JSON.stringify(card))
    const passedOn = cards.filter((card) => card.includes('mo no longer takes cases'))
    expect(passedOn).toHaveLength(2)
    expect(passedOn.some((card) => card.includes('mo 已不再跟进客户，这次请林晓雯跟进。'))).toBe(true)
  } finally {
    await brand.close()
  }
})

it('words said before the mark that came in only after it are a relapse, as soon as they are in', async () => {
  const brand = await openBrand(onePlace[0]!, '2026-06-01T06:00:00+08:00')
  try {
    brand.files([[3, 'high']], rhythm(3, 30, 25, 8), [['v3', 3, '2026-05-31 21:14', '我要退款！']])
    await brand.run('pull')
    await brand.run('score')
    brand.clock.advance(60_000)
    await brand.click('lin', 3, 'retained', { note: '谈好了' })
    const watched = (await brand.newest(3))!
    brand.clock.advance(60_000)
    const { changed } = (await brand.run('follow-up'))!
    expect(changed).toBe(0)
    brand.write(
      'voices.ndjson',
      voicesFile([
        ['v3', 3, '2026-05-31 21:14', '我要退款！'],
        ['v4', 3, '2026-06-01 05:58', '还是没人管，马上给我退款。'],
      ]),
    )
    await brand.run('pull')
    expect(await brand.run('follow-up')).toMatchObject({ more: { relapsed: 1 } })
    expect(await brand.newest(3)).toMatchObject({ state: 'open', previous: watched.id, tier: 'P0' })
  } finally {
    await brand.close()
  }
})
