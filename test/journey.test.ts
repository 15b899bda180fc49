import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { WireMessage } from '../src/chat/console/wire.ts'
import { DAY } from '../src/clock.ts'
import { places } from './places.ts'
import type { TestProgram } from './program.ts'
import { openTestProgram } from './program.ts'

/** One customer's way, end to end: a row in a file, a card, a claim, a retained mark, and how the watch ends. */

const CONFIG = `
company: { name: { zh: 远山汽车, en: Yuanshan Motors }, timeZone: Asia/Shanghai, currency: CNY }
profile: auto
people:
  - { id: lin, name: { zh: 林晓雯, en: Lin Xiaowen }, role: csm, lead: shen }
  - { id: zhou, name: { zh: 周启航, en: Zhou Qihang }, role: csm, lead: shen }
  - { id: shen, name: { zh: 沈立群, en: Shen Liqun }, role: manager }
  - { id: admin, name: { zh: 叶青, en: Ye Qing }, role: admin }
channels:
  - { id: alerts, title: { zh: 客户预警, en: Alerts }, tiers: [P0, P1, P2] }
  - { id: retention, title: { zh: 挽留小组, en: Retention }, tiers: [P0] }
sources:
  - name: crm
    type: file
    path: ./customers.csv
    record: customer
    fields: { id: id, keys: { crm: id }, name: name, valueTier: tier, ltv: ltv, owner: owner, firstPurchase: bought }
  - name: workshop
    type: file
    path: ./visits.csv
    record: event
    fields: { id: no, customer: { crm: customer }, at: at, kind: { value: visit }, amount: paid }
  - name: feedback
    type: file
    path: ./voices.ndjson
    record: feedback
    fields: { id: id, customer: { crm: customer }, at: at, channel: channel, text: text }
`

const CUSTOMERS = `id,name,tier,ltv,owner,bought
K1,王芳,high,186000,lin,2023-04-02
K2,李雷,low,9000,zhou,2023-05-11
`
const VISITS = `no,customer,at,paid
1,K1,2025-07-03 10:00,680
2,K1,2025-10-09 10:00,1280
3,K1,2026-01-12 10:00,720
4,K1,2026-04-15 10:00,980
5,K2,2025-12-03 10:00,300
6,K2,2026-05-03 10:00,320
`
const ANGRY =
  '{"id":"v1","customer":"K1","at":"2026-05-31 21:14","channel":"chat","text":"刹车异响修了三次都没好，太失望了，我要退款！"}\n'
const STILL_ANGRY =
  '{"id":"v2","customer":"K1","at":"2026-06-06 20:05","channel":"chat","text":"说好的回访没人打，算了，直接走退订流程吧。"}\n'

const morning = (day: string): Date => new Date(`${day}T06:00:00+08:00`)

describe.each(places)('a customer’s way on $name', (place) => {
  let program: TestProgram

  beforeEach(async () => {
    program = await openTestProgram(CONFIG, place, '2026-06-01T06:00:00+08:00')
    program.write('customers.csv', CUSTOMERS)
    program.write('visits.csv', VISITS)
    program.write('voices.ndjson', ANGRY)
  })
  afterEach(() => program.close())

  it('goes from a row in a file to a card, a claim, a retained mark and a relapse linked to it', async () => {
    // Data is pulled and scored: the angry sentence of a high-value customer becomes a P0 card in two channels.
    expect(await program.run('pull')).toMatchObject({ seen: 9, changed: 9, failed: 0 })
    expect(await program.run('score')).toMatchObject({ seen: 2, more: { opened: 1 } })
    const [card] = await program.channel('alerts')
    expect(cardOf(card)).toMatchObject({ badge: 'P0', accent: 'P0', title: '王** · C-1' })
    expect(JSON.stringify(card!.card!.zh)).toContain('我要退款')
    expect(await program.channel('retention')).toHaveLength(1)

    // Two people press Claim: the first owns it, the second is told who does; the same card shows it.
    await program.press('lin', card!, 'claim')
    const late = await program.press('zhou', card!, 'claim')
    expect(late.note!.zh.title).toBe('A-1001 已由林晓雯认领')
    const claimed = await only(program, 'alerts')
    expect(claimed.id).toBe(card!.id)
    expect(JSON.stringify(claimed.card!.en)).toContain('Lin Xiaowen')

    // She calls, and marks the customer retained: a 30-day watch begins and nobody counts as kept yet.
    await program.press('lin', card!, 'contacted')
    await program.press('lin', card!, 'retained', { note: '已更换刹车总成，店长致歉' })
    expect((await only(program, 'alerts')).card!.zh.badge).toBe('第 1/30 天')
    expect((await program.thread(card!)).map((line) => line.card!.zh.title)).toEqual([
      '林晓雯认领了。',
      '林晓雯已联系上客户。',
      '林晓雯标记为已留住，观察至 7月1日。',
    ])

    // The next morning nothing is new: what she has answered does not alarm again.
    program.clock.advanceTo(morning('2026-06-02'))
    await program.run('score')
    expect(await program.run('follow-up')).toMatchObject({ seen: 1, changed: 0 })

    // Five days later the customer writes again: the watch ends in a new case with the old notes attached.
    program.write('voices.ndjson', ANGRY + STILL_ANGRY)
    program.clock.advanceTo(morning('2026-06-07'))
    expect(await program.run('pull')).toMatchObject({ changed: 1 })
    await program.run('score')
    expect(await program.run('follow-up')).toMatchObject({ more: { relapsed: 1 } })
    const [before, after] = await program.channel('alerts')
    expect(before!.card!.en.subtitle).toContain('Relapsed')
    expect(after!.card!.en).toMatchObject({ badge: 'P0', accent: 'P0' })
    expect(JSON.stringify(after!.card!.zh)).toContain('已更换刹车总成，店长致歉')
    const [first, second] = [
      await program.ctx.store.alerts.byNo(1001),
      await program.ctx.store.alerts.byNo(1002),
    ]
    expect(second).toMatchObject({ trigger: 'relapse', previous: first!.id, state: 'open', owner: null })
  })

  it('counts a customer as retained only after 30 quiet days in which they came back', async () => {
    await program.run('pull')
    await program.run('score')
    const card = await only(program, 'alerts')
    await program.press('lin', card, 'claim')
    await program.press('lin', card, 'retained', { note: '免费更换' })
    program.write('visits.csv', `${VISITS}7,K1,2026-06-10 10:00,560\n`)

    for (let day = 1; day <= 30; day += 1) {
      program.clock.advance(DAY)
      await program.run('pull')
      await program.run('score')
      await program.run('follow-up')
      const state = (await program.ctx.store.alerts.byNo(1001))!.state
      expect(state, `day ${day}`).toBe(day < 30 ? 'watch' : 'retained')
    }
    const done = await only(program, 'alerts')
    expect(done.card!.zh.accent).toBe('good')
    const thanks = (await program.thread(card)).at(-1)!.card!
    expect(thanks.zh.title).toBe('观察期满，客户确认留住。林晓雯辛苦了！')
    expect(JSON.stringify(thanks.en)).toContain('CN¥186,000')
  })
})

function cardOf(message: WireMessage | undefined) {
  return message!.card!.zh
}

async function only(program: TestProgram, channel: string): Promise<WireMessage> {
  const messages = await program.channel(channel)
  expect(messages).toHaveLength(1)
  return messages[0]!
}
