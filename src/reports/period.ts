import { DAY } from '../clock.ts'
import { instantOf, offsetAt } from '../records/zone.ts'

/** A stretch of time as people say it: "90 days", "last month", "2026-Q2", "2026-04-01..2026-05-15". */
export type PeriodWords =
  | { readonly kind: 'days'; readonly days: number }
  | { readonly kind: 'calendar'; readonly unit: CalendarUnit; readonly back: number }
  /** `index` from 0: the month or quarter of the year. */
  | { readonly kind: 'named'; readonly unit: CalendarUnit; readonly year: number; readonly index: number }
  | WallDays

/** Days of both ends as wall time, the last one included. */
export interface WallDays {
  readonly kind: 'range'
  readonly from: number
  readonly to: number
}

export type CalendarUnit = 'month' | 'quarter' | 'half' | 'year'

/** Instants; `from` is the first, `to` is no longer in it. `before` begins the stretch it is compared with. */
export interface Period {
  readonly before: Date
  readonly from: Date
  readonly to: Date
}

export const USUAL_DAYS = 90
const MOST_DAYS = 3_660
const MONTHS: Readonly<Record<CalendarUnit, number>> = { month: 1, quarter: 3, half: 6, year: 12 }

/** Null: it lies wholly in the future, or ends before it begins. */
export function periodOf(said: PeriodWords, now: Date, timeZone: string): Period | null {
  const at = +now
  const instant = (wall: number) => instantOf(wall, timeZone)
  const whole = (before: number, from: number, to: number): Period | null =>
    from >= at || to <= from
      ? null
      : { before: new Date(before), from: new Date(from), to: new Date(Math.min(to, at)) }
  switch (said.kind) {
    case 'days': {
      const length = said.days * DAY
      return whole(at - 2 * length, at - length, at)
    }
    case 'range': {
      const [from, to] = [instant(said.from), instant(said.to + DAY)]
      return whole(from - (to - from), from, to)
    }
    case 'calendar':
    case 'named': {
      const months = MONTHS[said.unit]
      const wall = new Date(at + offsetAt(at, timeZone))
      const present = wall.getUTCFullYear() * 12 + wall.getUTCMonth()
      const first =
        said.kind === 'named'
          ? said.year * 12 + said.index * months
          : Math.floor(present / months) * months - said.back * months
      const start = (month: number) =>
        instant(new Date(0).setUTCFullYear(Math.floor(month / 12), month % 12, 1))
      return whole(start(first - months), start(first), start(first + months))
    }
  }
}

const UNITS: readonly (readonly [CalendarUnit, string])[] = [
  ['month', 'month|个?月'],
  ['quarter', 'quarter|个?季度?'],
  ['year', 'year|年'],
]
const DATE = String.raw`(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})`
const UNTIL = String.raw`\s*(?:\.\.|to|至|到|~|～)\s*`
const NUMERALS = '一二三四五六七八九'

type Reading = (found: RegExpExecArray) => PeriodWords | null

const FORMS: readonly (readonly [string, Reading])[] = [
  [DATE + UNTIL + DATE, (found) => rangeOf(found.slice(1).map(Number))],
  [DATE, ([, ...day]) => rangeOf([...day, ...day].map(Number))],
  [
    String.raw`(?:近|last\s+|最近)?\s*(\d{1,9})\s*(?:d|days?|天)`,
    ([, days]) => (inRange(Number(days), 1, MOST_DAYS) ? { kind: 'days', days: Number(days) } : null),
  ],
  [
    String.raw`(\d{4})[-/.年](\d{1,2})月?`,
    ([, year, month]) => namedOf('month', Number(year), Number(month), 12),
  ],
  [
    String.raw`(\d{4})[-年\s]?(?:q|第)(\d{1,2}|[${NUMERALS}])(?:季度?)?`,
    ([, year, quarter]) =>
      namedOf('quarter', Number(year), NUMERALS.indexOf(quarter!) + 1 || Number(quarter), 4),
  ],
  [
    String.raw`(\d{4})[-年\s]?(?:h(\d{1,2})|([上下])半年)`,
    ([, year, half, side]) =>
      namedOf('half', Number(year), half === undefined ? '上下'.indexOf(side!) + 1 : Number(half), 2),
  ],
  [String.raw`((?:19|20)\d\d)年?`, ([, year]) => namedOf('year', Number(year), 1, 1)],
  ...UNITS.flatMap(([unit, words]): (readonly [string, Reading])[] => [
    [`(?:this\\s+|本|这|今)(?:${words})`, () => ({ kind: 'calendar', unit, back: 0 })],
    [`(?:last\\s+|上|去)(?:${words})`, () => ({ kind: 'calendar', unit, back: 1 })],
  ]),
  // Begins as a time does and is none of the above: it would be taken for a topic or a name.
  [String.raw`((?:19|20)\d\d(?:[-/.年]\d|[-年\s]?(?:q|h)\d)\S*)`, () => null],
]

const COMPILED = FORMS.map(([form, read]) => ({ form: new RegExp(`(?:^|\\s)${form}$`, 'iu'), read }))

/** Takes the time off the end of some words; null: none is named there. `unreadable`: it looks like one and is none. */
export function takePeriod(words: string): {
  readonly rest: string
  readonly said: PeriodWords | null
  readonly unreadable: string | null
} {
  const whole = words.trim()
  // No time is longer than this, and a pattern over a pasted page would be slow.
  const tail = whole.slice(-MOST_LETTERS)
  for (const { form, read } of COMPILED) {
    const found = form.exec(tail)
    if (found === null) continue
    const rest = whole.slice(0, whole.length - found[0].length).trim()
    const said = read(found)
    return { rest, said, unreadable: said === null ? found[0].trim() : null }
  }
  return { rest: whole, said: null, unreadable: null }
}

const MOST_LETTERS = 40

const DAYS = new RegExp(`(?:^|\\s)${DATE}(?:${UNTIL}${DATE})?$`, 'iu')

/** Takes a day, or a first and a last one, off the end of some words, as wall time; null: none is named there, or there is no such day. */
export function takeDays(words: string): {
  readonly rest: string
  readonly days: WallDays | null
} {
  const whole = words.trim()
  const found = DAYS.exec(whole.slice(-MOST_LETTERS))
  if (found === null) return { rest: whole, days: null }
  const first = found.slice(1, 4)
  const last = found[4] === undefined ? first : found.slice(4)
  return {
    rest: whole.slice(0, whole.length - found[0].length).trim(),
    days: rangeOf([...first, ...last].map(Number)),
  }
}

function inRange(value: number, least: number, most: number): boolean {
  return value >= least && value <= most
}

function namedOf(unit: CalendarUnit, year: number, place: number, most: number): PeriodWords | null {
  if (!inRange(place, 1, most) || !inRange(year, 1970, 2999)) return null
  return { kind: 'named', unit, year, index: place - 1 }
}

function rangeOf([year, month, day, toYear, toMonth, toDay]: readonly number[]): WallDays | null {
  const [from, to] = [wallDay(year!, month!, day!), wallDay(toYear!, toMonth!, toDay!)]
  if (from === null || to === null || to < from || to - from > MOST_DAYS * DAY) return null
  return { kind: 'range', from, to }
}

/** Null: there is no such day. */
export function wallDay(year: number, month: number, day: number): number | null {
  const at = Date.UTC(year, month - 1, day)
  const date = new Date(at)
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && inRange(year, 1970, 2999)
  return exists ? at : null
}
