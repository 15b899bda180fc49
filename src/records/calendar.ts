import { HOUR } from '../clock.ts'
import { same, type Text, text } from '../text.ts'
import { bad, good, type Parsed, plain, quoted } from './parsed.ts'

/** How a source writes its dates; `iso` also takes "2026/5/1 8:30" and "2026年5月1日". */
export const DATE_FORMATS = ['iso', 'yyyymmdd', 'dd/mm/yyyy', 'mm/dd/yyyy', 'unix', 'unix-ms'] as const
export type DateFormat = (typeof DATE_FORMATS)[number]
export type WrittenFormat = Exclude<DateFormat, 'unix' | 'unix-ms'>

/** A date as written: the wall time as if it were UTC, and the offset from UTC where one was written. */
export interface Written {
  readonly wall: number
  readonly offset: number | null
}

const TIME = String.raw`(?:[T\s]+(\d{1,2})[:时](\d{1,2})(?:[:分](?:(\d{1,2})秒?(?:[.,](\d{1,9}))?)?)?\s*([AaPp][Mm])?\s*(Z|z|UTC|[+-]\d{2}(?::?\d{2})?)?)?$`

const PATTERNS: Readonly<Record<WrittenFormat, RegExp>> = {
  iso: new RegExp(String.raw`^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?${TIME}`),
  yyyymmdd: new RegExp(String.raw`^(\d{4})(\d{2})(\d{2})${TIME}`),
  'dd/mm/yyyy': new RegExp(String.raw`^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})${TIME}`),
  'mm/dd/yyyy': new RegExp(String.raw`^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})${TIME}`),
}

/** Places of year, month and day among the first three groups. */
const ORDER: Readonly<Record<WrittenFormat, readonly [number, number, number]>> = {
  iso: [1, 2, 3],
  yyyymmdd: [1, 2, 3],
  'dd/mm/yyyy': [3, 2, 1],
  'mm/dd/yyyy': [3, 1, 2],
}

const EXAMPLE: Readonly<Record<WrittenFormat, Text>> = {
  iso: text('2026-05-01 或 2026-05-01T08:30:00+08:00', '2026-05-01 or 2026-05-01T08:30:00+08:00'),
  yyyymmdd: same('20260501'),
  'dd/mm/yyyy': same('31/05/2026'),
  'mm/dd/yyyy': same('05/31/2026'),
}

/** Reads a written date with an optional time. Days that do not exist (30 February) are refused. */
export function readWritten(what: string, words: string, format: WrittenFormat): Parsed<Written> {
  const match = PATTERNS[format].exec(plain(words))
  if (match === null) {
    const { zh, en } = EXAMPLE[format]
    return bad(
      `${what} ${quoted(words)} 不是 ${zh} 这样的日期（dateFormat: ${format}）`,
      `${what} ${quoted(words)} is not a date like ${en} (dateFormat: ${format})`,
    )
  }
  const [yearAt, monthAt, dayAt] = ORDER[format]
  const [year, month, day] = [Number(match[yearAt]), Number(match[monthAt]), Number(match[dayAt])]
  const clock = clockOf(match)
  const midnight = new Date(0).setUTCFullYear(year, month - 1, day)
  const offset = offsetOf(match[9])
  const isReal = offset === null || Math.abs(offset) <= FURTHEST_OFFSET
  if (
    year < 1 ||
    month < 1 ||
    month > 12 ||
    new Date(midnight).getUTCDate() !== day ||
    clock === null ||
    !isReal
  ) {
    return bad(
      `${what} ${quoted(words)} 这个日期不存在（dateFormat: ${format}）`,
      `${what} ${quoted(words)} is not a date that exists (dateFormat: ${format})`,
    )
  }
  return good({ wall: midnight + clock, offset })
}

function clockOf(match: RegExpExecArray): number | null {
  const hours = Number(match[4] ?? 0)
  const minutes = Number(match[5] ?? 0)
  const seconds = Number(match[6] ?? 0)
  const half = match[8]?.toLowerCase()
  if (minutes > 59 || seconds > 59 || hours > 23) return null
  if (half !== undefined && (hours < 1 || hours > 12)) return null
  const hour = half === undefined ? hours : (hours % 12) + (half === 'pm' ? 12 : 0)
  const milliseconds = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3))
  return ((hour * 60 + minutes) * 60 + seconds) * 1000 + milliseconds
}

/** No clock on earth was ever set further from UTC. Milliseconds. */
const FURTHEST_OFFSET = 16 * HOUR

function offsetOf(written: string | undefined): number | null {
  if (written === undefined) return null
  if (/^[A-Za-z]/.test(written)) return 0
  // PostgreSQL writes whole hours as +08.
  const past = written.length === 3 ? 0 : Number(written.slice(-2))
  const minutes = past > 59 ? Number.NaN : Number(written.slice(1, 3)) * 60 + past
  return (written.startsWith('-') ? -minutes : minutes) * 60_000
}
