import type { HoldoutTerms } from '../alerts/holdout.ts'
import { minorDigits } from '../records/money.ts'
import { GATE, type Gate } from '../reports/pilot.ts'
import type { AlertTier } from '../risk/assessment.ts'
import { text } from '../text.ts'
import { numberSetting as number, type SettingDefinition, type SettingValue } from './setting.ts'

/** What the work costs, in whole units of the company's currency, and whether some customers are left uncontacted to measure it. */
export const EFFECT_SETTINGS: readonly SettingDefinition[] = [
  number(
    'roi.one-off',
    'money',
    0,
    0,
    1e12,
    text('一次性投入（上线、接数据、培训）', 'Spent once: going live, connecting data, training'),
  ),
  number(
    'roi.monthly',
    'money',
    0,
    0,
    1e12,
    text(
      '每月的运行费用（不含联系成本和权益）',
      'Running cost a month, without contacts and what is granted',
    ),
  ),
  number(
    'holdout.share',
    'share',
    0,
    0,
    0.2,
    text(
      '随机留多少客户只评分、不联系，用来衡量效果；0 为不留',
      'Share of customers scored but not contacted, to measure the effect; 0: none',
    ),
  ),
  {
    name: 'holdout.tiers',
    kind: 'choice',
    about: text('哪些等级可以留作对照', 'Tiers that may be held out'),
    options: [
      { value: 'p2', title: text('只有 P2', 'P2 only') },
      { value: 'p1-p2', title: text('P1 和 P2', 'P1 and P2') },
      { value: 'p0-p2', title: text('P0 也在内', 'P0 as well') },
    ],
    initial: 'p1-p2',
  },
]

/** What a pilot must show before more stores follow. */
export const PILOT_SETTINGS: readonly SettingDefinition[] = [
  number(
    'pilot.churn',
    'share',
    GATE.churn,
    0.05,
    1,
    text('试点过关：被预警的客户里真会流失的占比', 'Pilot gate: share of the flagged who really leave'),
  ),
  number(
    'pilot.lead',
    'days',
    GATE.lead,
    1,
    180,
    text('试点过关：提前多少天预警', 'Pilot gate: days of lead'),
  ),
  number(
    'pilot.retention',
    'share',
    GATE.retention,
    0.05,
    1,
    text('试点过关：挽留成功的占比', 'Pilot gate: share of the customers kept'),
  ),
]

export function gateOf(value: (name: string) => SettingValue): Gate {
  return {
    churn: Number(value('pilot.churn')),
    lead: Number(value('pilot.lead')),
    retention: Number(value('pilot.retention')),
  }
}

const HELD: Readonly<Record<string, readonly AlertTier[]>> = {
  p2: ['P2'],
  'p1-p2': ['P1', 'P2'],
  'p0-p2': ['P0', 'P1', 'P2'],
}

export function holdoutOf(value: (name: string) => SettingValue): HoldoutTerms {
  return {
    share: Number(value('holdout.share')),
    tiers: new Set(HELD[String(value('holdout.tiers'))]),
  }
}

/** Costs in minor units. */
export interface EffectCosts {
  readonly oneOffMinor: number
  readonly monthlyMinor: number
  /** One call or visit: what `act.cost` says. */
  readonly contactMinor: number
}

export function effectCosts(value: (name: string) => SettingValue, currency: string): EffectCosts {
  const minor = (name: string) => Math.round(Number(value(name)) * 10 ** minorDigits(currency))
  return {
    oneOffMinor: minor('roi.one-off'),
    monthlyMinor: minor('roi.monthly'),
    contactMinor: minor('act.cost'),
  }
}
