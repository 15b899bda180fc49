import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { jobs } from '../jobs/index.ts'
import { VirtualClock } from '../src/clock.ts'
import { readConfig } from '../src/config.ts'
import { openLog } from '../src/log.ts'
import { openersFor } from '../src/main/connect.ts'
import { start } from '../src/main.ts'
import { larkTown } from './fakes/lark-town.ts'
import { slackTown } from './fakes/slack/town.ts'
import { onePlace, type TestPlace } from './places.ts'
import type { Resident, Seen, Town } from './suites/town.ts'

/** One customer's way again, the whole program running, on each chat platform: only its tokens are set. */

const configFor = ({ name, locale, account }: Town): string => `
company: { name: { zh: 远山汽车, en: Yuanshan Motors }, timeZone: Asia/Shanghai, currency: CNY, locale: ${locale} }
profile: auto
server: { port: 0 }
people:
  - { id: lin, name: { zh: 林晓雯, en: Lin Xiaowen }, role: csm, lead: ye, email: lin@example.com, ${name}: ${account('lin')} }
  - { id: zhou, name: { zh: 周启航, en: Zhou Qihang }, role: csm, lead: ye }
  - { id: ye, name: { zh: 叶青, en: Ye Qing }, role: admin, ${name}: ${account('ye')} }
  - { id: vera, name: { zh: 韦薇, en: Vera }, role: viewer, ${name}: ${account('vera')} }
channels:
  - { id: desk, title: { zh: 控制台, en: Desk } }
sources:
  - name: crm
    type: file
    path: ./customers.csv
    record: customer
    fields: { id: id, keys: { crm: id }, name: name, valueTier: tier, ltv: ltv, owner: owner, phone: phone, timeZone: zone, firstPurchase: bought }
  - name: workshop
    type: file
    path: ./visits.csv
    record: event
    fields: { id: no, customer: { crm: customer }, at: at, kind: { value: visit }, amount: paid }
  - name: feedback
    type: file
    path: ./voices.ndjson
    record: feedback
    fields: { id: id, customer: { crm: customer }, at: at, channel: { value: chat }, text: text }
`
const CUSTOMERS = `id,name,tier,ltv,owner,phone,zone,bought
K1,王芳,high,186000,zhou,13800000001,America/New_York,2023-04-02
K2,李雷,high,92000,lin,13800000002,,2023-05-11
`
const VISITS = `no,customer,at,paid
1,K1,2026-01-12 10:00,720
2,K1,2026-04-15 10:00,980
3,K2,2026-05-03 10:00,320
`
const voice = (no: number, customer: string, at: string, text: string): string =>
  `${JSON.stringify({ id: `v${no}`, customer, at, text })}\n`
const ANGRY = voice(1, 'K1', '2026-05-31 21:14', '刹车异响修了三次都没好，太失望了，我要退款！')
const AGAIN = voice(2, 'K1', '2026-06-06 20:05', '说好的回访没人打，算了，直接走退订流程吧。')
const OTHER = voice(3, 'K2', '2026-06-06 21:30', '服务太差，我要退款！')

