import type { Alert, AlertState } from '../../src/alerts/alert.ts'
import { DEFAULT_SLA, dueClocks } from '../../src/alerts/sla.ts'
import { verbsIn } from '../../src/alerts/transition.ts'
import type { View } from '../../src/chat/card.ts'
import { DAY } from '../../src/clock.ts'
import type { Assessment } from '../../src/risk/assessment.ts'
import type { Standing } from '../../src/risk/standing.ts'
import type { Locale } from '../../src/text.ts'
import { text } from '../../src/text.ts'
import type { CustomerFacts } from '../../src/timeline/history.ts'
import type { AlertCardData } from '../../templates/alert.ts'
import { TERMS } from '../alerts/cases.ts'
import { PLAYS } from './plays.ts'

/** One customer of a car brand, her case and the people around it, for every template test. */

export const NOW = new Date('2026-06-01T06:20:00+08:00')
export const view = (locale: Locale): View => ({ locale, timeZone: 'Asia/Shanghai', now: NOW })
export const ago = (milliseconds: number) => new Date(+NOW - milliseconds)

export const LIN = text('林晓雯', 'Lin Xiaowen')
export const SHEN = text('沈立群', 'Shen Liqun')
export const GU = text('顾明远', 'Gu Mingyuan')

export const customer: CustomerFacts = {
  id: 'c-318',
  no: 318,
  name: '何雨婷',
  valueTier: 'high',
  ltvMinor: 8_645_050,
  owner: 'lin',
  region: '华东',
  site: '虹桥店',
  product: '远山 X5',
  firstPurchase: Date.parse('2024-03-12T00:00:00+08:00'),
  attributes: {},
}

export const assessment: Assessment = {
  customer: 'c-318',
  asOf: Date.parse('2026-06-01T06:00:00+08:00'),
  tier: 'P0',
  reason: 'strong-word-high-value',
  signals: ['words', 'change', 'rules'],
  score: 0.86,
  priority: 71,
  highValue: true,
  cause: 'service',
  readings: [
    {
      signal: 'words',
      fired: true,
      strong: true,
      strength: 0.9,
      at: Date.parse('2026-05-30T14:20:00+08:00'),
      basis: ['voice:f-9'],
      evidence: [
        {
          kind: 'quote',
          voice: 'f-9',
          at: Date.parse('2026-05-30T14:20:00+08:00'),
          channel: 'review',
          sentence: '修了三次还是漏油，我要退款，以后不会再来了。',
          terms: ['退款', '不会再来'],
          wordClass: 'strong-churn',
        },
      ],
    },
    {
      signal: 'change',
      fired: true,
      strong: false,
      strength: 0.6,
      at: Date.parse('2026-05-20T10:00:00+08:00'),
      basis: ['visit', 'login'],
      evidence: [
        {
          kind: 'change',
          feature: 'visits_90',
          label: text('到店次数', 'workshop visits'),
          before: 4,
          after: 0,
          how: 'to-nothing',
          days: 90,
        },
        {
          kind: 'change',
          feature: 'visit_spend_90',
          label: text('到店消费', 'service spend'),
          before: 486_000,
          after: 52_050,
          how: 'down',
          days: 90,
        },
        {
          kind: 'rhythm',
          event: 'visit',
          label: text('到店', 'workshop visits'),
          usualDays: 31.4,
          quietDays: 96,
        },
      ],
    },
    {
      signal: 'rules',
      fired: true,
      strong: false,
      strength: 0.4,
      at: Date.parse('2026-05-30T14:20:00+08:00'),
      basis: ['voice'],
      evidence: [
        {
          kind: 'rule',
          rule: 'rating-fell',
          sentence: text(
            '最近一次只打了 2 分，此前平均 9.2 分。',
            'Rated 2 out of 10 this time, after an average of 9.2.',
          ),
        },
      ],
    },
    { signal: 'silence', fired: false, strong: false, strength: 0.1, at: 0, basis: ['voice'], evidence: [] },
  ],
  factors: [
    {
      feature: 'words',
      label: text('流失用语', 'churn words'),
      share: 0.52,
      direction: 'raises',
      before: null,
      after: null,
      segmentMedian: null,
    },
    {
      feature: 'visits_90',
      label: text('近 90 天到店次数', 'visits in the last 90 days'),
      share: 0.27,
      direction: 'raises',
      before: 4,
      after: 0,
      segmentMedian: 2,
    },
    {
      feature: 'rating_last',
      label: text('最近一次评分', 'latest rating'),
      share: 0.14,
      direction: 'raises',
      before: 9.2,
      after: 2,
      segmentMedian: 8.4,
    },
    {
      feature: 'referrals_365',
      label: text('近一年推荐新客数', 'referrals in the last year'),
      share: 0.05,
      direction: 'lowers',
      before: null,
      after: 2,
      segmentMedian: 0,
    },
  ],
  stage: {
    name: 'app-fading',
    sentence: text('App 登录从 12 次降到 2 次。', 'App logins fell from 12 to 2.'),
  },
  segments: { rfm: 'important-keep', lifecycle: 'mature', layer: 'danger' },
  beats: {
    event: 'visit',
    at: [253, 221, 190, 160, 127, 96].map((days) => Date.parse('2026-06-01T06:00:00+08:00') - days * DAY),
  },
  profile: 'auto v1',
  model: 'rules',
  horizon: Date.parse('2026-06-01T04:10:00+08:00'),
}

