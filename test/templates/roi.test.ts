import { expect, test } from 'vitest'
import { DAY, HOUR } from '../../src/clock.ts'
import type { Told } from '../../src/reports/effect.ts'
import { medianEstimate, shareEstimate } from '../../src/reports/interval.ts'
import { gateLine } from '../../src/reports/pilot.ts'
import { text } from '../../src/text.ts'
import { noEffectNote, type RoiCardData, roiCard } from '../../templates/roi.ts'
import { type PilotCardData, pilotCard } from '../../templates/roi-pilot.ts'
import { type RoiTeamData, roiTeamCard } from '../../templates/roi-team.ts'
import { both } from './both.ts'
import { ago, NOW } from './cases.ts'

const told = (count: number, of: number): Told => ({
  ...{ of, least: 10 },
  estimate: of < 10 ? null : shareEstimate(count, of),
})
const medians = (middle: number): Told => ({
  ...{ of: 30, least: 10 },
  estimate: medianEstimate(Array.from({ length: 30 }, (_, at) => (middle * (at + 1)) / 15.5)),
})
const line = (before: number, now: number) => ({
  ...{ before: shareEstimate(before, 1_000), now: shareEstimate(now, 1_000), of: 1_000 },
  change: { by: -0.024, low: -0.04, high: -0.01, clear: true },
})
const spent = {
  ...{ oneOffMinor: 200_000_00, runningMinor: 164_271_00, grantedMinor: 31_000_00 },
  ...{ contacts: 412, contactsMinor: 82_400_00, totalMinor: 477_671_00 },
}
const back = {
  spent,
  valueMinor: { value: 1_820_000_00, low: 1_200_000_00, high: 2_440_000_00, of: 31 },
  roi: { value: 2.81, low: 1.51, high: 4.1, of: 31 },
}
const arm = (count: number, of: number) => ({ of, left: shareEstimate(count, of) })
const full: RoiCardData = {
  ...{
    period: { from: ago(250 * DAY), to: NOW },
    live: ago(250 * DAY),
    inactiveDays: 180,
    currency: 'CNY',
    cases: 431,
  },
  effect: {
    ...{
      early: told(73, 100),
      lead: medians(34),
      retention: told(60, 100),
      accepted: told(380, 431),
      unended: 3,
    },
    tiers: (['P0', 'P1', 'P2'] as const).map((tier, at) => ({
      ...{ tier, precision: told(40, [60, 50, 8][at]!), left: 12, retention: told(30, [40, 60, 4][at]!) },
    })),
    byCause: [
      { name: 'service', retention: told(31, 40), lost: 9 },
      { name: 'unknown', retention: told(2, 8), lost: 6 },
    ],
    byReason: [
      { name: 'moved', retention: told(2, 30), lost: 28 },
      { name: 'other', retention: told(1, 3), lost: 2 },
    ],
    reasonsTold: true,
    ...{ toCard: medians(9 * HOUR), toContact: medians(31 * HOUR) },
  },
  kept: { claim: told(88, 96), reach: told(70, 90), outcome: told(3, 8) },
  automated: told(41, 52),
  auc: { value: 0.871, low: 0.83, high: 0.912, of: 900 },
  fall: {
    ...{
      before: { from: ago(200 * DAY), to: ago(130 * DAY) },
      now: { from: ago(130 * DAY), to: ago(60 * DAY) },
    },
    all: line(64, 40),
    byValue: [
      { valueTier: 'high', ...line(64, 40) },
      { valueTier: null, ...line(64, 40) },
    ],
    byOwner: [],
  },
  worth: { minor: 40_000_00, declared: 1_203, estimated: 297 },
  worked: {
    nps: {
      ...{ before: -20, after: 5.4, of: 14, least: 10, isSmall: true },
      change: { by: 25.4, low: 3, high: 47, clear: true },
    },
    gained: {
      ...{ before: 820_00, after: 790_00, of: 212, least: 10, isSmall: false, days: 90 },
      change: { by: -30_00, low: -200_00, high: 140_00, clear: false },
    },
  },
  enough: 10,
  ...{ fallFrom: ago(-20 * DAY), keptCustomers: 31, fromCases: back, fromFall: back, dataAgeHours: 2 },
  costPerKept: { value: 15_408_00, low: 11_000_00, high: 23_000_00, of: 31 },
  holdout: {
    ...{ share: 0.1, drawn: 420, least: 30, held: arm(21, 41), contacted: arm(70, 300) },
    difference: { by: -0.279, low: -0.42, high: -0.13, clear: true },
  },
}
const nothing: RoiCardData = {
  ...full,
  ...{ period: { from: NOW, to: new Date(+NOW + 1) }, live: NOW, cases: 1 },
  effect: {
    ...full.effect,
    early: told(0, 4),
    unended: 0,
    lead: { of: 0, least: 10, estimate: null },
    byCause: [],
    byReason: [],
  },
  worked: {
    nps: { before: null, after: null, change: null, of: 3, least: 10, isSmall: false },
    gained: { before: null, after: null, change: null, of: 0, least: 10, isSmall: false, days: 90 },
  },
  ...{
    automated: null,
    auc: null,
    fall: null,
    worth: null,
    fromFall: null,
    keptCustomers: 3,
    costPerKept: null,
  },
  fromCases: { spent, valueMinor: null, roi: null },
  holdout: {
    ...{ share: 0, drawn: 0, least: 30, difference: null },
    ...{ held: { of: 0, left: null }, contacted: { of: 0, left: null } },
  },
}

