import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { WireMessage } from '../../src/chat/console/wire.ts'
import { DAY } from '../../src/clock.ts'
import { COUNT, type Company, NOW, openCompany, QUIET_FROM, wordsOf } from '../commands/company.ts'
import { onePlace } from '../places.ts'

/** What people say on ordinary days. */
const CALM = ['预约很方便', '咖啡不错', '空调有点冷', '停车不好找', '顾问很热情', '等了一会儿']
const ANGRY = '修了三次都没好，我要退款！'

interface Voice {
  readonly id: string
  readonly customer: string
  readonly at: string
  readonly channel: string
  readonly text: string
}

function calm(days: number): Voice[] {
  return Array.from({ length: days * 4 }, (_, index) => {
    const at = new Date(Date.parse(NOW) - (2 + index / 4) * DAY)
    return {
      ...{ id: `calm${index}`, customer: `K${1 + ((index * 7) % COUNT)}`, channel: 'survey' },
      ...{ at: at.toISOString(), text: `${CALM[(index * 5) % CALM.length]}，第${index}条` },
    }
  })
}

const angry = (from: number, to: number, at: string): Voice[] =>
  Array.from({ length: to - from + 1 }, (_, index) => ({
    ...{ id: `v${from + index}`, customer: `K${from + index}`, channel: 'chat', at, text: ANGRY },
  }))