/** Where she stands, as the shipped data words it. */
export const standing: Standing = {
  stage: {
    label: text('App 使用骤减', 'app going quiet'),
    before: { from: 60, to: 30 },
    sentence: assessment.stage!.sentence,
    strategy: text('先恢复联系，再谈到店。', 'Restore contact before asking for a visit.'),
  },
  layer: {
    label: text('危险客户', 'danger'),
    strategy: text('一人一策，由主管负责。', 'One plan per customer, owned by the lead.'),
  },
  rfm: {
    label: text('重要保持客户', 'important keep'),
    strategy: text(
      '先弄清为什么没来，再决定给什么。',
      'Find out why they stay away before deciding what to give.',
    ),
  },
  lifecycle: {
    label: text('成熟期', 'mature'),
    strategy: text('守住续约，请老客户推荐新客户。', 'Hold the renewal and ask for referrals.'),
  },
}

/** A stage of the case, with the times it would have by then. */
export function alertIn(state: AlertState, more: Partial<Alert> = {}): Alert {
  const openedAt = ago(20 * 60_000)
  const worked = state !== 'open'
  return {
    id: 'a-1042',
    no: 1042,
    customer: customer.id,
    tier: 'P0',
    state,
    version: 3,
    trigger: 'risk',
    previous: null,
    assignee: null,
    owner: worked ? 'lin' : null,
    escalated: 0,
    course: null,
    openedAt,
    claimedAt: worked ? ago(15 * 60_000) : null,
    contactedAt: null,
    closedAt: null,
    watchFrom: null,
    watchUntil: null,
    snoozedUntil: null,
    outcome: null,
    assessment,
    due: dueClocks('P0', openedAt, TERMS)
      .filter(({ clock }) => clock !== 'claim' || !worked)
      .map((due) => ({ ...due, missed: false })),
    ...more,
  }
}

export function cardData(alert: Alert, more: Partial<AlertCardData> = {}): AlertCardData {
  return {
    alert,
    customer,
    ownerName: alert.owner === null ? null : LIN,
    people: { csmName: LIN, leadName: SHEN, managerName: GU },
    money: { currency: 'CNY', features: new Set(['visit_spend_90']) },
    nextStates: verbsIn(alert.state),
    dataAgeHours: 2.2,
    repeatOf: null,
    maskNames: false,
    contactConsent: true,
    ...{ standing, plays: PLAYS },
    deadlines: { ...DEFAULT_SLA[alert.tier], atWork: false },
    ...more,
  }
}
