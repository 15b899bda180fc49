import type { CareTerms } from '../alerts/care.ts'
import type { HoldoutTerms } from '../alerts/holdout.ts'
import type { CaseTerms, SlaHours } from '../alerts/sla.ts'
import { ForeshockError } from '../errors.ts'
import type { Profile } from '../features/profile.ts'
import type { Economics } from '../learning/thresholds.ts'
import type { WorkingTime } from '../records/working-time.ts'
import { weekdaysIn } from '../records/working-time.ts'
import type { Bands } from '../risk/bands.ts'
import type { Terms as StormTerms } from '../sentinel/detect.ts'
import type { SignalTerms } from '../signals/terms.ts'
import { text } from '../text.ts'
import { ADVICE_SETTINGS } from './advice.ts'
import { CARE_SETTINGS, careTermsOf } from './care.ts'
import { CLOCK_SETTINGS, STALE_SETTINGS, TIERS } from './case.ts'
import { CHURN_SETTINGS, withChurnAsSet } from './churn.ts'
import { EFFECT_SETTINGS, holdoutOf, PILOT_SETTINGS } from './effect.ts'
import { GRANT_SETTINGS } from './grant.ts'
import { METRIC_SETTINGS } from './metric.ts'
import { bandsOf, economicsOf, MODEL_SETTINGS, refuseOverlap } from './model.ts'
import type { SettingDefinition, SettingValue } from './setting.ts'
import { numberSetting, storedSetting } from './setting.ts'
import { SIGNAL_SETTINGS, signalTermsOf } from './signal.ts'
import { STORM_SETTINGS, stormTermsOf } from './storm.ts'

/** Every setting an admin can change from chat, in the order `config` lists them. */
export const SETTINGS: readonly SettingDefinition[] = [
  ...CLOCK_SETTINGS,
  {
    name: 'hours.days',
    kind: 'weekdays',
    about: text('哪几天上班', 'Working days'),
    initial: 'mon-fri',
  },
  numberSetting('hours.from', 'o’clock', 9, 0, 23.5, text('几点上班', 'Work begins')),
  numberSetting('hours.to', 'o’clock', 18, 0.5, 24, text('几点下班', 'Work ends')),
  { name: 'hours.holidays', kind: 'dates', about: text('节假日', 'Holidays'), initial: '' },
  numberSetting(
    'remind.first',
    'share',
    0.5,
    0.1,
    0.95,
    text('时限过了多少第一次提醒', 'Part of a deadline until the first reminder'),
  ),
  numberSetting(
    'remind.second',
    'share',
    0.8,
    0.1,
    0.95,
    text('时限过了多少再次提醒', 'Part of a deadline until the second reminder'),
  ),
  numberSetting(
    'escalate.after',
    'share',
    0.5,
    0.1,
    4,
    text('超时后再过时限的多少，上报更高一级', 'Overdue by this part of the deadline: told one level higher'),
  ),
  ...STALE_SETTINGS,
  numberSetting(
    'capacity.daily',
    'cases',
    12,
    1,
    200,
    text('每位客户经理每天最多几个新预警', 'New cases a day for each CSM'),
  ),
  numberSetting(
    'undo.seconds',
    'seconds',
    60,
    10,
    600,
    text('操作后多久内可以撤销', 'How long an action can be undone'),
  ),
  numberSetting(
    'watch.days',
    'days',
    30,
    7,
    180,
    text('标记挽留后的观察期', 'Watch after a customer is marked retained'),
  ),
  ...GRANT_SETTINGS,
  ...MODEL_SETTINGS,
  ...METRIC_SETTINGS,
  ...ADVICE_SETTINGS,
  ...EFFECT_SETTINGS,
  ...PILOT_SETTINGS,
  ...CARE_SETTINGS,
  numberSetting(
    'words.days',
    'days',
    14,
    1,
    30,
    text('流失词在多少天内算数', 'How long a churn word counts'),
  ),
  ...CHURN_SETTINGS,
  ...SIGNAL_SETTINGS,
  ...STORM_SETTINGS,
  numberSetting(
    'value.top-share',
    'share',
    0.3,
    0.01,
    0.9,
    text(
      '未声明价值等级时，LTV 前多少算高价值',
      'Top share by LTV that is high value where no tier is declared',
    ),
  ),
]

