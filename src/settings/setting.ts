import { ForeshockError } from '../errors.ts'
import { isDate, weekdaysIn } from '../records/working-time.ts'
import type { Text } from '../text.ts'
import { same, text } from '../text.ts'

/** What a setting can be: a number of something, one of a few words, days of the week, or a list of dates. */
export type SettingValue = number | string

interface Named {
  readonly name: string
  readonly about: Text
}

export interface NumberSetting extends Named {
  readonly kind: 'number'
  readonly unit: Unit
  readonly initial: number
  readonly least: number
  readonly most: number
}

export interface ChoiceSetting extends Named {
  readonly kind: 'choice'
  readonly options: readonly { readonly value: string; readonly title: Text }[]
  readonly initial: string
}

/** `mon-fri`, `mon,wed,sat`; or dates such as `2026-10-01, 2026-10-02`. */
export interface ListSetting extends Named {
  readonly kind: 'weekdays' | 'dates'
  readonly initial: string
}

export type SettingDefinition = NumberSetting | ChoiceSetting | ListSetting

export type Unit =
  | 'hours'
  | 'days'
  | 'share'
  | 'o’clock'
  | 'cases'
  | 'voices'
  | 'seconds'
  | 'money'
  | 'points'
  | 'messages'

const UNITS: Readonly<Record<Unit, Text>> = {
  hours: text('小时', 'hours'),
  days: text('天', 'days'),
  share: text('比例', 'share'),
  'o’clock': text('点钟', 'o’clock'),
  cases: text('单', 'cases'),
  voices: text('条', 'voices'),
  seconds: text('秒', 'seconds'),
  money: text('金额', 'money'),
  points: text('分', 'points'),
  messages: text('条', 'messages'),
}

export function numberSetting(
  name: string,
  unit: NumberSetting['unit'],
  initial: number,
  least: number,
  most: number,
  about: Text,
): NumberSetting {
  return { name, kind: 'number', about, unit, initial, least, most }
}

/** A list of holidays fits a card and a year. */
const MOST_DATES = 60

/** As shown: "2 小时" / "2 hours", "9:30", "mon-fri"; a list that is empty is a dash. */
export function writtenSetting(setting: SettingDefinition, value: SettingValue): Text {
  if (setting.kind !== 'number') return same(writtenValue(value))
  if (setting.unit === 'share' || setting.unit === 'money' || setting.unit === 'points')
    return same(String(value))
  if (setting.unit === 'o’clock') {
    const minutes = Math.round(Number(value) * 60)
    return same(`${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`)
  }
  const unit = UNITS[setting.unit]
  return text(`${value} ${unit.zh}`, `${value} ${unit.en}`)
}

/** A stored value, or null when it no longer fits what the setting takes. */
export function storedSetting(setting: SettingDefinition, stored: unknown): SettingValue | null {
  if (setting.kind === 'number') {
    return typeof stored === 'number' && stored >= setting.least && stored <= setting.most ? stored : null
  }
  return typeof stored === 'string' ? read(setting, stored) : null
}

/**
 * Reads a new value for a setting.
 *
 * @throws ForeshockError BAD_INPUT naming what it takes and the present value
 */
export function parseSetting(setting: SettingDefinition, words: string, present: SettingValue): SettingValue {
  const said = words.trim()
  const value = said === '' ? null : read(setting, said)
  if (value !== null) return value
  throw new ForeshockError(
    'BAD_INPUT',
    said === ''
      ? text(`没写 ${setting.name} 的新值。`, `The new value of ${setting.name} is missing.`)
      : text(`“${words}”不能作为 ${setting.name} 的值。`, `"${words}" cannot be ${setting.name}.`),
    takes(setting, writtenValue(present)),
  )
}

function read(setting: SettingDefinition, said: string): SettingValue | null {
  switch (setting.kind) {
    case 'number': {
      const value = numberIn(setting.unit, said)
      return value >= setting.least && value <= setting.most ? value : null
    }
    case 'choice':
      return setting.options.find(({ value }) => value === said.toLowerCase())?.value ?? null
    case 'weekdays':
      return weekdaysIn(said) === null
        ? null
        : said
            .toLowerCase()
            .replace(/\s*-\s*/g, '-')
            .replace(/[\s,，、]+/g, ',')
    case 'dates':
      return datesIn(said)
  }
}

/** Bare, or as it is shown: "2 hours", "9:30", and 30% for 0.3; anything else is NaN. */
function numberIn(unit: Unit, said: string): number {
  const [, hour, minute] = /^(\d{1,2})[:：]([0-5]\d)$/.exec(said) ?? []
  if (hour !== undefined) return unit === 'o’clock' ? Number(hour) + Number(minute) / 60 : Number.NaN
  const [, digits, behind = ''] = /^(\d+(?:\.\d+)?)\s*(\S*)$/.exec(said) ?? []
  if (digits === undefined) return Number.NaN
  // 33.3 / 100 would be 0.33299999999999996.
  if (unit === 'share' && /^[%％]$/.test(behind)) return Number((Number(digits) / 100).toPrecision(12))
  return ['', UNITS[unit].zh, UNITS[unit].en].includes(behind.toLowerCase()) ? Number(digits) : Number.NaN
}

/** `none` empties the list; dates are kept in order, each once. */
function datesIn(said: string): string | null {
  if (/^(none|无|-|—)$/i.test(said)) return ''
  const dates = [...new Set(said.split(/[\s,，、]+/).filter(Boolean))].sort()
  return dates.length <= MOST_DATES && dates.every(isDate) ? dates.join(', ') : null
}

const writtenValue = (value: SettingValue): string => (value === '' ? '—' : String(value))

function takes(setting: SettingDefinition, present: string): Text {
  switch (setting.kind) {
    case 'number': {
      const unit = UNITS[setting.unit]
      const range = `${setting.least} to ${setting.most}`
      if (setting.unit === 'o’clock') {
        return text(
          `请填 ${setting.least} 到 ${setting.most} 之间的钟点，例如 9:30；现在是 ${present}。`,
          `Give a time of day from ${range}, such as 9:30; it is ${present} now.`,
        )
      }
      return text(
        `请填 ${setting.least} 到 ${setting.most} 之间的数（${unit.zh}），现在是 ${present}。`,
        setting.unit === 'share'
          ? `Give a share from ${range}; it is ${present} now.`
          : `Give a number of ${unit.en} from ${range}; it is ${present} now.`,
      )
    }
    case 'choice': {
      const [zh, en] = (['zh', 'en'] as const).map((locale) =>
        setting.options
          .map(({ value, title }) => `${value} (${title[locale]})`)
          .join(locale === 'zh' ? '、' : ', '),
      )
      return text(`可以填 ${zh}，现在是 ${present}。`, `Give one of ${en}; it is ${present} now.`)
    }
    case 'weekdays':
      return text(
        `这样写：mon-fri 或 mon,wed,sat；现在是 ${present}。`,
        `Write it like mon-fri or mon,wed,sat; it is ${present} now.`,
      )
    case 'dates':
      return text(
        `这样写：2026-10-01, 2026-10-02（最多 ${MOST_DATES} 天），清空写 none；现在是 ${present}。`,
        `Write dates like 2026-10-01, 2026-10-02 (${MOST_DATES} at most), or none; it is ${present} now.`,
      )
  }
}
