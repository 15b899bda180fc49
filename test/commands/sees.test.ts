import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seenBy } from '../../src/dispatch.ts'
import { sheetFile } from '../../src/main/sheets.ts'
import { onePlace } from '../places.ts'
import { openTestProgram, type TestProgram } from '../program.ts'
import { english, NOW } from './company.ts'

const CONFIG = `
company: { name: { zh: 远山汽车, en: Yuanshan Motors }, timeZone: Asia/Shanghai, currency: CNY }
profile: auto
people:
  - { id: ye, name: { zh: 叶青, en: Ye Qing }, role: admin }
  - { id: shen, name: { zh: 沈立群, en: Shen Liqun }, role: manager, sees: team }
  - { id: lin, name: { zh: 林晓雯, en: Lin Xiaowen }, role: csm, lead: shen, sees: own }
  - { id: zhou, name: { zh: 周启航, en: Zhou Qihang }, role: csm, lead: shen, sees: team }
  - { id: he, name: { zh: 何宁, en: He Ning }, role: csm, sees: { sites: [虹桥店, "O'Hare"] } }
channels:
  - { id: alerts, title: { zh: 客户预警, en: Alerts }, tiers: [P0, P1, P2] }
  - { id: keepers, title: { zh: 通知, en: Notices }, tiers: [], notices: true }
sources:
  - name: crm
    type: file
    path: ./customers.csv
    record: customer
    fields: { id: id, keys: { crm: id }, name: name, owner: owner, site: site, contactConsent: consent }
  - name: workshop
    type: file
    path: ./visits.csv
    record: event
    fields: { id: no, customer: { crm: customer }, at: at, kind: { value: visit }, site: site }
  - name: survey
    type: file
    path: ./voices.ndjson
    record: feedback
    fields: { id: id, customer: { crm: customer }, at: at, channel: { value: survey }, text: text, site: site }
`

/** Who keeps whom where: K1 lin at Hongqiao, K2 zhou at Pudong, K3 nobody at Hongqiao, K4 he's own at Pudong. */
const CUSTOMERS = ['K1,甲,lin,虹桥店', 'K2,乙,zhou,浦东店', 'K3,丙,,虹桥店', 'K4,丁,he,浦东店']
const SAID = [
  { customer: 'K1', text: '保养等太久了，要是周末能预约就好了', site: null },
  { customer: 'K2', text: '保养等太久了，要是能上门取车就好了', site: null },
  { customer: 'K3', text: '保养等太久了，要是有个儿童区就好了', site: null },
  // A customer of another store who speaks of this one.
  { customer: 'K4', text: '保养等太久了，要是有充电桩就好了', site: '虹桥店' },
]

