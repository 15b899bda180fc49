import type { View } from '../src/chat/card.ts'
import type { Locale } from '../src/text.ts'
import { capital, speaker, zh } from './language.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/**
 * "今天 16:00", "明天 09:00", "6月3日 09:00" / "today 16:00", "tomorrow 09:00", "3 Jun 09:00", in the view's zone; with its
 * name ("3 Jun 09:00 GMT+8") where readers live in others.
 */
export function moment(at: Date | number, view: View): string {
  if (!isInstant(+at)) return '—'
  const { hour, minute } = partsOf(at, view)
  return `${day(at, view)} ${hour}:${minute}${view.zoned === true ? ` ${zoneName(at, view)}` : ''}`
}

const zones = new Map<string, Intl.DateTimeFormat>()

/** "GMT+8", "CET": what the zone is called at that instant, in few letters. */
function zoneName(at: Date | number, { timeZone }: View): string {
  let format = zones.get(timeZone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'short' })
    zones.set(timeZone, format)
  }
  return format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? timeZone
}

/** "09:00" in the view's zone. */
export function clockTime(at: Date | number, view: View): string {
  const { hour, minute } = partsOf(at, view)
  return `${hour}:${minute}`
}

/** "今天", "6月3日", "2025年6月3日" / "today", "3 Jun", "3 Jun 2025", in the view's zone; never "today" on a card that lasts. */
export function day(at: Date | number, view: View): string {
  if (!isInstant(+at)) return '—'
  const date = partsOf(at, view)
  const today = partsOf(view.now, view)
  const near = view.lasting === true ? undefined : NEAR[view.locale][dayNumber(date) - dayNumber(today)]
  return near ?? dated(date, today, view.locale)
}

/** "6月1日至今天" / "1 Jun to today", or its one day; `to` is no longer in it. */
export function stretch(
  { from, to }: { readonly from: Date | number; readonly to: Date | number },
  view: View,
): string {
  const [first, last] = [day(from, view), day(+to - 1, view)]
  if (first === last) return capital(first)
  return speaker(view.locale)(zh`${first}至${last}`, `${capital(first)} to ${last}`)
}

/** A day of the calendar, written 2026-06-01, as "6月1日" / "1 Jun", with the year where it is another one. */
export function calendarDay(written: string, view: View): string {
  const [year = '', month = '', date = ''] = written.split('-')
  return dated({ year, month, day: date }, partsOf(view.now, view), view.locale)
}

/** A day as people type it: 2026-06-01. */
export function typedDay(at: Date | number, view: View): string {
  const { year, month: typed, day: date } = partsOf(at, view)
  return `${year}-${typed}-${date}`
}

function dated(date: Pick<Parts, 'year' | 'month' | 'day'>, today: Parts, locale: Locale): string {
  const sameYear = date.year === today.year
  if (locale === 'zh') return `${sameYear ? '' : `${+date.year}年`}${+date.month}月${+date.day}日`
  return `${+date.day} ${MONTHS[+date.month - 1]}${sameYear ? '' : ` ${+date.year}`}`
}

/** "2025年7月" / "Jul 2025", without the year where it is this one. */
export function month(at: Date | number, view: View): string {
  if (!isInstant(+at)) return '—'
  const date = partsOf(at, view)
  const sameYear = date.year === partsOf(view.now, view).year
  if (view.locale === 'zh') return `${sameYear ? '' : `${+date.year}年`}${+date.month}月`
  return `${MONTHS[+date.month - 1]}${sameYear ? '' : ` ${+date.year}`}`
}

/** "1 小时 40 分钟" / "1 h 40 min"; the two largest units, sign left out. */
export function duration(milliseconds: number, locale: Locale): string {
  const span = Math.abs(milliseconds)
  if (!Number.isFinite(span)) return '—'
  if (span < MINUTE) return locale === 'zh' ? '不到 1 分钟' : 'less than a minute'
  const units =
    locale === 'zh' ? [' 天', ' 小时', ' 分钟'] : [span < 2 * DAY ? ' day' : ' days', ' h', ' min']
  const counts = [Math.floor(span / DAY), Math.floor((span % DAY) / HOUR), Math.floor((span % HOUR) / MINUTE)]
  const from = counts.findIndex((count) => count > 0)
  return counts
    .map((count, unit) => (count > 0 && unit >= from && unit < from + 2 ? `${count}${units[unit]}` : ''))
    .filter(Boolean)
    .join(' ')
}

/** "已超时 3 小时" / "overdue by 3 h"; in its first minute "刚刚超时" / "just overdue". */
export function lateness(milliseconds: number, locale: Locale): string {
  const t = speaker(locale)
  if (Math.abs(milliseconds) < MINUTE) return t('刚刚超时', 'just overdue')
  const late = duration(milliseconds, locale)
  return t(zh`已超时${late}`, `overdue by ${late}`)
}

/** Whole days since `from`, counting its own day as 1, never past `total`. */
export function dayOf(from: Date, total: number, now: Date): number {
  return Math.min(total, Math.max(1, Math.floor((+now - +from) / DAY) + 1))
}

/** How old the data is, in hours; NaN: nothing was scored yet. Said louder once it is more than a day. */
export function dataAge(hours: number, view: View): string {
  const t = speaker(view.locale)
  if (!Number.isFinite(hours))
    return t('尚未评分，数据新旧未知。', 'Nothing is scored yet; how old the data is, is not known.')
  const age = Math.max(0, Math.round(hours))
  if (view.lasting === true && age > 0) {
    const reach = moment(+view.now - hours * HOUR, view)
    return t(`数据截至 ${reach}。`, `Data up to ${reach}.`)
  }
  if (age > 24) {
    const days = Math.floor(age / 24)
    return t(
      `注意：数据已有 ${days < 2 ? `${age} 小时` : `${days} 天`}没更新，情况可能已经变了。`,
      `Careful: the data is ${days < 2 ? `${age} hours` : `${days} days`} old; things may have changed.`,
    )
  }
  return age === 0
    ? t('数据刚刚更新。', 'Data is up to date.')
    : t(`数据更新于 ${age} 小时前。`, `Data is ${age} h old.`)
}

/** Days between two instants, rounded. */
export function daysBetween(from: Date, until: Date): number {
  return Math.max(1, Math.round((+until - +from) / DAY))
}

/** What a Date can hold. */
const isInstant = (at: number) => Math.abs(at) <= 8.64e15

const NEAR: Readonly<Record<Locale, Readonly<Record<number, string>>>> = {
  zh: { [-1]: '昨天', 0: '今天', 1: '明天' },
  en: { [-1]: 'yesterday', 0: 'today', 1: 'tomorrow' },
}
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

type Parts = Record<'year' | 'month' | 'day' | 'hour' | 'minute', string>
const formats = new Map<string, Intl.DateTimeFormat>()

function partsOf(at: Date | number, view: View): Parts {
  let format = formats.get(view.timeZone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: view.timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    })
    formats.set(view.timeZone, format)
  }
  return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value])) as Parts
}

function dayNumber({ year, month, day: date }: Parts): number {
  return Date.UTC(+year, +month - 1, +date) / DAY
}