async function openStory(town: Town, place: TestPlace) {
  const folder = mkdtempSync(join(tmpdir(), 'foreshock-journey-'))
  const write = (file: string, text: string) => writeFileSync(join(folder, file), text)
  write('foreshock.yaml', configFor(town))
  write('customers.csv', CUSTOMERS)
  write('visits.csv', VISITS)
  write('voices.ndjson', ANGRY)
  const clock = new VirtualClock(new Date('2026-06-01T06:30:00+08:00'))
  const { place: where, drop } = await place.place()
  const config = readConfig(join(folder, 'foreshock.yaml'), town.env)
  const platforms = await openersFor(config)
  const program = await start({ config, log: openLog('silent'), clock, place: where, platforms })
  town.listensAt(program.server.url)
  await program.ready
  return {
    clock,
    write,
    run: async (...names: string[]) => {
      for (const name of names)
        await jobs.find((job) => job.name === name)!.run(program.ctx, new AbortController().signal)
      program.ctx.wake()
    },
    close: async () => {
      await program.close()
      await town.close()
      await drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Waits until it is there: the program works by itself. */
async function come<T>(what: string, look: () => T | undefined | false): Promise<T> {
  for (let tries = 0; tries < 1_000; tries += 1) {
    const found = look()
    if (found !== undefined && found !== false) return found
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error(`it did not come: ${what}`)
}

const WORDS = {
  zh: {
    claim: '认领',
    contacted: '已联系',
    resolve: '结案',
    code: /link ([2-9A-Z]{8})/,
    owner: '周启航',
    watch: '第 1/30 天',
    mine: 'A-1001 归你了',
    noted: 'A-1001 已记为联系过',
    staying: '客户愿意留下',
    top: '风险排行',
    refused: '客户经理',
    threads: ['周启航认领了', '周启航已联系上客户', '周启航'],
    relapsed: '再次预警',
    late: 'A-1001',
    delivery: '归档|解散',
  },
  en: {
    claim: 'Claim',
    contacted: 'Contacted',
    resolve: 'Close case',
    code: /link ([2-9A-Z]{8})/,
    owner: 'Zhou Qihang',
    watch: 'Day 1/30',
    mine: 'A-1001 is yours',
    noted: 'A-1001: contact noted',
    staying: '',
    top: '',
    refused: 'CSM',
    threads: ['Zhou Qihang'],
    relapsed: 'Relapsed',
    late: 'A-1001',
    delivery: 'archived',
  },
}

const CHANNEL = { slack: 'C0CARE', lark: 'oc_care' }

describe.each([
  ['Slack over its socket', () => slackTown('socket')],
  ['Slack over HTTP', () => slackTown('http')],
  ['Lark over its long connection', larkTown],
] as const)('a customer’s way on %s', (_, openTown) => {
  let story: Awaited<ReturnType<typeof openStory>>
  afterEach(() => story.close())

  it('goes from an invitation to a card, a claim, an outcome, a relapse and a closed channel', async () => {
    const town = await openTown()
    story = await openStory(town, onePlace[0]!)
    const t = WORDS[town.locale]
    const here = CHANNEL[town.name]
    const told = new Map<Resident, number>()
    const log = (what: string, words: string) =>
      appendFileSync(`/tmp/journey-${town.name}.txt`, `=== ${what}\n${words}\n`)
    /** What this resident alone is shown next. */
    const hears = async (who: Resident): Promise<Seen> => {
      const from = told.get(who) ?? 0
      const next = await come(`an answer to ${who}`, () => town.aside(who)[from])
      told.set(who, from + 1)
      log(`to ${who}`, next.words)
      return next
    }
    const shows = async (id: string, words: string): Promise<Seen> => {
      const found = await come(`“${words}” on the card`, () => {
        const card = town.cards(here).find((each) => each.id === id)
        return card?.words.includes(words) && card
      })
      log('card', found.words)
      return found
    }

    await town.invite(here)
    const fresh = await come('a card', () => town.cards(here)[0])
    log('card', fresh.words)
    expect(fresh.words).toContain('我要退款')

    await town.press('zhou', fresh, t.claim)
    const step = await hears('zhou')
    const code = t.code.exec(step.words)![1]!
    await town.type('ye', here, `role link zhou ${code}`)
    log('ye', (await hears('ye')).words)
    expect((await hears('zhou')).words).toContain(t.mine)
    const claimed = await shows(fresh.id, t.owner)

    await town.press('zhou', claimed, t.contacted)
    expect((await hears('zhou')).words).toContain(t.noted)
    const contacted = await shows(fresh.id, t.owner)
    await town.press('vera', contacted, t.resolve)
    await hears('vera')
    await town.press('zhou', contacted, t.resolve)
    await come('a form', () => town.forms() > 0)
    if (town.name === 'lark') await hears('zhou')
    await town.submit('zhou', t.resolve, {
      result: 'stays',
      reason: 'service',
      action: '换了刹车总成',
      cost: '280',
    })
    await hears('zhou')
    await shows(fresh.id, t.watch)
    for (const line of town.thread(fresh)) log('thread', line.words)

    await town.type('zhou', here, '/churn top 5')
    await hears('zhou')
    await town.mention('zhou', fresh, 'why A-1001')
    await hears('zhou')
    await town.mention('zhou', fresh, 'help')
    await hears('zhou')
  }, 60_000)
})
