import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DAY } from '../../src/clock.ts'
import { onePlace } from '../places.ts'
import { openTestProgram, type TestProgram } from '../program.ts'
import { cellsOf, english, NOW, wordsOf } from './company.ts'

const CONFIG = `
company: { name: { zh: 远山汽车, en: Yuanshan Motors }, timeZone: Asia/Shanghai, currency: CNY }
profile: auto
people:
  - { id: lin, name: { zh: 林晓雯, en: Lin Xiaowen }, role: csm, lead: shen }
  - { id: shen, name: { zh: 沈立群, en: Shen Liqun }, role: manager }
  - { id: ye, name: { zh: 叶青, en: Ye Qing }, role: admin }
  - { id: vera, name: { zh: 韦薇, en: Vera }, role: viewer }
channels:
  - { id: alerts, title: { zh: 客户预警, en: Alerts }, tiers: [P0, P1, P2] }
  - { id: keepers, title: { zh: 通知, en: Notices }, tiers: [], notices: true }
sources:
  - name: crm
    type: file
    path: ./customers.csv
    record: customer
    fields: { id: id, keys: { crm: id }, name: name, ltv: ltv, owner: owner, site: site, contactConsent: consent }
  - name: workshop
    type: file
    path: ./visits.csv
    record: event
    fields: { id: no, customer: { crm: customer }, at: at, kind: { value: visit }, amount: paid }
  - name: survey
    type: file
    path: ./voices.ndjson
    record: feedback
    fields: { id: id, customer: { crm: customer }, at: at, channel: { value: survey }, text: text, nps: nps }
`
const COUNT = 24

const customers = Array.from({ length: COUNT }, (_, index) => {
  const [no, site] = [index + 1, index % 2 === 0 ? '虹桥店' : '浦东店']
  return `K${no},王芳${no},${no * 1_000},lin,${site},${index % 3 === 0 ? 'yes' : 'no'}`
})
const visits = Array.from({ length: COUNT }, (_, index) => `${index},K${index + 1},2026-05-20 10:00,500`)
/** In May one store keeps people waiting; in March nobody complained. */
const voices = Array.from({ length: COUNT }, (_, index) => {
  const waits = index % 2 === 0
  const text = waits ? `等太久了，等了三个小时，打 1391234567${index % 10} 没人理` : '价格很实惠'
  const [customer, nps] = [`K${index + 1}`, waits ? 2 : 10]
  return [
    { id: `a${index}`, customer, at: '2026-05-20 10:00', text, nps },
    { id: `b${index}`, customer, at: '2026-03-10 10:00', text: '价格很实惠，服务也很热情', nps: 9 },
  ]
}).flat()

