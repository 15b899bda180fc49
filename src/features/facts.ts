import { DAY } from '../clock.ts'
import type { CustomerFacts } from '../timeline/history.ts'
import type { Profile } from './profile.ts'

/** Names every profile's expressions may read besides its own features. */
export const FACT_NAMES = ['tenure_days', 'ltv', 'usual_days'] as const

const ATTRIBUTE = 'attr_'

/** Reads one number out of a customer's facts; `today` is the calendar day of asOf as a count of days. */
export type FactReader = (facts: CustomerFacts, asOf: number, today: number) => number

/** Every fact and declared attribute by the name expressions use. */
export function factReaders(profile: Profile): Map<string, FactReader> {
  const readers = new Map<string, FactReader>([
    // A purchase at or after asOf lies in the future of the question: unknown then.
    [
      'tenure_days',
      ({ firstPurchase: first }, asOf) =>
        first === null || first >= asOf ? Number.NaN : (asOf - first) / DAY,
    ],
    ['ltv', ({ ltvMinor }) => ltvMinor ?? Number.NaN],
    ['usual_days', () => profile.rhythm.usualDays],
  ])
  for (const [name, { use, authorisedBy }] of Object.entries(profile.attributes ?? {})) {
    // What serves the bias check has no name in expressions, so that no score can lean on it.
    if (use === 'bias') continue
    readers.set(ATTRIBUTE + name, ({ attributes }, _asOf, today) =>
      Object.hasOwn(attributes, name) && isAuthorised(attributes, authorisedBy)
        ? attributeNumber(attributes[name], today)
        : Number.NaN,
    )
  }
  return readers
}

function isAuthorised(attributes: CustomerFacts['attributes'], by: string | undefined): boolean {
  return by === undefined || (Object.hasOwn(attributes, by) && attributes[by] === true)
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** The calendar day of an instant in a time zone, as days since 1970-01-01. */
export function calendarDay(instant: number, timeZone: string): number {
  let format = formats.get(timeZone)
  if (format === undefined) {
    // Kept: making one costs more than scoring a customer.
    format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
    formats.set(timeZone, format)
  }
  return dayCount(format.format(instant)) ?? Number.NaN
}

function attributeNumber(value: string | number | boolean | undefined, today: number): number {
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value === 'number') return value
  const day = value === undefined ? null : dayCount(value)
  return day === null ? Number.NaN : day - today
}

function dayCount(words: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(words)
  if (match === null) return null
  return Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) / DAY
}