/** The present value of every setting. */
export interface Settings extends CaseTerms {
  readonly wordsDays: number
  /** What a silence and a break of mood are. */
  readonly signalTerms: SignalTerms
  readonly topShare: number
  /** From when on voices are a storm. */
  readonly storms: StormTerms
  /** New cases a day for each CSM. */
  readonly capacity: number
  /** From which probability of the model on a customer is in which tier. */
  readonly bands: Bands
  /** What a contact costs and brings. */
  readonly economics: Omit<Economics, 'perDay'>
  /** Who of those to be warned of is left uncontacted. */
  readonly holdout: HoldoutTerms
  /** How much automated care leaves. */
  readonly care: CareTerms
  value(name: string): SettingValue
}

/** Stored values over defaults; a stored value that no longer fits its range falls back to the default. */
export function settingsFrom(stored: ReadonlyMap<string, unknown>, timeZone: string): Settings {
  const values = new Map(
    SETTINGS.map((setting) => [
      setting.name,
      storedSetting(setting, stored.get(setting.name)) ?? setting.initial,
    ]),
  )
  const value = (name: string): SettingValue => values.get(name)!
  const figure = (name: string): number => Number(value(name))
  const hours = (tier: string) => ({
    claim: figure(`sla.${tier}.claim`),
    reach: figure(`sla.${tier}.reach`),
    outcome: figure(`sla.${tier}.outcome`),
  })
  const sla: SlaHours = { P0: hours('p0'), P1: hours('p1'), P2: hours('p2') }
  return {
    sla,
    atWorkOnly: new Set(TIERS.filter((tier) => value(`sla.${tier.toLowerCase()}.hours`) === 'business')),
    working: workingTime(value, timeZone),
    reminders: [figure('remind.first'), figure('remind.second')],
    escalateAfter: figure('escalate.after'),
    stale: { P0: figure('stale.p0'), P1: figure('stale.p1'), P2: figure('stale.p2') },
    undoMs: figure('undo.seconds') * 1_000,
    watchDays: figure('watch.days'),
    wordsDays: figure('words.days'),
    signalTerms: signalTermsOf(figure),
    topShare: figure('value.top-share'),
    capacity: figure('capacity.daily'),
    storms: stormTermsOf(value),
    bands: bandsOf(figure),
    economics: economicsOf(figure),
    holdout: holdoutOf(value),
    care: careTermsOf(figure),
    value,
  }
}

/** The profile with leaving as it is set from chat: what a start begins with holds until the next. */
export function profileAsSet(
  profile: Profile,
  stored: ReadonlyMap<string, unknown>,
  timeZone: string,
): Profile {
  return withChurnAsSet(profile, settingsFrom(stored, timeZone).value)
}

/**
 * Refuses a value that makes no sense beside another setting.
 *
 * @throws ForeshockError BAD_INPUT
 */
export function refuseClash(name: string, value: SettingValue, settings: Settings): void {
  const after = (each: string) => Number(each === name ? value : settings.value(each))
  refuseOverlap(name, after)
  const [from, to] = [after('hours.from'), after('hours.to')]
  if (from < to) return
  throw new ForeshockError(
    'BAD_INPUT',
    text(
      `上班时间要早于下班时间，现在会变成 ${from} 点到 ${to} 点。`,
      `Work would begin at ${from} and end at ${to} o’clock.`,
    ),
    text('先改 hours.from 或 hours.to 中的另一项。', 'Change the other of hours.from and hours.to first.'),
  )
}

/** Hours set the wrong way round leave a working day of one hour rather than none. */
function workingTime(value: (name: string) => SettingValue, timeZone: string): WorkingTime {
  const from = Number(value('hours.from'))
  const to = Math.max(Number(value('hours.to')), Math.min(from + 1, 24))
  return {
    timeZone,
    days: weekdaysIn(String(value('hours.days')))!,
    from: Math.min(from, to - 0.5),
    to,
    holidays: new Set(String(value('hours.holidays')).split(', ').filter(Boolean)),
  }
}
