import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DAY } from '../../src/clock.ts'
import { followedBeside } from '../../src/reports/followed.ts'
import { shareEstimate } from '../../src/reports/interval.ts'
import type { OutsideEvent } from '../../src/reports/outside-event.ts'
import { themeEffect } from '../../src/reports/theme-effect.ts'
import { rankTopics, shareChange } from '../../src/reports/topic-rank.ts'
import { enough, METRICS, metricFigures, NO_VOICES } from '../../src/reports/voice-metric.ts'
import type { TopicQuote } from '../../src/reports/voice-rows.ts'
import { LOCALES, text } from '../../src/text.ts'
import { LIMITS } from '../../templates/limits.ts'
import { noticeCard } from '../../templates/notices.ts'
import { type ThemeCardData, themeAddedNote, themeCard, themesCard } from '../../templates/theme.ts'
import { type VocCardData, vocCard } from '../../templates/voc.ts'
import { type VocGroupsCardData, vocGroupsCard } from '../../templates/voc-groups.ts'
import { type VocTopicCardData, vocTopicCard } from '../../templates/voc-topic.ts'
import { both } from './both.ts'
import { ago, LIN, NOW, SHEN, view } from './cases.ts'
import { words } from './hostile.ts'

const WAITING = text('服务 · 等待', 'Service · Waiting')
const PRICE = text('价格 · 费用', 'Price · Cost')
const period = { before: ago(180 * DAY), from: ago(90 * DAY), to: NOW }
const base = { period, enough: 10, money: { currency: 'CNY' }, dataAgeHours: 2 }

const voices = {
  ...{ ...NO_VOICES, voices: 420, read: 400, mood: 48, moodSquares: 120, negative: 130 },
  ...{
    npsOf: 120,
    promoters: 60,
    detractors: 30,
    csatOf: 90,
    satisfied: 60,
    cesOf: 8,
    ces: 60,
    cesSquares: 460,
  },
}
const past = { ...voices, negative: 80, promoters: 70, detractors: 25 }
const figures = metricFigures({
  now: { voices, kept: { customers: 900, left: 45 } },
  before: { voices: past, kept: { customers: 910, left: 20 } },
  usual: { voices: past, kept: null },
  targets: {
    ...{ nps: 30, csat: 0.8, ces: 7, rating: 8 },
    ...{ sentiment: 0.2, negative: 0.25, retention: 0.85, churn: 0.15 },
  },
  days: 90,
})
const quote: TopicQuote & { name: typeof WAITING } = {
  ...{ topic: 'service.waiting', at: ago(4 * DAY), strength: -0.9, name: WAITING },
  ...{ text: '等了三个小时，打 13912345678 也没人理，何雨婷很生气', site: '虹桥店' },
  ...{ customer: 'c-318', customerNo: 318, customerName: '何雨婷' },
}
const months = [0.2, 0.22, null, 0.31, 0.4].map((value, month) => ({
  at: Date.UTC(2026, 1 + month, 0, 16),
  value,
  of: value === null ? 4 : 90,
  outside: month === 3 ? [3, 4] : [],
}))
const outside: readonly OutsideEvent[] = [
  { no: 3, kind: 'promotion', title: '618 大促', first: '2025-12-01', last: '2026-05-20' },
  { no: 4, kind: 'outage', title: '小程序打不开', first: '2026-05-03', last: '2026-05-03' },
]
const topics = rankTopics(
  [
    {
      ...{ topic: 'service.waiting', count: 80, negative: 60, before: 30, negativeBefore: 20 },
      ...{ severity: 90, unhappy: 50, valued: 40, valueMinor: 120_000_000 },
    },
    {
      ...{ topic: 'price.cost', count: 9, negative: 4, before: 8, negativeBefore: 2 },
      ...{ severity: 4, unhappy: 4, valued: 4, valueMinor: 9_000_000 },
    },
  ],
  { now: 400, before: 390 },
)
const names = new Map([
  ['service.waiting', WAITING],
  ['price.cost', PRICE],
])