describe.each(onePlace)('voc and theme on $name', (place) => {
  let program: TestProgram
  beforeAll(async () => {
    program = await openTestProgram(CONFIG, place, NOW)
    program.write('customers.csv', `id,name,ltv,owner,site,consent\n${customers.join('\n')}\n`)
    program.write('visits.csv', `no,customer,at,paid\n${visits.join('\n')}\n`)
    program.write('voices.ndjson', '')
    await program.run('pull')
  })
  afterAll(() => program.close())

  const say = async (line: string, person = 'shen') => english(await program.say(person, line))
  const rows = async (line: string) => cellsOf((await program.say('shen', line)).en)

  it('are for those who work with customers; themes are given by managers', async () => {
    expect(await say('voc', 'vera')).toContain('voc is for CSMs')
    expect(await say('theme add waiting lin', 'lin')).toContain('adding or finishing a theme takes a manager')
  })

  it('without voices says so rather than 0%', async () => {
    const said = await say('voc', 'lin')
    expect(said).toContain('Nobody said anything in this time.')
    expect(await rows('voc')).toContainEqual(['NPS', '—', '—', '+30', '—', 'leading'])
    expect(await say('voc waiting')).toContain('Nobody spoke of it in this time.')
    expect(await say('voc waiting')).toContain('not enough data yet (0 of 0)')
    expect(await say('theme')).toContain('There are no themes yet.')
  })

  it('tells every metric with interval, change, target and what is usual', async () => {
    program.write('voices.ndjson', voices.map((voice) => JSON.stringify(voice)).join('\n'))
    await program.run('pull')
    await program.run('read')
    const cells = await rows('voc 30d')
    expect(cells.find(([name]) => name === 'NPS')).toEqual([
      ...['NPS', '0 (-37 to +37)', '—', '+30', '+100', 'leading'],
    ])
    expect(await rows('voc 2026-05-01..2026-05-31')).toHaveLength(cells.length)
    const quarters = (await rows('voc 2026-05')).find(([name]) => name === 'Negative voices')!
    expect(quarters[1]).toMatch(/^50% \(31 to 69\)$/)
    const half = (await rows('voc 60d')).find(([name]) => name === 'NPS')!
    expect(half[2]).toMatch(/^worse \(-100\)$/)
    expect(await rows('voc 30d')).toContainEqual(
      expect.arrayContaining([expect.stringContaining('Waiting'), '12', expect.stringMatching(/^100%/)]),
    )
    expect((await rows('voc 30d')).find(([name]) => name === 'CSAT (satisfied)')![1]).toBe('—')
  })

  it('quotes with numbers masked and nobody’s name', async () => {
    const said = await say('voc 30d')
    expect(said).toContain('等太久了')
    expect(said).toContain('139****')
    expect(said).not.toMatch(/1391234|王芳/)
  })

  it('an admin moves a target', async () => {
    await program.say('ye', 'config set target.nps 50')
    expect((await rows('voc 30d')).find(([name]) => name === 'NPS')![3]).toBe('+50, missed')
  })

  it('compares stores: the one where people wait shows, with its sales and its words', async () => {
    const cells = await rows('voc site 30d')
    expect(cells.slice(-2).map((row) => row.slice(0, 4))).toEqual([
      ['All', '24', expect.stringMatching(/^50%/), '0 (-37 to +37)'],
      ['Target', '—', '25%', '+50'],
    ])
    expect(cells.slice(0, -2).map((row) => row.slice(0, 4))).toEqual([
      ['浦东店', '12', expect.stringMatching(/^0%/), '+100 (+54 to +100)'],
      ['虹桥店', '12', expect.stringMatching(/^100%/), '-100 (-100 to -54)'],
    ])
    expect(cells[0]!.at(-1)).toMatch(/6,000/)
    expect(await say('voc 门店 30d')).toMatch(/虹桥店 speaks more of[^}]*Waiting/)
    expect(await say('voc site 30d')).toMatch(/浦东店 speaks more of","value":"[^"]*; words: 价格, 实惠"/)
    expect(await say('voc product')).toContain('No record of this time names a product.')
    expect((await rows('voc segment 30d')).length).toBeGreaterThan(0)
  })

  it('keeps a calendar of outside events, by admins only', async () => {
    expect(await say('calendar', 'lin')).toContain('The calendar is empty.')
    expect(await say('calendar add promotion 五一大促 2026-05-15..2026-05-25', 'lin')).toContain(
      'changing the calendar takes an admin',
    )
    expect(await say('calendar add 促销 五一大促 2026-05-15..2026-05-25', 'ye')).toContain(
      'In the calendar: E-1 五一大促 (promotion, 15 May to 25 May)',
    )
    expect(await say('calendar add promo 五一大促 2026-05-15..2026-05-25', 'ye')).toContain(
      'has this very entry',
    )
    expect(await say('calendar add holiday 清明节 2026-04-04', 'ye')).toContain('E-3 清明节 (holiday, 4 Apr)')
    expect(await rows('calendar')).toEqual([
      ['E-1', 'Promotion', '五一大促', '15 May to 25 May'],
      ['E-3', 'Holiday', '清明节', '4 Apr'],
    ])
    for (const [line, words] of [
      ['calendar add promtion x 2026-01-01', 'Did you mean promotion?'],
      ['calendar add promotion x', 'No usable day'],
      ['calendar add promotion 2026-01-01', 'What is it called?'],
      ['calendar remove', 'Remove which one?'],
      ['calendar remove E-99', 'There is no E-99'],
      ['calendar ad x', 'Did you mean calendar add?'],
    ] as const)
      expect(await say(line, 'ye')).toContain(words)
  })

  it('tells them beside trends and leaves them out of comparisons', async () => {
    const said = await say('voc 30d')
    expect(said).toContain('At the time: E-3 清明节 (holiday, 4 Apr); E-1 五一大促')
    expect(await say('voc waiting 30d')).toContain('E-1 五一大促')
    // Every voice of May is of the promotion; what is left is March.
    const left = await rows('voc site 90d without promotions')
    expect(left.slice(0, 2).map(([name, count]) => [name, count])).toEqual([
      ['浦东店', '12'],
      ['虹桥店', '12'],
    ])
    expect(left[0]!.at(-1)).toBe('—')
    const zh = (await program.say('shen', 'voc 门店 不含促销、节假日 90d')).zh
    expect(JSON.stringify(zh)).toContain('已排除 E-3、E-1 的日子')
    expect(await say('voc site 2026-05-16..2026-05-20 without events')).toContain(
      'nothing of this time remains',
    )
    expect(await say('voc site without sales')).toContain('"sales" cannot be left out')
    expect(await say('voc without promotions')).toContain('left out of comparisons only')
    await program.say('ye', 'calendar remove E-1')
    expect(await rows('calendar')).toHaveLength(1)
    const changes = await program.ctx.store.settings.changes('calendar E-1', 5)
    expect(changes.map(({ by, after }) => [by, after === null])).toEqual([
      ['ye', true],
      ['ye', false],
    ])
  })

  it('puts voices in the order of the journey', async () => {
    expect((await rows('voc stage 90d'))[0]!.slice(0, 2)).toEqual(['Use', '48'])
  })

  it('opens one topic by any of its names, and refuses what is none', async () => {
    const said = await say('voc 服务 60d')
    expect(said).toContain('Topic: Service')
    expect(said).toMatch(/Waiting","12","12","100%/)
    expect(said).toContain('Nobody is mending it. To hand it over: theme add service')
    expect(await say('voc topic product 30d')).toContain('Topic: Product')
    expect(await say('voc wating')).toContain('Did you mean')
    expect(await say('voc 2026-13')).toContain('There is no such time as "2026-13"')
    expect(await say('voc 2099')).toContain('That time has not begun')
  })

  it('hands a topic over, notes what was mended, and follows it', async () => {
    expect(await say('theme add 等待 lin 2026-05-01')).toContain('2026-05-01 has passed')
    expect(await say('theme add 等待 售后部 @林晓雯 2026/7/1')).toContain(
      '"Service · Waiting" goes to 售后部 · Lin Xiaowen',
    )
    expect(await say('theme add waiting 售后部')).toContain('is being mended already')
    expect(await say('voc waiting 30d')).toContain('Being mended: T-1 (Lin Xiaowen, 售后部)')
    expect(await rows('theme')).toEqual([
      ['T-1', 'Service · Waiting', '售后部 · Lin Xiaowen', 'due 1 Jul', '—'],
    ])
    const done = await say('theme done waiting 周末加开两个工位')
    expect(done).toContain('Less than a week: too early to tell.')
    expect(done).toContain('周末加开两个工位')
    // Of twelve who waited, every third customer agreed to be contacted.
    expect(done).toMatch(/4 customers who complained and agreed[^}]*8 more did not agree/)
    expect(done).toContain('nothing is sent by itself')
    expect(done).not.toContain('王芳1')
    const notices = (await program.channel('keepers')).map(({ card }) => card?.en)
    expect(notices.map((card) => card?.title)).toEqual([
      'T-1: "Service · Waiting" goes to 售后部 · Lin Xiaowen',
      'T-1 is mended: Service · Waiting',
    ])
    expect(wordsOf(notices.at(-1)!)).toContain('"Lin Xiaowen","value":"4 customers to tell"')
    for (const line of ['theme T-1', 'digest mine'])
      expect(await say(line, 'lin')).toContain('4 customers who complained')
    expect(await say('theme done T-1 again')).toContain('T-1 is done already')
    expect(await say('theme T-9')).toContain('There is no theme "T-9"')
    program.clock.advance(4 * 7 * DAY)
    const later = voices.slice(0, COUNT).map((voice, index) => ({
      ...{ ...voice, id: `c${index}`, at: '2026-06-10 10:00', text: '价格很实惠' },
    }))
    program.write('voices.ndjson', [...voices, ...later].map((voice) => JSON.stringify(voice)).join('\n'))
    await program.run('pull')
    await program.run('read')
    const [complaints] = await rows('theme T-1')
    expect(complaints![0]).toBe('Complaints among all voices')
    expect(complaints![1]).toMatch(/^50%/)
    expect(complaints![2]).toMatch(/^0%/)
    expect(complaints![3]).toMatch(/^better/)
    expect((await rows('theme'))[0]![4]).toMatch(/^better/)
  })

  it('keeps what was done in the sealed record', async () => {
    const changes = await program.ctx.store.settings.changes('theme T-1', 10)
    expect(changes.map(({ by, after }) => [by, after])).toEqual([
      ['shen', { done: '周末加开两个工位' }],
      ['shen', expect.objectContaining({ owner: 'lin', due: '2026-07-01' })],
    ])
    const told = await say('config history', 'ye')
    expect(told).toMatch(/mended: 周末加开两个工位.*due 2026-07-01.*\+Holiday 清明节 2026-04-04/s)
    expect(told).not.toContain('{\\"')
  })
})
