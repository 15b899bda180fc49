import { expect, test } from 'vitest'
import { DAY, HOUR } from '../../src/clock.ts'
import { text } from '../../src/text.ts'
import { type MorningCardData, morningCard } from '../../templates/morning.ts'
import { noticeCard } from '../../templates/notices.ts'
import { type WeekCardData, weekCard } from '../../templates/week.ts'
import { both } from './both.ts'
import { ago, alertIn, customer, NOW } from './cases.ts'

const one = (no: number, more: Parameters<typeof alertIn>[1] = {}) => ({
  alert: { ...alertIn('claimed', more), no },
  customer,
})
const late = { due: [{ clock: 'reach' as const, at: ago(3 * HOUR), missed: true }] }
const morning: MorningCardData = {
  parts: [
    { part: 'late', cases: [one(1042, late)] },
    { part: 'today', cases: Array.from({ length: 8 }, (_, index) => one(1050 + index)) },
  ],
  ...{ total: 12, waiting: 2, planned: [], dataAgeHours: 1.2 },
  toTell: [{ no: 3, name: text('服务 · 等待', 'Service · Waiting'), count: 4 }],
  money: { currency: 'CNY', features: new Set(['visit_spend_90']) },
}

test('what today asks of one person, and of nobody', () => {
  const free = { ...morning, parts: [], waiting: 0, toTell: [] }
  expect([both(morningCard, morning), both(morningCard, free)].join('\n------\n')).toMatchSnapshot()
})

test('a list of nothing but steps of a plan and what was mended does not say that nothing presses', () => {
  const step = { name: 'listen', says: text('先听', 'Listen'), dueAt: ago(DAY), late: true }
  const planned = [{ ...one(1042), step }]
  const list = { ...morning, parts: [], planned }
  const view = { timeZone: 'Asia/Shanghai', now: NOW }
  const [zh, en] = (['zh', 'en'] as const).map((locale) => morningCard(list, { ...view, locale }))
  expect(zh!.fallback).toBe('今天要办的：八周计划 1 步，要告知的改进 1 项')
  expect(en!.fallback).toBe('What today asks of you: 1 step of a plan, 1 mended topic to tell of')
  expect(JSON.stringify([zh, en])).not.toMatch(/没有要赶的|Nothing presses/)
})

const share = (count: number, of: number) => ({ count, of, value: of < 10 ? null : count / of })
const now = {
  ...{ opened: { P0: 9, P1: 21, P2: 14 }, claimed: 40, contacted: 31, marked: 12, confirmed: 7, relapsed: 2 },
  ...{ keptMinor: 182_000_00, lost: 4, lostMinor: 61_500_00, dismissed: 5 },
  reasons: [
    { reason: 'service', count: 3 },
    { reason: 'moved', count: 1 },
  ],
} as const
const week: WeekCardData = {
  ...{ from: ago(7 * DAY), to: NOW, now, before: { ...now, lost: 0, reasons: [] }, currency: 'CNY' },
  ...{ kept: { claim: share(88, 96), reach: share(70, 90), outcome: share(3, 8) }, slaDays: 30 },
  ...{ churn: share(41, 1_980), churnBefore: share(2, 8), churnDays: 30 },
  soFar: {
    valueMinor: { value: 1_820_000_00, low: 1_200_000_00, high: 2_440_000_00, of: 31 },
    roi: { value: 2.64, low: 1.4, high: 3.88, of: 31 },
  },
  weeks: [4, 9, 12, 8, 20, 31, 28, 44].map((count, index) => ({ at: ago((8 - index) * 7 * DAY), count })),
}

test('a week beside the one before, asked for and as it is posted', () => {
  const { from, to, weeks, ...rest } = week
  const stored = {
    ...{ ...rest, from: from.toISOString(), to: to.toISOString() },
    weeks: weeks.map(({ at, count }) => ({ at: at.toISOString(), count })),
  }
  const asked = both(weekCard, week)
  expect(asked).toMatchSnapshot()
  expect(both(noticeCard, { kind: 'week', data: stored })).toBe(asked)
})
