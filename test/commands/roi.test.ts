import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DAY } from '../../src/clock.ts'
import { onePlace } from '../places.ts'
import { type Company, cellsOf, english, openCompany } from './company.ts'

describe.each(onePlace)('roi and a holdout on $name', (place) => {
  let company: Company
  beforeAll(async () => {
    company = await openCompany(place, false, true)
    await company.ctx.store.settings.set('capacity.daily', 50, 'ye', company.clock.now())
  })
  afterAll(() => company.close())
  const say = async (line: string, person = 'shen') => english(await company.say(person, line))

  it('is for managers, and before the first case says so', async () => {
    expect(await say('roi', 'lin')).toContain('roi is for managers')
    expect(await say('roi')).toContain('No case yet')
  })

  it.each([
    ['roi nonsense', 'roi does not know "nonsense"', 'roi [last 90d'],
    ['roi 2026-13', 'There is no such time as "2026-13"', 'Write one of'],
    ['roi pilot 华中', 'There is no region or store called "华中"', 'Did you mean 华'],
  ])('%s is refused', async (line, what, hint) => {
    const said = await say(line)
    expect(said).toContain(what)
    expect(said).toContain(hint)
  })

  it('a share of those to be warned of is held out: no card, and nobody but managers is told', async () => {
    await say('config set holdout.share 0.2', 'ye')
    expect(await say('config set holdout.share 0.3', 'ye')).toContain('from 0 to 0.2')
    const report = await company.run('score')
    const held = [...(await company.ctx.store.holdout.drawn(new Date(0))).values()].filter(
      ({ arm }) => arm === 'held',
    )
    expect(report.more).toMatchObject({ held: held.length })
    expect(held.length).toBeGreaterThan(0)
    // Odd customers are of high value and say that they go: never one of them.
    for (const { tier } of held) expect(tier).toBe('P1')
    const posted = JSON.stringify(await company.channel('alerts'))
    const customers = await company.ctx.store.customers.many(held.map(({ customer }) => customer))
    for (const { id, no } of customers.values()) {
      expect(posted).not.toContain(`C-${no}"`)
      expect(await company.ctx.store.alerts.current(id)).toBeNull()
      expect(await say(`show C-${no}`)).toContain('Held out until')
      expect(await say(`show C-${no}`, 'lin')).not.toContain('Held out')
    }
    const owners = (person: string) =>
      company.say(person, 'top 30').then(({ en }) => cellsOf(en).map((row) => row[5]))
    const shown = [...(await owners('shen'))].filter((cell) => cell === 'Held out')
    expect(shown.length).toBeGreaterThan(0)
    expect(await owners('lin')).not.toContain('Held out')
    expect(await say('audit page 2', 'ye')).toContain('held out, not to be contacted')
  })

  it('holds by day as by night, until the customer is far more urgent', async () => {
    const [first] = [...(await company.ctx.store.holdout.drawn(new Date(0))).values()].filter(
      ({ arm }) => arm === 'held',
    )
    const { no } = (await company.ctx.store.customers.many([first!.customer])).get(first!.customer)!
    const said = await say(`heard C-${no} 我要退款`, 'lin')
    expect(said).toContain('no case for now')
    await company.clock.advance(DAY)
    expect((await company.run('score')).more).not.toHaveProperty('held')
    expect(await company.ctx.store.alerts.current(first!.customer)).toBeNull()
    // Whoever is of high value and says that they go is called at once, held or not.
    await company.sql(
      `UPDATE customer SET value_tier = 'high', xid = (pg_current_xact_id()::text)::bigint WHERE no = ${no}`,
    )
    await company.sql(`INSERT INTO customer_touched (customer) VALUES ('${first!.customer}')`)
    await company.run('score')
    expect((await company.ctx.store.alerts.current(first!.customer))?.tier).toBe('P0')
  })

  it('tells what can be told so far, and how much is missing for the rest', async () => {
    for (const customer of [1, 3, 5, 7, 9, 11, 13, 15, 17, 19])
      await company.pressed('lin', customer, 'claim')
    const said = await say('roi')
    expect(said).toContain('too few yet (0 of 10)')
    expect(said).toContain('not enough data yet (0 kept, 10 needed)')
    expect(said).toContain('Holdout: left within 60 days, uncontacted too few yet (0 of 30)')
    expect(said).toContain('76%')
    expect(await say('roi last 30d')).toContain('3 May to today')
    const long = await say('roi last 90d')
    expect(long).toMatch(/The first case dates from yesterday: of the 90 days asked for, \d is known\./)
    expect(long).toContain('too short a time: it takes 30 days of work')
    expect(await say('roi 2025')).toContain('after this time: nothing is known of it.')
    expect(await say('roi team')).toContain('Lin Xiaowen')
    expect(await say('roi 团队 page 9')).toContain('Effect, by CSM')
  })

  it('gives value kept and return once enough watches have ended, and the week says so too', async () => {
    expect(await say('digest week')).not.toContain('Value kept so far')
    await company.sql(`UPDATE alert SET state = 'retained', watch_from = opened_at, closed_at = opened_at
      WHERE tier = 'P0' AND state = 'claimed'`)
    expect(await say('roi')).toContain('no costs entered yet')
    await say('config set roi.one-off 1000', 'ye')
    await say('config set roi.monthly 300', 'ye')
    const said = await say('roi')
    expect(said).toContain('Value kept (confirmed cases)","value":"CN¥100,000 (')
    expect(said).toContain('one-off CN¥1,000')
    expect(await say('digest week')).toContain('Value kept so far')
    company.clock.advance(60 * DAY)
    expect((await company.say('shen', 'roi')).en.blocks.length).toBeLessThanOrEqual(12)
  })

  it('roi pilot names its places and says what is missing', async () => {
    const said = await say('roi pilot 华东, 徐汇店')
    expect(said).toContain('0 of 3 passed')
    expect(said).toContain('华东, 徐汇店')
  })

  it('reviews look back on demand, and are posted once for each quarter and half-year', async () => {
    const posted = async (title: string) =>
      (await company.channel('alerts')).filter(({ card }) => card?.en.title === title).length
    expect(await say('review', 'lin')).toContain('review is for managers')
    expect(await say('review churn 2026-Q9')).toMatch(/no such time as "2026-Q9"[\s\S]*2026-Q1 to 2026-Q4/)
    expect(await say('review nonsense')).toContain('review does not know "nonsense"')
    const playbooks = await say('review playbooks 2026-Q2')
    expect(playbooks).toContain('cases, ')
    expect(playbooks).toContain('["P0","')
    // Down on the first day of the quarter, it comes on a later one; done over after a crash, it comes no second time.
    company.clock.advance(+new Date('2026-10-04T01:00:00Z') - +company.clock.now())
    for (let run = 0; run < 2; run += 1) await company.run('review')
    expect([await posted('Playbook review'), await posted('Churn and return review')]).toEqual([1, 0])
    company.clock.advance(100 * DAY)
    for (let run = 0; run < 2; run += 1) await company.run('review')
    expect(await posted('Churn and return review')).toBe(1)
    const churn = await say('review 流失')
    expect(churn).toContain('Customers kept, confirmed')
    expect(churn).toContain('Since going live')
  })
})