describe.each(onePlace)('the sentinel on $name', (place) => {
  let company: Company
  const voices = [...calm(60), ...angry(1, QUIET_FROM - 1, '2026-05-31 21:14')]
  const tell = async (...more: Voice[]): Promise<void> => {
    voices.push(...more)
    company.write('voices.ndjson', voices.map((voice) => `${JSON.stringify(voice)}\n`).join(''))
    await company.run('pull')
    await company.run('read')
  }
  const parents = async (): Promise<WireMessage[]> =>
    (await company.channel('alerts')).filter(({ card }) => card?.en.badge?.startsWith('S-'))
  const threadOf = async (customer: number): Promise<string[]> =>
    (await company.thread(await company.cardOf(customer))).map(({ card }) => card!.en.title)

  beforeAll(async () => {
    company = await openCompany(place)
    await tell()
  })
  afterAll(() => company.close())

  it('opens one storm, with one card, for what shows in many series', async () => {
    const report = await company.run('sentinel')
    expect(report.more).toEqual({ opened: 1, ended: 0, joined: QUIET_FROM - 1 })
    const [parent, ...others] = await parents()
    expect(others).toEqual([])
    const { zh, en } = parent!.card!
    expect(en.subtitle).toMatch(/^Unclaimed · 25 in 24 hours, usually \d–\d$/)
    expect(zh.title).toContain('突然变多')
    expect(wordsOf(en)).toContain('25, worth CN¥')
    expect(en.blocks.filter(({ kind }) => kind === 'quote')).toHaveLength(3)
    expect(wordsOf(en)).toMatch(/Cases that belong to it: (A-\d+, ){11}A-\d+ and 13 more/)
    expect(wordsOf(en)).toContain('The same shows in: ')
    expect((await threadOf(3)).at(-1)).toMatch(/^Not the only one: this customer’s voice is part of S-1 /)
  })

  it('says nothing twice, however often it looks', async () => {
    const before = await company.sql('SELECT count(*)::int AS sent FROM outbox')
    const report = await company.run('sentinel')
    expect(report.more).toEqual({ opened: 0, ended: 0, joined: 0 })
    expect(await company.sql('SELECT count(*)::int AS sent FROM outbox')).toEqual(before)
  })

  it('edits the card while it goes on', async () => {
    company.clock.advanceTo(new Date('2026-06-01T12:00:00+08:00'))
    await tell(...angry(QUIET_FROM, COUNT, '2026-06-01 10:00'))
    await company.run('sentinel')
    const all = await parents()
    expect(all).toHaveLength(1)
    expect(all[0]!.card!.en.subtitle).toContain('30 in 24 hours')
  })

  it('is claimed by one, from its card, whatever the button says', async () => {
    const [parent] = await parents()
    const press = (person: string) =>
      company.desk.press({
        ...{ person, channel: 'alerts', message: parent!.id, command: 'storms', args: 'claim S-99' },
        ...{ form: null, request: `press ${person}` },
      })
    expect((await press('lin')).note!.en.title).toBe('S-1 is yours')
    expect((await press('zhou')).note!.en.title).toBe('S-1 stays as it is')
    await company.run('sentinel')
    expect((await parents())[0]!.card!.en.subtitle).toContain('Being worked on')
    expect((await company.thread(parent!)).map(({ card }) => card!.en.title)).toEqual([
      'Lin Xiaowen claimed this.',
    ])
  })

  it('tells the cases how it was closed, once that can no longer be taken back', async () => {
    await company.say('lin', 'storms close S-1 data 接口重复推送')
    expect(wordsOf((await company.say('lin', 'storms undo S-1')).en)).toContain('S-1: undone')
    await company.say('lin', 'storms close S-1 real 新批次刹车片有问题')
    await company.run('sentinel')
    expect((await threadOf(3)).some((line) => line.includes('closed S-1'))).toBe(false)
    // Each step stands in the sealed record.
    const noted = await company.ctx.store.settings.changes('storm S-1', 9)
    expect(noted.map(({ by, after }) => [by, Object.keys(after as object)[0]])).toEqual(
      expect.arrayContaining([
        ['lin', 'closed'],
        ['lin', 'claimed'],
      ]),
    )
    company.clock.advance(61_000)
    await company.run('sentinel')
    await company.run('sentinel')
    expect((await threadOf(3)).filter((line) => line.includes('closed S-1'))).toEqual([
      'Lin Xiaowen closed S-1: a real problem.',
    ])
    expect((await parents())[0]!.card!.en.accent).toBe('muted')
    expect(wordsOf((await company.say('lin', 'storms undo S-1')).en)).toContain('can no longer be undone')
  })

  it('does not begin again while it lasts, and ends three days after', async () => {
    expect((await company.sql('SELECT ended_at FROM storm'))[0]).toEqual({ ended_at: null })
    for (const hours of [24, 48, 73]) {
      company.clock.advanceTo(new Date(Date.parse('2026-06-02T10:00:00+08:00') + hours * 3_600_000))
      await company.run('sentinel')
    }
    const storms = await company.sql('SELECT no, ended_at IS NULL AS running FROM storm')
    expect(storms).toEqual([{ no: 1, running: false }])
  })

  it('hears a word that stands in no list, and none of a text that is passed on', async () => {
    company.clock.advanceTo(new Date('2026-06-14T12:00:00+08:00'))
    // Forty voices on each of as many days, so that twenty more are no storm of all voices.
    await company.sql(`
      INSERT INTO feedback (id, customer, source, source_id, at, channel, text)
      SELECT gen_random_uuid(), (SELECT id FROM customer WHERE no = 1 + n % ${COUNT}), 's', 's' || n, timestamptz '2026-06-14 09:00+08' - make_interval(mins => n * 36 + 30), 'survey',
        (ARRAY['今天路过', '路上顺利', '一切照旧', '还在看车'])[1 + n % 4] || '，第' || n || '天'
      FROM generate_series(0, 1600) n`)
    const asks = ['我在车里看到', '这次问的是', '想知道', '说的是', '好奇']
    const said = (index: number) => `${asks[index % 5]}香薰${['吗', '', '对吧', '来着'][index % 4]}`
    const at = '2026-06-14 10:00'
    const mail = (index: number) => `您好第${index}位车主，露营照片已送达`
    const voice = (index: number, words: string) => ({
      ...{ id: `w${index} ${words}`, customer: `K${1 + index}`, at, channel: 'survey', text: words },
    })
    const people = Array.from({ length: 20 }, (_, index) => index)
    await tell(...people.map((index) => voice(index, said(index))))
    await tell(...people.slice(2).map((index) => voice(index, mail(index))))
    expect((await company.run('sentinel')).more).toMatchObject({ opened: 1 })
    const word = (await parents()).find(({ card }) => card!.en.badge === 'S-2')!.card!
    expect(word.en.title).toBe('Many people suddenly say “香薰”')
    expect(word.zh.subtitle).toBe('待认领 · 近 24 小时 20 人，平时 0–1 人')
    expect(wordsOf(word.zh)).not.toContain('露营')
    expect((await company.run('sentinel')).more).toMatchObject({ opened: 0, ended: 0 })
  })

  it('helps to type the line', async () => {
    const hints = async (line: string) =>
      (await company.desk.complete('lin', line)).map(({ line: next, detail }) => `${next}| ${detail.en}`)
    expect(await hints('storms c')).toEqual([
      'storms claim | Take one on',
      'storms close | Close one and say what it was',
    ])
    expect((await hints('storms S-')).join()).toMatch(/^storms S-2\| “香薰”,storms S-1\| [A-Z]/)
    expect((await hints('storms close 1')).join()).toMatch(/^storms close S-1 \|/)
    expect(await hints('storms close S-1 r')).toEqual(['storms close S-1 real | A real problem'])
    expect(await hints('storms nonsense')).toEqual([])
  })

  it('lists storms, and says what is wrong with what it is told', async () => {
    const list = await company.say('vera', 'storms')
    expect(list.en.subtitle).toBe('1 running')
    expect(wordsOf(list.zh)).toContain('已关闭')
    expect(wordsOf((await company.say('vera', 'storms S-1')).en)).toContain('新批次刹车片有问题')
    for (const [line, said] of [
      ['storms S-7', 'There is no storm S-7'],
      ['storms everything', 'means nothing here'],
      ['storms claim S-1', 'takes a CSM'],
    ] as const)
      expect(wordsOf((await company.say('vera', line)).en)).toContain(said)
  })
})