describe.each(onePlace)('whose voices a person sees, on $name', (place) => {
  let program: TestProgram
  beforeAll(async () => {
    program = await openTestProgram(CONFIG, place, NOW)
    // K5 to K8 come and say nothing.
    const quiet = CUSTOMERS.map((line, at) => line.replace(/^K\d/, `K${at + 5}`))
    const people = [...CUSTOMERS, ...quiet].map((line) => `${line},yes`)
    program.write('customers.csv', `id,name,owner,site,consent\n${people.join('\n')}\n`)
    // K2 of Pudong came by at Hongqiao once.
    const visits = Array.from({ length: 8 }, (_, at) => `${at},K${at + 1},2026-05-20 10:00,`)
    visits.push('8,K2,2026-05-10 10:00,虹桥店')
    program.write('visits.csv', `no,customer,at,site\n${visits.join('\n')}\n`)
    const voices = SAID.map((said, at) => ({ id: `v${at}`, at: `2026-05-2${at} 10:00`, ...said }))
    program.write('voices.ndjson', voices.map((voice) => JSON.stringify(voice)).join('\n'))
    await program.run('pull')
    await program.run('read')
  })
  afterAll(() => program.close())

  const say = async (line: string, person: string) => english(await program.say(person, line))
  /** Which of the four voices, or customers, stand in it. */
  const among = (said: string, signs: readonly string[]) =>
    signs.flatMap((sign, at) => (said.includes(sign) ? [`K${at + 1}`] : []))
  const WISHES = ['周末', '上门', '儿童区', '充电桩']

  const SEEN = [
    ['ye', ['K1', 'K2', 'K3', 'K4']],
    ['shen', ['K1', 'K2']],
    ['lin', ['K1']],
    ['zhou', ['K1', 'K2']],
    ['he', ['K1', 'K3', 'K4']],
  ] as const

  /** Customers whose whole story they see: who only came by, or only spoke of the store, is not judged. */
  const KEPT = { ye: 8, shen: 4, lin: 2, zhou: 4, he: 4 }

  it.each(SEEN)('%s finds %j', async (person, seen) => {
    expect(among(await say('search 保养', person), WISHES)).toEqual(seen)
    expect(among(await say('search topic:waiting', person), WISHES)).toEqual(seen)
    expect(among(await say('ideas', person), WISHES)).toEqual(seen)
    expect(
      among(JSON.stringify(await say('voc waiting', person)), WISHES).every((one) =>
        seen.includes(one as 'K1'),
      ),
    ).toBe(true)
    const { csv } = await sheetFile(program.ctx, program.ctx.people.get(person)!, 'search 保养')()
    expect(among(csv, WISHES)).toEqual(seen)
  })

  it.each(SEEN)('%s has figures of these alone', async (person, seen) => {
    const { store } = seenBy(program.ctx, program.ctx.people.get(person)!)
    const bounds = [new Date('2026-05-01'), new Date('2026-06-01')]
    const which = {
      kind: 'all',
      key: '',
      site: '',
      what: 'volume',
      from: bounds[0]!,
      until: bounds[1]!,
    } as const
    const quoted = await store.stormVoices.quotes(which, 9)
    expect(among(quoted.map(({ text }) => text).join(), WISHES)).toEqual(seen)
    const churn = { active: ['visit'], cancelled: [], inactiveDays: 90 }
    const [kept] = await store.voiceFigures.kept({ by: 'all' }, new Date('2026-05-22'), bounds[1]!, churn)
    expect(kept!.customers).toBe(KEPT[person])
    const sums = await store.voiceFigures.sums({ by: 'all' }, bounds)
    expect(sums.map(({ voices }) => voices)).toEqual([seen.length])
    const counts = await store.voiceTopics.counts('service', { by: 'all' }, bounds)
    expect(counts.map(({ about }) => about)).toEqual([seen.length])
    const ranking = await store.voiceTopics.ranking(new Date('2026-04-01'), bounds[0]!, bounds[1]!, 'CNY')
    expect(ranking.find(({ topic }) => topic === 'service.waiting')!.count).toBe(seen.length)
  })

  it('a survey asks whom they keep, or their store', async () => {
    const asked = async (person: string) =>
      among(await say('survey', person), ['C-5', 'C-6', 'C-7', 'C-8']).length
    expect([await asked('ye'), await asked('shen'), await asked('lin'), await asked('he')]).toEqual([
      4, 2, 1, 2,
    ])
  })

  it('a voice they do not see is none they can open or label', async () => {
    const { voices } = await program.ctx.store.voices.search({ query: null }, program.clock.now(), {
      skip: 0,
      take: 9,
    })
    const { no } = voices.find(({ text }) => text.includes('上门'))!
    expect(await say(`search V-${no}`, 'shen')).toContain('上门')
    expect(await say(`search V-${no}`, 'lin')).toContain(`There is no voice V-${no}`)
    expect(await say(`label V-${no} positive`, 'lin')).toContain(`There is no voice V-${no}`)
  })

  it('who mends a theme has everyone who spoke of it told, seen or not', async () => {
    const { store } = seenBy(program.ctx, program.ctx.people.get('he')!)
    const nobody = { customers: new Int32Array(), scores: [], priorities: [], tiers: new Uint8Array() }
    const at = new Date('2026-04-30')
    const run = { profile: 'retail@1', model: 'rules', asOf: at, horizon: at, deferred: [], ...nobody }
    await program.ctx.store.assessments.addRun(run)
    const span = {
      from: new Date('2026-05-01'),
      to: new Date('2026-06-01'),
      days: 1,
      now: new Date('2027-06-01'),
    }
    const churn = { active: ['visit'], cancelled: [], inactiveDays: 90 }
    const { voiced } = await store.voiceTopics.followed({ topic: 'service.waiting', ...span, churn })
    expect(voiced.alertable).toBe(2)
    expect(await say('theme add waiting 售后部 lin 尽快', 'shen')).toContain('"尽快" is not a day')
    await say('theme add waiting 售后部', 'shen')
    await say('theme done T-1 多开一个工位', 'shen')
    const told = JSON.stringify((await program.channel('keepers')).at(-1)!.card!.en)
    for (const name of ['Lin Xiaowen', 'Zhou Qihang', 'He Ning']) expect(told).toContain(name)
  })

  it('a page of comparisons and of one topic opens for everyone', async () => {
    for (const [person] of SEEN) {
      for (const line of ['voc', 'voc by site', 'voc by stage', 'voc service', 'search stage:using 保养'])
        expect(await say(line, person), `${person}: ${line}`).not.toMatch(/went wrong|internal/i)
    }
  })
})
