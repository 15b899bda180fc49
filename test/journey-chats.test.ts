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

/** What people press, and what they are told. */
const WORDS = {
  zh: {
    ...{
      claim: '认领',
      contacted: '已联系',
      resolve: '结案',
      claimed: '已认领 ·',
      reached: '已联系 ·',
      watch: '第 1/30 天',
    },
    ...{
      who: '先确认你是谁',
      linked: '现在是周启航',
      mine: 'A-1001 归你了',
      bestHour: '现在就可以打（当地 18:30）',
    },
    ...{
      noPromise: '没有记录',
      noted: 'A-1001 已记为联系过',
      refused: 'resolve 只对客户经理开放',
      form: '写结果',
    },
    ...{ onWatch: 'A-1001 进入观察期', threadClaimed: '周启航认领了', top: '风险客户排行', why: '为什么是' },
    ...{ closed: 'A-1001', delivery: '频道已归档' },
  },
  en: {
    ...{
      claim: 'Claim',
      contacted: 'Contacted',
      resolve: 'Close case',
      claimed: '· Claimed ·',
      reached: '· Contacted ·',
    },
    ...{
      watch: 'Day 1/30',
      who: 'First: who are you?',
      linked: 'is now Zhou Qihang',
      mine: 'A-1001 is yours',
    },
    ...{ bestHour: 'Now is fine (18:30 there)', noPromise: 'None on record', noted: 'A-1001: contact noted' },
    ...{
      refused: 'resolve is for CSMs',
      form: '',
      onWatch: 'A-1001 is on watch',
      threadClaimed: 'Zhou Qihang claimed',
    },
    ...{ top: 'Customers at risk', why: 'Why', closed: 'A-1001', delivery: 'the channel is archived' },
  },
} as const

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
    const log = (what: string, words: string) =>
      appendFileSync(`/tmp/journey-${town.name}.txt`, `=== ${what}\n${words}\n`)
    /** What this resident alone is shown from here on, one after the other. */
    const listen = (who: Resident) => {
      const heard = new Set(town.aside(who).map(({ id }) => id))
      return async (words: string): Promise<Seen> => {
        const next = await come(`“${words}” to ${who}`, () =>
          town.aside(who).find(({ id }) => !heard.has(id)),
        )
        heard.add(next.id)
        log(`to ${who}`, next.words)
        expect(next.words).toContain(words)
        return next
      }
    }
    const shows = async (id: string, words: string): Promise<Seen> => {
      const found = await come(`“${words}” on the card`, () => {
        const card = town.cards(here).find((each) => each.id === id)
        return card?.words.includes(words) && card
      })
      log('card', found.words)
      return found
    }

    // Nobody has told the program of a channel: the bot is called into one, and what is at work comes there.
    await town.invite(here)
    const fresh = await come('a card', () => town.cards(here)[0])
    log('card', fresh.words)
    expect(fresh.words).toContain('我要退款')

    // An account that is nobody's: it is asked who it is, by itself alone, and its press is finished afterwards.
    const zhou = listen('zhou')
    await town.press('zhou', fresh, t.claim)
    const code = /link ([2-9A-Z]{8})/.exec((await zhou(t.who)).words)![1]!
    const ye = listen('ye')
    await town.type('ye', here, `role link zhou ${code}`)
    await ye(t.linked)
    const pack = await zhou(t.mine)
    for (const words of ['13800000001', t.bestHour, t.noPromise]) expect(pack.words).toContain(words)
    const claimed = await shows(fresh.id, t.claimed)
    expect(town.cards(here)).toHaveLength(1)

    // The work: reached, then an outcome by a form. A viewer is refused before any form opens.
    await town.press('zhou', claimed, t.contacted)
    await zhou(t.noted)
    const contacted = await shows(fresh.id, t.reached)
    const vera = listen('vera')
    await town.press('vera', contacted, t.resolve)
    await vera(t.refused)
    expect(town.forms()).toBe(0)
    await town.press('zhou', contacted, t.resolve)
    await come('a form', () => town.forms() === 1)
    if (town.name === 'lark') await zhou(t.form)
    const outcome = {
      result: 'stays',
      reason: 'service',
      action: '换了刹车总成',
      entitlement: '一次免费保养',
      cost: '280',
    }
    await town.submit('zhou', t.resolve, outcome)
    await zhou(t.onWatch)
    await shows(fresh.id, t.watch)
    await come('three lines', () => town.thread(fresh).length === 3)
    for (const line of town.thread(fresh)) log('thread', line.words)
    expect(town.thread(fresh)[0]!.words).toContain(t.threadClaimed)

    // Questions, answered to the asker alone: typed in the channel, and asked in the card's thread.
    await town.type('zhou', here, '/churn top 5')
    expect((await zhou(t.top)).words).toContain('王芳')
    await town.mention('zhou', fresh, 'why A-1001')
    await zhou(t.why)
    await town.mention('zhou', fresh, 'cliam A-1001')
    await zhou('claim')
    expect(town.thread(fresh)).toHaveLength(3)

    // Five days later the customer writes again: a new card, and the old one says where it went.
    story.write('voices.ndjson', ANGRY + AGAIN)
    story.clock.advanceTo(new Date('2026-06-07T06:30:00+08:00'))
    await story.run('pull', 'score', 'follow-up')
    const relapse = await come('a new card', () => town.cards(here)[1])
    log('relapse', relapse.words)
    expect(relapse.words).toContain('换了刹车总成')
    await shows(fresh.id, 'A-1002')
    // Someone's screen still shows the card of the first morning: the present state answers.
    await town.press('zhou', fresh, t.claim)
    await zhou(t.closed)
    const again = listen('zhou')
    await town.press('zhou', relapse, t.claim)
    expect((await again('A-1002')).words).toContain('一次免费保养')

    // The channel is closed for good: the next card goes to the CSM, and admins are told why.
    town.archive(here)
    const [before] = [town.direct('lin').length]
    story.write('voices.ndjson', ANGRY + AGAIN + OTHER)
    story.clock.advanceTo(new Date('2026-06-07T07:30:00+08:00'))
    await story.run('pull', 'score')
    const moved = await come('a card for the CSM', () => town.direct('lin')[before])
    log('moved', moved.words)
    expect(moved.words).toContain('A-1003')
    await town.press('lin', moved, t.claim)
    await come('claimed there', () => town.direct('lin')[before]!.words.includes(t.claimed))
    const [count] = [town.direct('ye').length]
    await town.type('ye', null, 'delivery')
    const delivery = await come('the state of delivery', () => town.direct('ye')[count])
    log('delivery', delivery.words)
    expect(delivery.words).toContain(t.delivery)
    expect(delivery.words).toContain(here)
  }, 60_000)
})
