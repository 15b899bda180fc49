import { z } from 'zod'
import type { CaseTerms, SlaHours } from './alerts/sla.ts'
import { DEFAULT_SLA, SLA_CLOCKS } from './alerts/sla.ts'
import { ForeshockError } from './errors.ts'
import type { AlertTier } from './risk/assessment.ts'
import type { Text } from './text.ts'
import { text } from './text.ts'

/** One figure an admin can change from chat. */
export interface SettingDefinition {
  readonly name: string
  readonly about: Text
  readonly unit: Text
  readonly initial: number
  readonly least: number
  readonly most: number
}

const HOURS = text('小时', 'hours')
const DAYS = text('天', 'days')

const CLOCK_WORDS: Readonly<Record<string, Text>> = {
  claim: text('认领', 'claimed'),
  reach: text('联系上客户', 'customer reached'),
  outcome: text('写明结果', 'outcome written'),
}

/** Every setting, in the order `config` lists them. */
export const SETTINGS: readonly SettingDefinition[] = [
  ...(['P0', 'P1', 'P2'] as const).flatMap((tier) => SLA_CLOCKS.map((clock) => slaSetting(tier, clock))),
  {
    name: 'watch.days',
    about: text('标记挽留后的观察期', 'Watch after a customer is marked retained'),
    unit: DAYS,
    initial: 30,
    least: 7,
    most: 180,
  },
  {
    name: 'words.days',
    about: text('流失词在多少天内算数', 'How long a churn word counts'),
    unit: DAYS,
    initial: 14,
    least: 1,
    most: 30,
  },
  {
    name: 'value.top-share',
    about: text(
      '未声明价值等级时，LTV 前多少算高价值',
      'Top share by LTV that is high value where no tier is declared',
    ),
    unit: text('比例', 'share'),
    initial: 0.3,
    least: 0.01,
    most: 0.9,
  },
]

function slaSetting(tier: AlertTier, clock: (typeof SLA_CLOCKS)[number]): SettingDefinition {
  const words = CLOCK_WORDS[clock]!
  return {
    name: `sla.${tier.toLowerCase()}.${clock}`,
    about: text(`${tier} 预警须在多久内${words.zh}`, `${tier}: time until ${words.en}`),
    unit: HOURS,
    initial: DEFAULT_SLA[tier][clock],
    least: 0.25,
    most: 24 * 60,
  }
}

/** The present value of every setting. */
export interface Settings extends CaseTerms {
  readonly wordsDays: number
  readonly topShare: number
  value(name: string): number
}

/** Stored values over defaults; a stored value that no longer fits its range falls back to the default. */
export function settingsFrom(stored: ReadonlyMap<string, unknown>): Settings {
  const values = new Map(
    SETTINGS.map((setting) => [setting.name, storedOr(setting, stored.get(setting.name))]),
  )
  const value = (name: string): number => values.get(name)!
  const hours = (tier: AlertTier) => ({
    claim: value(`sla.${tier.toLowerCase()}.claim`),
    reach: value(`sla.${tier.toLowerCase()}.reach`),
    outcome: value(`sla.${tier.toLowerCase()}.outcome`),
  })
  const sla: SlaHours = { P0: hours('P0'), P1: hours('P1'), P2: hours('P2') }
  return {
    sla,
    watchDays: value('watch.days'),
    wordsDays: value('words.days'),
    topShare: value('value.top-share'),
    value,
  }
}

function storedOr(setting: SettingDefinition, stored: unknown): number {
  const parsed = z.number().min(setting.least).max(setting.most).safeParse(stored)
  return parsed.success ? parsed.data : setting.initial
}

/**
 * Reads a new value for a setting.
 *
 * @throws ForeshockError BAD_INPUT naming the range and the present value
 */
export function parseSetting(setting: SettingDefinition, words: string, present: number): number {
  const value = /^\d+(\.\d+)?$/.test(words.trim()) ? Number(words) : Number.NaN
  if (value >= setting.least && value <= setting.most) return value
  throw new ForeshockError(
    'BAD_INPUT',
    words.trim() === ''
      ? text(`没写 ${setting.name} 的新值。`, `The new value of ${setting.name} is missing.`)
      : text(`“${words}”不能作为 ${setting.name} 的值。`, `"${words}" cannot be ${setting.name}.`),
    text(
      `请填 ${setting.least} 到 ${setting.most} 之间的数（${setting.unit.zh}），现在是 ${present}。`,
      `Give a number of ${setting.unit.en} from ${setting.least} to ${setting.most}; it is ${present} now.`,
    ),
  )
}
