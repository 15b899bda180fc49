import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DAY } from '../../src/clock.ts'
import { TIERS } from '../../src/risk/assessment.ts'
import { onePlace } from '../places.ts'
import { batchOf, customerRecord } from '../store/samples.ts'
import { type Company, cellsOf, english, openCompany } from './company.ts'

describe.each(onePlace)('the ranking on $name', (place) => {
  let company: Company
  beforeAll(async () => {
    company = await openCompany(place)
  })
  afterAll(() => company.close())

  const say = async (line: string) => english(await company.say('shen', line))
  const rows = async (line: string) => cellsOf((await company.say('shen', line)).en)

  it('says nothing of movement after the first night, nor after a second scoring of the same night', async () => {
    expect((await rows('top 2')).map(([rank]) => rank)).toEqual(['1', '2'])
    company.clock.advance(60_000)
    await company.run('score')
    expect((await rows('top 2')).map(([rank]) => rank)).toEqual(['1', '2'])
  })

  it('lets a manager ask whoever has a case, in its thread, once a day', async () => {
    const [{ no }, { en }] = [await company.caseOf(1), await company.say('shen', 'top 2')]
    expect(en.buttons.map(({ command }) => command)).toEqual([])
    await company.say('lin', `claim A-${no}`)
    expect((await company.say('shen', 'top 20')).en.buttons[0]).toMatchObject({ command: 'ask' })
    expect(await say(`ask A-${no}`)).toContain(`Lin Xiaowen is asked in the thread of A-${no}`)
    await say(`ask A-${no}`)
    const lines = (await company.thread(await company.cardOf(1))).map(({ card }) => card!.en)
    expect(lines.filter(({ title }) => title.includes(' asks '))).toMatchObject([
      { title: 'Shen Liqun asks Lin Xiaowen: how does this one stand?', mentions: [{ name: 'Lin Xiaowen' }] },
    ])
    expect(english(await company.say('lin', `ask A-${no}`))).toContain('ask is for managers')
  })

  it('marks who rose, who fell and who is new since the night before, on the list that was asked for', async () => {
    company.clock.advance(DAY)
    // K26 speaks up for the first time, and is worth more than anyone but K27 and up.
    const [quiet] = await company.ctx.store.customers.find('K26', 1)
    company.write(
      'voices.ndjson',
      `${JSON.stringify({ id: 'late', customer: 'K26', at: '2026-06-02 05:00', channel: 'chat', text: '我要退款，马上取消！' })}\n`,
    )
    await company.run('pull')
    await company.run('score')
    const [first, second] = await rows('top 20 P1')
    expect(first![0]).toBe('1 new')
    expect(first![2]).toContain(`C-${quiet!.no}`)
    expect(second![0]).toBe('2 ▼1')
    expect(await say('top 20 P1')).toContain('1 new since last night')
    expect((await company.say('shen', 'top 20 P1')).zh.subtitle).toContain('新上榜 1 位')
  })

  it('can be had whole, as a table', async () => {
    const { table } = (await company.say('shen', 'top 2 P1')).en
    const { csv } = await company.desk.table('vera', table!)
    const lines = csv.trimEnd().split('\r\n')
    expect(lines.length - 1).toBeGreaterThan(2)
    expect(lines[1]).toMatch(/^1,P1,C-\d+,客户26,徐汇店,华北,周启航,26000\.00,[^,]+,,,$/)
    await expect(company.desk.table('shen', 'top by store')).rejects.toThrow('no table of "top by store"')
  })

  it('takes several filters at once, in any order', async () => {
    const places = async (line: string) => (await rows(line)).map((row) => row[2])
    const among = async (tier: string, no: number) =>
      (await places(`top 200 ${tier}`)).filter(
        (customer) => Number(/客户(\d+)/.exec(customer!)?.[1]) % 3 === no,
      )
    const wanted = await among('P0', 2)
    expect(wanted.length).toBeGreaterThan(2)
    for (const line of [
      'top p0 徐汇店',
      'top 徐汇店 P0',
      'top Ｐ０ 徐汇',
      'top p0徐汇店',
      'top 徐汇店p0',
      'top 即将流失 徐汇店',
    ])
      expect(await places(`${line} 200`), line).toEqual(wanted)
    expect(await places('top 200 About to leave 徐汇店 华东 林晓雯')).toEqual(wanted)
    expect(await places('top 200 lin 徐汇店')).toEqual(wanted)
    expect(await places('top 200 P0 P1')).toEqual(await places('top 200'))
    const counted = (await rows('top p0 by store')).map((row) => row.slice(2, 5))
    expect(counted).toEqual([1, 2, 3].map(() => ['0', '0', '0']))
  })

  it('says which filter means nothing, and that nobody fits all of them', async () => {
    expect(await say('top p0 徐汇点')).toContain('owner "徐汇点"')
    expect(await say('top p0 徐汇点')).toContain('Did you mean 徐汇店?')
    expect(await say('top zhou 华东')).toContain('Nobody at risk fits all of "zhou 华东"')
  })

  it('marks those whose card was put off', async () => {
    const [run] = await company.ctx.store.assessments.runs(1)
    const [found] = await company.ctx.store.customers.find('K30', 1)
    const at = run!.customers.indexOf(found!.no)
    const tiers = run!.tiers.with(at, TIERS.indexOf('P2'))
    await company.ctx.store.assessments.addRun({ ...run!, tiers, deferred: [found!.no] })
    await company.ctx.store.assessments.add([
      {
        ...(await company.ctx.store.assessments.latest(
          (
            await company.ctx.store.customers.find('K25', 1)
          )[0]!.id,
        ))!,
        customer: found!.id,
        tier: 'P2',
        readings: [],
      },
    ])
    const [row] = await rows('top 20 P2')
    expect(row!.slice(4)).toEqual([expect.any(String), 'Deferred', '—'])
  })

  it('whoever was merged since keeps the most urgent place, under the number that stays', async () => {
    const { store } = company.ctx
    const [stays] = await store.customers.find('K27', 1)
    const keys = [
      { kind: 'crm', value: 'K27' },
      { kind: 'phone', value: '13800000030' },
    ]
    await store.sources.store('crm', batchOf([customerRecord('both', { keys })]), company.clock.now())
    await store.transaction(({ merges }) => merges.joinLinked(company.clock.now()))
    expect((await rows('top 20 P2')).map((row) => row[2])).toEqual([
      expect.stringContaining(`C-${stays!.no}`),
    ])
  })

  it('says how long a case has waited for someone', async () => {
    expect((await rows('top 1'))[0]![5]).toMatch(/^Unclaimed for 1 day/)
  })

  describe('in groups', () => {
    it('counts by tier, adds up what is at stake and names the worst', async () => {
      const stores = await rows('top by store')
      expect(stores.map(([name]) => name).sort()).toEqual(['徐汇店', '浦东店', '虹桥店'].sort())
      const [hongqiao] = stores.filter(([name]) => name === '虹桥店')
      // K3, K6, ... K24: odd ones are P0, even ones P1.
      expect(hongqiao!.slice(1, 3)).toEqual(['4', '4'])
      expect(hongqiao![6]).toContain('客户21')
    })
    it.each([
      ['top by region', 2],
      ['top by owner', 2],
      ['top 1 by owner', 1],
      ['top by product', 1],
      ['top 按门店', 3],
      ['top by 负责人', 2],
      ['top by store lin', 3],
    ])('%s gives %d', async (line, groups) => {
      expect(await rows(line)).toHaveLength(groups)
      const all = (await rows(line.replace(' 1', ''))).length
      expect((await company.say('shen', line)).en.subtitle).toContain(
        `${all} ${all === 1 ? 'group' : 'groups'} in all`,
      )
    })
    it('by segment uses the classes that the profile sorts customers into', async () => {
      const segments = await rows('top by segment')
      expect(segments.length).toBeGreaterThan(0)
      const [name] = segments[0]!
      if (name !== 'Not known') expect((await rows(`top 200 ${name}`)).length).toBeGreaterThan(0)
    })
    it.each([
      ['top by', 'Group by what?', 'Group by segment, store'],
      ['top by stroe', 'cannot be grouped by "stroe"', 'Did you mean by store?'],
      ['top by zzzzzz', 'cannot be grouped by "zzzzzz"', 'Group by segment, store'],
    ])('%s is refused', async (line, what, hint) => {
      const said = await say(line)
      expect(said).toContain(what)
      expect(said).toContain(hint)
    })
  })
})