const overview: VocCardData = {
  asked: 'last month',
  ...{ ...base, outside, figures, voices: 420, unread: 20, allTopics: 11, quotes: [quote] },
  topics: topics.map((topic) => ({ ...topic, name: names.get(topic.topic)! })),
  trends: METRICS.filter(({ name }) => name === 'nps' || name === 'negative').map((metric, at) => ({
    metric,
    months: months.map((month) => ({
      ...month,
      value: at === 1 || month.value === null ? month.value : 50 - 100 * month.value,
    })),
  })),
}
const estimate = (count: number, of: number) => (of < 10 ? null : shareEstimate(count, of))
const topicData: VocTopicCardData = {
  ...{ ...base, outside, id: 'service', name: text('服务', 'Service'), months, quotes: [quote] },
  ...{ now: { read: 400, about: 150, negative: 90 }, share: estimate(150, 400), bad: estimate(90, 150) },
  shareChange: shareChange(150, 400, 100, 390),
  badChange: shareChange(90, 150, 40, 100),
  parts: [
    { id: 'service.waiting', name: text('等待', 'Waiting'), about: 80, negative: 60, bad: estimate(60, 80) },
    { id: 'service.skill', name: text('专业水平', 'Competence'), about: 7, negative: 2, bad: null },
  ],
  sites: [
    {
      name: '虹桥店',
      read: 200,
      about: 110,
      negative: 80,
      share: estimate(110, 200),
      bad: estimate(80, 110),
    },
  ],
  followed: followedBeside(
    { alertable: 60, alerted: 30, leavable: 40, left: 12 },
    { alertable: 300, alerted: 40, leavable: 8, left: 1 },
  ),
  alerts: {
    total: 9,
    lost: 1,
    rows: [{ no: 1042, tier: 'P0', state: 'resolved', result: 'lost', customerNo: 318 }],
  },
  ...{ followedDays: 90, inactiveDays: 180 },
  theme: { no: 3, ownerName: LIN, department: null },
}
const groups: VocGroupsCardData = {
  ...{ ...base, by: 'site', asked: 'site 90d without outages', total: 2, page: 1, pages: 2 },
  outside,
  excluded: [outside[1]!],
  all: { voices: 306, figures, salesMinor: 123_400_000 },
  rows: [
    {
      name: text('虹桥店', '虹桥店'),
      voices: 300,
      salesMinor: 123_400_000,
      terms: [WAITING],
      words: ['排队', '空调'],
      kept: 40,
    },
    { name: text('徐汇店', '徐汇店'), voices: 6, salesMinor: null, terms: [], words: ['停车'], kept: 0 },
  ].map(({ kept, ...row }) => ({
    ...row,
    figures: METRICS.map((metric) => {
      const found = row.voices < 10 ? null : metric.of({ voices, kept: { customers: 500, left: kept } })
      return { metric, estimate: enough(found), of: found?.of ?? 0 }
    }),
  })),
}
const theme: ThemeCardData = {
  ...{ today: '2026-06-01', enough: 10 },
  theme: {
    ...{ no: 3, topic: 'service.waiting', name: WAITING, department: null, owner: 'lin', ownerName: LIN },
    ...{
      due: '2026-05-01',
      by: 'shen',
      byName: SHEN,
      createdAt: ago(60 * DAY),
      doneBy: 'lin',
      doneByName: LIN,
    },
    ...{ doneAt: ago(30 * DAY), fixed: '周末加开两个工位' },
    effect: themeEffect(4, { read: 200, about: 60, negative: 50 }, { read: 210, about: 30, negative: 9 }),
  },
  outside: [outside[0]!],
  alerts: {
    ...{ total: 1, lost: 0 },
    rows: [{ no: 1042, tier: 'P1', state: 'claimed', result: null, customerNo: 318 }],
  },
  alertDays: 90,
  tell: {
    ...{ total: 2, withheld: 5 },
    rows: [
      { no: 318, name: '何雨婷', language: 'zh', at: ago(40 * DAY), ownerName: LIN },
      { no: 77, name: 'Emily Carter', language: 'en-GB', at: ago(50 * DAY), ownerName: null },
    ],
  },
}
const open = { ...theme.theme, no: 4, name: PRICE, doneAt: null, doneByName: null, fixed: null, effect: null }
const list = { themes: [open, theme.theme], total: 2, page: 1, pages: 1, today: '2026-06-01' }

test('the voice of the customer at a glance', () => {
  expect(both(vocCard, overview)).toMatchSnapshot()
  const { buttons } = vocCard(overview, view('en'))
  expect(buttons.map(({ args }) => args)).toContain('product last month')
})
test('one topic', () => expect(both(vocTopicCard, topicData)).toMatchSnapshot())
test('stores side by side', () => expect(both(vocGroupsCard, groups)).toMatchSnapshot())
test('a theme that was mended', () => expect(both(themeCard, theme)).toMatchSnapshot())
test('themes', () => expect(both(themesCard, list)).toMatchSnapshot())
test('a theme is given, and mended', () => {
  const { no, name: topic } = theme.theme
  const given = { no, topic, department: '售后部', owner: LIN, due: '2026-07-01' }
  const tellers = [
    { name: LIN, count: 12 },
    { name: null, count: 1 },
  ]
  const mended = { no, topic, fixed: '周末加开两个工位', by: SHEN, tellers }
  const cards = [
    both(noticeCard, { kind: 'theme-given', data: given }),
    both(noticeCard, { kind: 'theme-late', data: given }),
    both(noticeCard, { kind: 'theme-mended', data: mended }),
  ]
  expect(cards.join('\n\n')).toMatchSnapshot()
})
test('a new theme', () => expect(both(themeAddedNote, open)).toMatchSnapshot())

test('whatever was said and named, a card stays a card and shows no number whole', () => {
  fc.assert(
    fc.property(words, (said) => {
      const named = { zh: said, en: said }
      const hostile = { ...quote, text: said, customerName: said, site: said }
      const cards = LOCALES.flatMap((locale) => [
        vocCard({ ...overview, quotes: [{ ...hostile, name: named }] }, view(locale)),
        vocTopicCard({ ...topicData, name: named, quotes: [hostile, hostile] }, view(locale)),
        vocGroupsCard(
          { ...groups, rows: Array(2).fill({ ...groups.rows[0]!, name: named, terms: [named] }) },
          view(locale),
        ),
        themeCard({ ...theme, theme: { ...theme.theme, fixed: said, name: named } }, view(locale)),
      ])
      const event = { ...outside[0]!, title: said }
      const told = {
        no: 1,
        topic: named,
        fixed: said,
        by: named,
        tellers: Array(99).fill({ name: named, count: 9 }),
      }
      cards.push(
        ...LOCALES.flatMap((locale) => [
          noticeCard({ kind: 'theme-mended', data: told }, view(locale)),
          vocCard({ ...overview, outside: Array(9).fill(event) }, view(locale)),
          vocGroupsCard(
            { ...groups, outside: [event], asked: said, rows: [{ ...groups.rows[0]!, words: [said, said] }] },
            view(locale),
          ),
        ]),
      )
      for (const card of cards) {
        expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThanOrEqual(LIMITS.bytes + 2_000)
        expect(card.blocks.length).toBeLessThanOrEqual(LIMITS.blocks)
        expect(JSON.stringify(card)).not.toContain('\\u202e')
      }
    }),
    { numRuns: 40 },
  )
})
