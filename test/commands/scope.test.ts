import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commands } from '../../commands/index.ts'
import { caseChoices } from '../../src/main/case-choices.ts'
import { completions } from '../../src/main/complete.ts'
import { sheetFile } from '../../src/main/sheets.ts'
import { onePlace } from '../places.ts'
import { openTestProgram, type TestProgram } from '../program.ts'
import { english, NOW } from './company.ts'

const CONFIG = `
company: { name: { zh: 远山汽车, en: Yuanshan Motors }, timeZone: Asia/Shanghai, currency: CNY }
profile: auto
people:
  - { id: ye, name: { zh: 叶青, en: Ye Qing }, role: admin }
  - { id: an, name: { zh: 安然, en: An Ran }, role: admin, sees: own }
  - { id: wei, name: { zh: 韦薇, en: Wei }, role: viewer, sees: own }
  - { id: li, name: { zh: 李航, en: Li Hang }, role: csm }
channels:
  - { id: alerts, title: { zh: 客户预警, en: Alerts }, tiers: [P0, P1, P2], notices: true }
sources:
  - name: crm
    type: file
    path: ./customers.csv
    record: customer
    fields: { id: id, keys: { crm: id, phone: phone }, name: name, valueTier: tier, owner: owner, site: site, contactConsent: consent }
  - name: old
    type: file
    path: ./old.csv
    record: customer
    fields: { id: id, keys: { old: id, crm: crm, phone: phone }, name: name }
  - name: workshop
    type: file
    path: ./visits.csv
    record: event
    fields: { id: no, customer: { crm: customer }, at: at, kind: { value: visit } }
  - name: feedback
    type: file
    path: ./voices.ndjson
    record: feedback
    fields: { id: id, customer: { crm: customer }, at: at, channel: { value: chat }, text: text }
`

/** Each kept by whom, all about to leave; K1 is an's, K2 to K5 are others', K5 says nothing. */
const NAMES = ['Orla Quinn', 'Bertram Oakes', '贺知秋', 'Dunstan Pike', 'Edwina Frost']
const OWNERS = ['an', 'li', 'li', 'ye', 'li']
/** What only a foreign customer's card would say. */
const FOREIGN = /Bertram|Oakes|贺|知秋|Dunstan|Pike|Edwina|Frost|底盘|1390000000[2-5]/

/** A line or more of every command: of a customer or case (A-N) that is not theirs, and of lists. */
const LOOKS = `
top 20 | top by owner | top by store | top P0 | top li | show C-2 | show A-N | show K3 | show 13900000002 | why C-2 | why A-N | why K3
search 底 | search label:negative | search customer:C-2 | search V-2 | search V-3 | search V-4 | label V-2 negative | label V-3 negative
label V-4 negative | ideas | table top | table survey | table search 修 | survey | survey li | heard C-2 走了 | play 修 | play A-N | step A-N
ask | mine | sla | sla P0 | digest | digest mine | digest week | merges | merges C-2 | split C-2 | split undo C-2 | audit | audit A-N | storms
storms S-1 | confirm | confirm C-2 left | voc | voc service | voc by site | theme add repair 售后部 | theme done T-1 好了 | theme T-1 | theme | stats team | stats store
roi | roi team | roi pilot | review | review churn | review playbooks | tune p0 0.8 | rules | lexicon | model | train | promote rules
route | role | sources | sources crm | delivery | config | config history | calendar | link ABCDEF | help`
/** Moves of a case are for whoever its channel's card is for; who makes one may have the case then. */
const MOVES = `contacted A-N | snooze A-N 3d | undo A-N | retained A-N | undo A-N | resolve A-N lost service x
undo A-N | reassign A-N li | dismiss A-N wrong | claim A-N`
const linesOf = (lines: string, no: number) =>
  lines.split(/[|\n]/).flatMap((line) => line.trim().replace('A-N', `A-${no}`) || [])

