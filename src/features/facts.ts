import { DAY } from '../clock.ts'
import type { AttributeValue } from '../records/record.ts'
import type { CustomerFacts } from '../timeline/history.ts'
import type { Category, Profile } from './profile.ts'

/** Names every profile's expressions may read besides its own features. */
export const FACT_NAMES = ['tenure_days', 'ltv', 'usual_days'] as const

/** Before an attribute's name, where expressions read it. */
export const ATTRIBUTE = 'attr_'

/** What a fact's number is: itself, an instant that days are counted from, or a calendar day they are counted to. */
export const FIXED = 0
export const INSTANT = 1
export const CALENDAR_DAY = 2

/**
 * Reads one fact of a customer: what does not depend on asOf, and how asOf then turns it into a feature. What depends on
 * attributes is read from facts as they stood (attributes.ts).
 */
export interface FactReader {
  /** True where it reads attributes, which change. */
  readonly isDated: boolean
  value(facts: CustomerFacts): number
  /** FIXED, INSTANT or CALENDAR_DAY. */
  nature(facts: CustomerFacts): number
}

/** A fact's feature; `today` is the calendar day of asOf as a count of days. */
export function factAt(value: number, nature: number, asOf: number, today: number): number {
  if (nature === FIXED) return value
  if (nature === CALENDAR_DAY) return value - today
  // A purchase at or after asOf lies in the future of the question: unknown then.
  return value < asOf ? (asOf - value) / DAY : Number.NaN
}

/** Every fact and declared attribute by the name expressions use. */
export function factReaders(profile: Profile): Map<string, FactReader> {
  const readers = new Map<string, FactReader>([
    [
      'tenure_days',
      { value: ({ firstPurchase }) => firstPurchase ?? Number.NaN, nature: () => INSTANT, isDated: false },
    ],
    ['ltv', { value: ({ ltvMinor }) => ltvMinor ?? Number.NaN, nature: () => FIXED, isDated: false }],
    ['usual_days', { value: () => profile.rhythm.usualDays, nature: () => FIXED, isDated: false }],
  ])
  for (const [name, { use, authorisedBy, categories }] of Object.entries(profile.attributes ?? {})) {
    // What serves the bias check has no name in expressions, so that no score can lean on it.
    if (use === 'bias') continue
    readers.set(ATTRIBUTE + name, {
      isDated: true,
      value: ({ attributes }) =>
        Object.hasOwn(attributes, name) && isAuthorised(attributes, authorisedBy)
          ? attributeNumber(attributes[name], categories)
          : Number.NaN,
      nature: ({ attributes }) =>
        categories === undefined && Object.hasOwn(attributes, name) && typeof attributes[name] === 'string'
          ? CALENDAR_DAY
          : FIXED,
    })
  }
  return readers
}

/** Whether the customer's own attributes hold the authorisation that `by` names; none is needed without one. */
export function isAuthorised(attributes: CustomerFacts['attributes'], by: string | undefined): boolean {
  return by === undefined || (Object.hasOwn(attributes, by) && attributes[by] === true)
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** No clock on earth has been set by less than this since the seventies. */
const QUARTER = DAY / 96
const SINCE = Date.UTC(1973, 0, 1)
const REMEMBERED = 20_000
const days = new Map<string, Map<number, number>>()

/** The calendar day of an instant in a time zone, as days since 1970-01-01. Those asked for lately are remembered. */
export function calendarDay(instant: number, timeZone: string): number {
  if (!(instant >= SINCE)) return readDay(instant, timeZone)
  let known = days.get(timeZone)
  if (known === undefined) {
    known = new Map()
    days.set(timeZone, known)
  }
  const quarter = Math.floor(instant / QUARTER)
  let day = known.get(quarter)
  if (day === undefined) {
    if (known.size >= REMEMBERED) known.clear()
    day = readDay(instant, timeZone)
    known.set(quarter, day)
  }
  return day
}

function readDay(instant: number, timeZone: string): number {
  let format = formats.get(timeZone)
  if (format === undefined) {
    // Kept: making one costs more than scoring a customer.
    format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
    formats.set(timeZone, format)
  }
  return dayCount(format.format(instant)) ?? Number.NaN
}

function attributeNumber(value: AttributeValue | undefined, categories?: readonly Category[]): number {
  if (categories !== undefined) {
    const word = String(value)
    const place = categories.findIndex((one) => (typeof one === 'string' ? one === word : one.includes(word)))
    return place < 0 ? Number.NaN : place
  }
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value === 'number') return value
  return (value === undefined ? null : dayCount(value)) ?? Number.NaN
}

/** `2026-05-31`; a pattern would take several times as long, and every customer's days are read. */
function dayCount(words: string): number | null {
  if (words.length !== 10 || words[4] !== '-' || words[7] !== '-') return null
  const [year, month, day] = [digits(words, 0, 4), digits(words, 5, 7), digits(words, 8, 10)]
  const days = Date.UTC(year, month - 1, day) / DAY
  return Number.isNaN(days) ? null : days
}

/** NaN where there is anything but digits. */
function digits(words: string, from: number, to: number): number {
  let number = 0
  for (let at = from; at < to; at += 1) {
    const digit = words.charCodeAt(at) - 48
    number = digit >= 0 && digit <= 9 ? number * 10 + digit : Number.NaN
  }
  return number
}