test('effect and return, with everything to tell and with next to nothing', () => {
  const wordless = { ...full, effect: { ...full.effect, reasonsTold: false } }
  expect(both(roiCard, wordless)).toContain('Moved away | — | 28')
  const cards = [both(roiCard, full), both(roiCard, nothing), both(noEffectNote, null)]
  expect(cards.join('\n------\n')).toMatchSnapshot()
})

test('asked for more than there is, it says how much of it is known', () => {
  const early = { ...nothing, period: { from: ago(90 * DAY), to: NOW }, live: ago(6 * DAY) }
  const words = both(roiCard, { ...early, fallFrom: null })
  expect(words).toContain('第一个预警是5月26日开出的：要看的 90 天里，只有 6 天有记录。')
  expect(words).toContain('The first case dates from 26 May: of the 90 days asked for, 6 are known.')
  expect(words).toContain('too short a time: it takes 30 days of work')
  expect(words).not.toContain('not enough data yet, known from')
  expect(both(roiCard, { ...early, live: ago(DAY) })).toContain(
    'dates from yesterday: of the 90 days asked for, 1 is',
  )
  expect(both(roiCard, { ...early, period: { from: ago(90 * DAY), to: ago(30 * DAY) } })).toContain(
    'The first case dates from 26 May, after this time: nothing is known of it.',
  )
  expect(both(roiCard, full)).not.toContain('The first case dates from')
})

test('the effect by CSM', () => {
  const data: RoiTeamData = {
    ...{ before: full.fall!.before, now: full.fall!.now, sinceLive: true, inactiveDays: 180 },
    rows: [
      { name: text('林晓雯', 'Lin Xiaowen'), load: 4, waiting: 2, ...line(64, 40) },
      { name: null, load: 0, waiting: 0, before: null, now: null, change: null, of: 3 },
    ],
    ...{ total: 2, page: 1, pages: 1, dataAgeHours: 2 },
  }
  expect(both(roiTeamCard, data)).toMatchSnapshot()
  expect(both(roiTeamCard, { ...data, sinceLive: false, rows: [] })).toContain('neither stretch shows yet')
})

test('the pilot’s gate', () => {
  const span = { from: ago(60 * DAY), to: NOW }
  const pilot: PilotCardData = {
    ...{ places: ['华东', '虹桥店'], customers: 214, topShare: 0.3, period: span, dataAgeHours: 2 },
    backtest: { ...span, flagged: 61 },
    lines: [
      gateLine('churn', [['backtest', told(44, 61)]]),
      gateLine('lead', [['cases', medians(29)]]),
      gateLine('retention', [['cases', told(2, 6)]]),
    ],
  }
  expect(both(pilotCard, pilot)).toMatchSnapshot()
  expect(both(pilotCard, { ...pilot, places: [], period: null })).toContain('No case has been opened yet')
})
