import { expect, test } from 'vitest'
import { DAY, HOUR } from '../../src/clock.ts'
import type { ChurnReview } from '../../src/reports/churn-review.ts'
import { share } from '../../src/reports/effect.ts'
import { changeBetween, medianEstimate, shareEstimate } from '../../src/reports/interval.ts'
import type { PlayedLine } from '../../src/reports/playbook-review.ts'
import { text } from '../../src/text.ts'
import { churnReviewCard } from '../../templates/churn-review.ts'
import { type PlaybookReviewData, playbookReviewCard } from '../../templates/playbook-review.ts'
import { both } from './both.ts'
import { ago, NOW } from './cases.ts'

const line = (name: string, kept: number, of: number): PlayedLine => ({
  ...{ name, cases: of + 3, retention: share(kept, of) },
  toReach: {
    of,
    least: 10,
    estimate: of < 10 ? null : medianEstimate([5, 6, 7, 9, 30].map((at) => at * HOUR)),
  },
  costPerKept: kept < 10 ? null : { value: 640_00, low: 500_00, high: 820_00, of: kept },
})
const says = text('第 1 周只倾听：问近况、记下原话。', 'Week 1, only listen: ask how they are.')
const [own, others] = [shareEstimate(40, 50), shareEstimate(12, 50)]
const playbooks: PlaybookReviewData = {
  currency: 'CNY',
  review: {
    ...{ from: +ago(130 * DAY), to: +ago(40 * DAY), cases: 112, retention: share(52, 100) },
    books: [line('service', 40, 50), line('price', 12, 50), line('moved', 1, 4)],
    tiers: [line('P0', 30, 40), line('P1', 22, 60)],
    reasons: [line('competitor', 11, 30)],
    gifts: [{ ...line('free-check', 14, 20), says: text('免费检测', 'Free inspection') }],
    steps: [{ name: 'listen', says, due: 31, done: 22 }],
    findings: [
      { about: 'book', name: 'price', own: others, others: own, change: changeBetween(others, own) },
      { about: 'gift', name: 'free-check', own, others, change: changeBetween(own, others) },
      { about: 'step', name: 'listen', own, others, change: changeBetween(own, others) },
      { about: 'soon', name: '', own, others, change: changeBetween(own, others) },
    ],
  },
}

test('the review of playbooks, with something to change and with nothing', () => {
  const { review } = playbooks
  const empty = { ...review, cases: 0, retention: share(0, 0), findings: [] }
  const nothing = { ...empty, books: [], tiers: [], reasons: [], gifts: [], steps: [] }
  const cards = [playbooks, { ...playbooks, review: nothing }].map((data) => both(playbookReviewCard, data))
  expect(cards.join('\n------\n')).toMatchSnapshot()
  expect(both(playbookReviewCard, { ...playbooks, review: { ...review, findings: [] } })).toContain(
    'No difference is large enough to act on',
  )
})

test('the review of churn and return', () => {
  const [before, now] = [shareEstimate(64, 1_000), shareEstimate(40, 1_000)]
  const churn = { before, now, change: changeBetween(now, before), of: 1_000 }
  const spent = {
    ...{ oneOffMinor: 200_000_00, runningMinor: 164_271_00, grantedMinor: 31_000_00 },
    ...{ contacts: 412, contactsMinor: 82_400_00, totalMinor: 477_671_00 },
  }
  const back = {
    spent,
    valueMinor: { value: 1_820_000_00, low: 1_200_000_00, high: 2_440_000_00, of: 31 },
    roi: { value: 2.81, low: 1.51, high: 4.1, of: 31 },
  }
  const side = { cases: 1, keptCustomers: 31, costPerKept: null, fromCases: back }
  const data: ChurnReview = {
    ...{ live: +ago(400 * DAY), inactiveDays: 180, currency: 'CNY' },
    churn: {
      before: { from: +ago(546 * DAY), to: +ago(363 * DAY) },
      now: { from: +ago(363 * DAY), to: +ago(180 * DAY) },
      all: churn,
      byValue: [{ valueTier: 'high', ...churn }],
      byOwner: [
        { name: text('林晓雯', 'Lin Xiaowen'), ...churn },
        { name: null, ...churn },
      ],
    },
    half: { from: +ago(183 * DAY), to: +NOW, ...side },
    sinceLive: {
      ...side,
      ...{ fromFall: back, fallFrom: +ago(190 * DAY) },
      worth: { minor: 40_000_00, declared: 1_203, estimated: 297 },
    },
    unwarned: {
      ...{ since: +ago(363 * DAY), warned: share(70, 100) },
      patterns: [
        { pattern: 'late', count: 18, worthMinor: 900_000_00 },
        { pattern: 'as-ever', count: 12, worthMinor: 0 },
      ],
    },
  }
  const first: ChurnReview = {
    ...data,
    ...{ churn: null, unwarned: { since: data.live, warned: share(0, 0), patterns: [] } },
    half: { ...data.half, fromCases: { spent, valueMinor: null, roi: null } },
    sinceLive: { ...data.sinceLive, fromFall: null, fallFrom: +ago(-9 * DAY), worth: null },
  }
  const early = { ...data, live: +ago(200 * DAY) }
  expect(both(churnReviewCard, early)).toContain('Most of the latest half-year was before going live')
  expect([data, first].map((each) => both(churnReviewCard, each)).join('\n------\n')).toMatchSnapshot()
})
