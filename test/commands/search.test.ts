import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import { listVerb } from '../../src/main/list-verbs.ts'
import { openTerminal } from '../../src/main/terminal.ts'
import { onePlace } from '../places.ts'
import { type Company, cellsOf, english, openCompany } from './company.ts'

const VOICES: readonly [id: string, customer: string | null, at: string, channel: string, text: string][] = [
  ['s1', 'K1', '2026-05-20 10:00', 'review', '服务态度很好，但是充电太慢了。'],
  ['s2', 'K2', '2026-05-21 10:00', 'survey', '要是能在线预约就好了'],
  ['s3', 'K4', '2026-05-22 10:00', 'survey', '希望可以在线预约'],
  ['s4', 'K6', '2026-05-23 10:00', 'ticket', 'The refunds took ages, call me on 13800000006.'],
  ['s5', null, '2025-01-05 10:00', 'social', '充電樁又壞了，排隊兩小時'],
  ['s6', 'K1', '2026-05-24 10:00', 'survey', '希望多开几个充电桩'],
]

describe.each(onePlace)('searching what customers said on $name', (place) => {
  let company: Company
  beforeAll(async () => {
    company = await openCompany(place, false)
    company.write(
      'voices.ndjson',
      VOICES.map(([id, customer, at, channel, text]) =>
        JSON.stringify({ id, ...(customer === null ? {} : { customer }), at, channel, text }),
      ).join('\n'),
    )
    await company.run('pull')
    expect(english(await company.say('lin', 'search 充电'))).toContain('still waiting to be read')
    await company.run('read')
    expect(english(await company.say('lin', 'search 彩票'))).not.toContain('to be read')
  })
  afterAll(() => company.close())

  const ask = (line: string, by = 'lin') => company.say(by, line)
  const quotes = (card: Card) => card.blocks.flatMap((block) => (block.kind === 'quote' ? [block] : []))
  const found = async (words: string) => quotes((await ask(`search ${words}`)).en).map(({ text }) => text)
  const marked = async (words: string) =>
    quotes((await ask(`search ${words}`)).en).map(({ pieces = [] }) =>
      pieces.filter((piece) => piece.marked).map((piece) => piece.words),
    )

  it.each([
    ['服务态度', ['服务态度很好，但是充电太慢了。']],
    ['refund', ['The refunds took ages, call me on 13800000006.']],
    ['充电桩 坏了', ['充電樁又壞了，排隊兩小時']],
    ['“能在线”', ['要是能在线预约就好了']],
    ['充电 -慢', ['希望多开几个充电桩', '充電樁又壞了，排隊兩小時']],
    ['充电 since:2026-01-01 label:positive', []],
    ['channel:survey', ['希望多开几个充电桩', '希望可以在线预约', '要是能在线预约就好了']],
    ['渠道：工单', ['The refunds took ages, call me on 13800000006.']],
    ['lang:en', ['The refunds took ages, call me on 13800000006.']],
    ['在线预约 customer:K4', ['希望可以在线预约']],
    ['until:2026-01-01', ['充電樁又壞了，排隊兩小時']],
    ['stage:leaving lang:zh customer:K1', ['修了三次都没好，我要退款！']],
    ['tag:充电 lang:zh since:2026-05-21', ['希望多开几个充电桩']],
    ['标签：charging until:2026-01-01', ['充電樁又壞了，排隊兩小時']],
    ['class:strong customer:K1', ['修了三次都没好，我要退款！']],
    ['词类:竞品', []],
    ['stage:support', ['The refunds took ages, call me on 13800000006.']],
    ['阶段:使用 充电 since:2026-05-22', ['希望多开几个充电桩']],
  ])('finds %s', async (words, expected) => {
    expect(await found(words)).toEqual(expected)
  })

  it('ranks what is new above what is old, and marks the words', async () => {
    expect(await found('充电桩')).toEqual(['希望多开几个充电桩', '充電樁又壞了，排隊兩小時'])
    expect(await marked('充电桩')).toEqual([['充电桩'], ['充電樁']])
    expect(await marked('refunding')).toEqual([['refunds']])
    const { zh } = await ask('search refund')
    expect(quotes(zh)[0]!.by).toMatch(/^V-\d+ · 工单 · 5月23日 · .*客户6 C-\d+$/)
  })

  it('narrows by topic with its parts', async () => {
    expect(await found('topic:service')).toContain('希望可以在线预约')
    expect(await found('主题:预约 在线')).toHaveLength(2)
  })

  it('says so when nobody said it, with the word that was probably meant', async () => {
    expect(english(await ask('search refumd'))).toContain('did you mean \\"refunds\\"?')
    expect(english(await ask('search 退休 彩票'))).toContain('Nobody has said')
    expect(english(await ask('search ！！'))).toContain('Nobody has said')
  })

  it.each([
    ['search', 'Search for what?'],
    ['search lable:negative', 'There is no filter "lable:"'],
    ['search label:sad', '"label:sad" means nothing here'],
    ['search since:soon', 'Write 2026-01-01, or 30d'],
    ['search topic:servic', 'Did you mean service?'],
    ['search channel:surve1', 'Did you mean survey?'],
    ['search site:火星店', 'There are: 徐汇店'],
    ['search stage:suport', 'Did you mean support?'],
    ['search tag:chargin', 'Did you mean charging?'],
    ['search tag:xyzzy', 'There are: brakes, '],
    ['search class:stron', 'Did you mean strong?'],
    ['search class:xyzzy', 'There are: strong-churn, '],
    ['search customer:nobody', 'No customer fits "nobody"'],
    ['search site:', 'Nothing follows "site:"'],
    ['search V-999', 'There is no voice V-999'],
    [`search ${'长'.repeat(400)}`, 'That is too long'],
    ['label', 'Which voice?'],
    ['label V-1', 'Neither a mood nor a topic'],
    ['label V-1 negativ', 'Did you mean negative?'],
    ['label V-1 happy', 'Moods are negative, neutral and positive. Topics are product'],
    ['search "', 'Search for what?'],
    ['label V-1 negative nonsense', 'There is no topic "nonsense"'],
    ['ideas zzzz', 'There is no topic "zzzz"'],
  ])('%s is refused in a sentence', async (line, words) => {
    expect(english(await ask(line))).toContain(words)
  })

  it('takes a person’s word for a voice, shows it, and keeps who said so', async () => {
    const [{ by } = { by: '' }] = quotes((await ask('search 服务态度')).en)
    const no = /^V-\d+/.exec(by)![0]
    const shown = await ask(`search ${no}`)
    expect(shown.en.buttons.map(({ args }) => args)).toEqual(
      ['negative', 'neutral', 'positive'].map((mood) => `${no} ${mood}`),
    )
    const labelled = await ask(`label ${no} negative 等待 service`)
    expect(english(labelled)).toContain('negative (by hand)')
    expect(await found('label:negative 态度')).toHaveLength(1)
    expect(await company.ctx.store.settings.changes(`voice ${no}`, 5)).toMatchObject([
      { by: 'lin', after: expect.stringMatching(/^negative .*service$/) },
    ])
    await company.run('read')
    await ask(`label ${no} positive`)
    expect(await found('label:negative 态度')).toHaveLength(0)
    expect(english(await ask(`label ${no} positive`, 'vera'))).not.toContain('by hand')
  })

  it('collects wishes, alike ones together', async () => {
    const [most, other] = quotes((await ask('ideas')).en)
    expect([most!.text, other!.text]).toEqual(['希望可以在线预约', '希望多开几个充电桩'])
    expect(most!.by).toMatch(/^2 customers · worth .* · last 22 May · V-\d+$/)
    expect(quotes((await ask('ideas 预约')).zh)[0]!.by).toMatch(/^2 位客户 · 价值/)
    expect(english(await ask('ideas price'))).toContain('No such wish')
  })

  it('lists who is still here and has said nothing, those of most value first', async () => {
    const { en, zh } = await ask('survey')
    const rows = cellsOf(en)
    expect(rows[0]).toEqual([
      ...[expect.stringMatching(/^C-\d+ 客户30$/), '虹桥店', 'Zhou Qihang', 'CN¥30,000'],
      ...['Never', '2 Apr', 'Not known'],
    ])
    expect(en.subtitle).toBe('5 of 30 present customers (17%) have said nothing for 365 days')
    expect(zh.subtitle).toBe('30 位现有客户中，5 位（17%）365 天没有反馈')
    expect(cellsOf((await ask('survey page 99')).en)).toHaveLength(5)
    expect(cellsOf((await ask('survey 徐汇')).en).every(([, site]) => site === '徐汇店')).toBe(true)
    expect(cellsOf((await ask('survey 林晓雯')).en).every(([, , owner]) => owner === 'Lin Xiaowen')).toBe(
      true,
    )
    expect(english(await ask('survey 火星店'))).toContain('No present customer has')
  })

  it('gives everything that is found as a table for a spreadsheet', async () => {
    const seen: string[] = []
    const terminal = { ...openTerminal(false), table: (written: string) => void seen.push(written) }
    await listVerb(company.ctx, terminal, 'search', { words: ['refund'], csv: true, json: false })
    expect(seen[0]).toMatch(
      /^\ufeff编号,日期,渠道,客户,[^\n]+\r\nV-\d+,2026-05-23,工单,C-\d+,客户6,,,负面,-[\d.]+,[^,]*,"The refunds took ages, [^"]+"\r\n$/,
    )
    await listVerb(company.ctx, terminal, 'survey', { words: ['徐汇'], csv: true, json: false })
    expect(seen[1]!.split('\r\n')).toHaveLength(cellsOf((await ask('survey 徐汇')).en).length + 2)
    const told: object[] = []
    const asJson = { ...terminal, result: (data: object) => void told.push(data) }
    await listVerb(company.ctx, asJson, 'survey', { json: true })
    expect(told[0]).toMatchObject({
      rows: expect.arrayContaining([expect.objectContaining({ name: '客户30', lifetimeValue: '30000.00' })]),
      more: false,
    })
    const { name, csv } = await company.desk.table('lin', 'search refund')
    expect(name).toBe('search-2026-06-01.csv')
    expect(csv).toBe(seen[0])
    expect((await ask('search refund')).en.table).toBe('search refund')
    await expect(company.desk.table('vera', 'survey')).rejects.toThrow(
      'There is no table of "survey" for you',
    )
    await expect(company.desk.table('ye', 'config set x')).rejects.toThrow('There is no table of "config"')
    expect(await company.ctx.store.settings.changes('table', 5)).toMatchObject([
      { by: 'lin', after: { line: 'search refund', rows: 1 } },
    ])
  })
})