describe.each(onePlace)('whom a person sees, on $name', (place) => {
  let program: TestProgram
  let foreign = 0
  beforeAll(async () => {
    program = await openTestProgram(CONFIG, place, NOW)
    const people = NAMES.map(
      (name, at) => `K${at + 1},${name},high,${OWNERS[at]},店${at},yes,1390000000${at + 1}`,
    )
    program.write('customers.csv', `id,name,tier,owner,site,consent,phone\n${people.join('\n')}\n`)
    // K2 was two customers until an older system said that they are one.
    program.write(
      'old.csv',
      'id,name,crm,phone\nO1,Bertram O.,,13911111111\nO2,Bertram Oakes,K2,13911111111\n',
    )
    const visits = NAMES.map((_, at) => `${at},K${at + 1},2026-05-20 10:00`)
    program.write('visits.csv', `no,customer,at\n${visits.join('\n')}\n`)
    const said = (at: number) => `${at === 0 ? '发动机' : '底盘'}修了三次都没好，我要退款！要是能上门就好了`
    const voices = [0, 1, 2, 3].map((at) => ({
      id: `v${at}`,
      customer: `K${at + 1}`,
      at: '2026-05-31 21:14',
      text: said(at),
    }))
    program.write('voices.ndjson', voices.map((voice) => JSON.stringify(voice)).join('\n'))
    for (const job of ['pull', 'read', 'score']) await program.run(job)
    foreign = await numberOf('K2')
  })
  afterAll(() => program.close())

  const numberOf = async (key: string) => {
    const [customer] = await program.ctx.store.customers.find(key, 1)
    return (await program.ctx.store.alerts.current(customer!.id))!.no
  }
  /** An answer without the last word of what was asked. */
  const unsaid = (card: unknown, line: string) => JSON.stringify(card).replaceAll(line.split(' ').at(-1)!, '')
  const say = async (person: string, line: string) => english(await program.say(person, line))

  it('no command names a customer who is not theirs', async () => {
    const verbs = linesOf(`${LOOKS}|${MOVES}`, 1).map((line) => line.split(' ')[0])
    expect([...new Set(verbs)].sort()).toEqual(commands.map(({ name }) => name).sort())
    for (const person of ['an', 'wei']) {
      for (const line of linesOf(LOOKS, foreign)) {
        const said = unsaid(await program.say(person, line), line)
        expect(said, `${person}: ${line}`).not.toMatch(FOREIGN)
        expect(said, `${person}: ${line}`).not.toMatch(/went wrong|internal/i)
      }
    }
  })

  it('they see their own, and what is said of another is said of nobody alike', async () => {
    for (const line of ['top', 'why K1', 'show C-1', 'search 发动机'])
      expect(await say('an', line), line).toContain('Orla Quinn')
    const [of, nobody] = [await say('an', 'why Bertram'), await say('an', 'why Nobody')]
    expect(of.replaceAll('Bertram', '')).toBe(nobody.replaceAll('Nobody', ''))
    expect(await say('an', `show A-${foreign}`)).toContain('not among those you see')
    expect(await say('ye', 'why Bertram')).toContain('Bertram Oakes')
  })

  it('nor does a file, a completed line or a list of cases', async () => {
    const { ctx } = program
    const an = ctx.people.get('an')!
    for (const line of ['top', 'survey', 'search 修'])
      expect((await sheetFile(ctx, an, line)()).csv, line).not.toMatch(FOREIGN)
    for (const line of ['why Bert', 'why 贺', 'show C-2', 'claim A-', 'claim ']) {
      expect(JSON.stringify(await completions(ctx, an, line)), line).not.toMatch(FOREIGN)
    }
    expect(JSON.stringify(await completions(ctx, an, 'why Orla'))).toContain('Orla')
    expect(JSON.stringify(await caseChoices(ctx, an))).not.toMatch(FOREIGN)
    expect(await caseChoices(ctx, an)).toHaveLength(1)
  })

  it('nor does a move of a case, which who sees its card may make', async () => {
    for (const line of linesOf(MOVES, await numberOf('K3'))) {
      if (line.startsWith('claim')) continue
      expect(unsaid(await program.say('an', line), line), line).not.toMatch(FOREIGN)
    }
  })

  it('whoever has a case sees whom it is about', async () => {
    const no = await numberOf('K4')
    expect(await say('an', 'why Dunstan')).toContain('None of the customers you see fits')
    await say('an', `claim A-${no}`)
    for (const line of ['why Dunstan', `show A-${no}`, 'mine', 'top', 'search 底盘'])
      expect(await say('an', line), line).toContain('Dunstan Pike')
  })
})
