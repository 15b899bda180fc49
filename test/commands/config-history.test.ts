import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { onePlace } from '../places.ts'
import { type Company, cellsOf, english, openCompany } from './company.ts'

describe.each(onePlace)('config history on $name', (place) => {
  let company: Company
  beforeAll(async () => {
    company = await openCompany(place, false)
  })
  afterAll(() => company.close())

  const say = async (line: string, person = 'ye') => english(await company.say(person, line))
  const rows = async (line: string) => cellsOf((await company.say('ye', line)).en)

  it('of nothing says so', async () => {
    expect(await say('config history')).toMatch(/Changes of settings[\s\S]*Never changed/)
    expect(await say('config history watch.days')).toMatch(/Changes of watch.days[\s\S]*Never changed/)
  })

  it('tells who changed what, from what to what, the newest first', async () => {
    await say('config set sla.p0.claim 4')
    company.clock.advance(60_000)
    await say('config set value.top-share 0.2')
    company.clock.advance(60_000)
    await say('config undo sla.p0.claim')
    await say('lexicon add strong 去鲸鱼汽车')
    await say('lexicon remove 黑店')
    expect(await rows('config history')).toEqual([
      ['Today 06:02', 'lexicon', '−黑店', 'Ye Qing'],
      ['Today 06:02', 'lexicon', '+去鲸鱼汽车', 'Ye Qing'],
      ['Today 06:02', 'sla.p0.claim', '4 hours → default', 'Ye Qing'],
      ['Today 06:01', 'value.top-share', 'default → 0.2', 'Ye Qing'],
      ['Today 06:00', 'sla.p0.claim', 'default → 4 hours', 'Ye Qing'],
    ])
    expect(await rows('config history SLA.P0.claim')).toHaveLength(2)
    expect(JSON.stringify((await company.say('ye', 'config history')).zh)).toContain('4 小时 → 默认值')
    await say('lexicon add negative 黑店')
    expect((await rows('config history lexicon'))[0]![2]).toBe('+黑店')
  })

  it('pages, and a page too far is the last', async () => {
    for (let hours = 10; hours < 30; hours += 1) await say(`config set sla.p1.claim ${hours}`)
    expect(await rows('config history')).toHaveLength(20)
    expect(await rows('config history page 99')).toHaveLength(6)
    const card = (await company.say('ye', 'config history sla.p1.claim')).en
    expect(card.subtitle).toBe('20 in all')
    expect((await company.say('ye', 'config history')).en.buttons.map(({ args }) => args)).toEqual([
      'history page 2',
    ])
  })

  it('of a setting there is not suggests the one that was meant', async () => {
    expect(await say('config history sla.p0.clam')).toMatch(
      /There is no setting "sla.p0.clam"[\s\S]*Did you mean sla.p0.claim/,
    )
    expect(await say('config history zzz')).toContain('Type config to see every setting.')
    expect(await say('config history', 'shen')).toContain('config is for admins')
  })

  it('names the tiers of channels in words', async () => {
    await say('route set alerts P0 P1')
    await say('route set alerts none')
    await say('route reset alerts')
    expect((await rows('config history')).slice(0, 3).map(([, name, move]) => [name, move])).toEqual([
      ['routes', 'alerts: — → —'],
      ['routes', 'alerts: P0 P1 → alerts: —'],
      ['routes', '— → alerts: P0 P1'],
    ])
  })

  it('tells lists of the day and themes in words', async () => {
    await company.say('lin', 'digest off')
    await company.say('lin', 'digest on')
    await say('theme add waiting 售后部 lin 2027-01-15')
    await say('theme done T-1 多开一个工位')
    expect((await rows('config history')).slice(0, 4).map(([, name, move]) => [name, move])).toEqual([
      ['theme T-1', 'mended: 多开一个工位'],
      ['theme T-1', 'service.waiting goes to 售后部 lin, due 2027-01-15'],
      ['morning.off', 'their list of the day comes'],
      ['morning.off', 'their list of the day no longer comes'],
    ])
  })

  it('is offered by completion', async () => {
    const hints = await company.desk.complete('ye', 'config h')
    expect(hints.map(({ line }) => line)).toEqual(['config history '])
    expect((await company.desk.complete('ye', 'lexicon ')).length).toBeGreaterThan(4)
    expect((await company.desk.complete('shen', 'stats r')).map(({ line }) => line)).toEqual([
      'stats region ',
    ])
    expect((await company.desk.complete('lin', 'sla P')).map(({ label }) => label.en)).toEqual([
      'P0',
      'P1',
      'P2',
    ])
  })
})
