import type { Locale } from '../src/text.ts'
import { speaker } from './language.ts'
import { number } from './numbers.ts'
import { duration } from './times.ts'

/** A share as a report gives it: `value` is null while there is not enough to judge by. */
export interface ShownShare {
  readonly count: number
  readonly of: number
  readonly value: number | null
}

/** "92%（46/50）" / "92% (46 of 50)", or that there is not enough data yet. */
export function shareWords({ count, of, value }: ShownShare, locale: Locale): string {
  if (value === null) return notEnough(of, locale)
  const percent = percentOf(value, locale)
  const [some, all] = [number(count, locale), number(of, locale)]
  return speaker(locale)(`${percent}%（${some}/${all}）`, `${percent}% (${some} of ${all})`)
}

/** A share in one cell: "92%", or a dash with how few there are. */
export function shareCell({ of, value }: ShownShare, locale: Locale): string {
  if (value === null) return of === 0 ? '—' : speaker(locale)(`不足（${of}）`, `too few (${of})`)
  return `${percentOf(value, locale)}%`
}

/** As `roi` has the same figure: "1.9" of 2 in 104; less than all never reads as 100. */
function percentOf(value: number, locale: Locale): string {
  const tenths = Math.round(value * 1_000) / 10
  return number(value < 1 ? Math.min(99.9, tenths) : tenths, locale)
}

export function durationWords(milliseconds: number | null, of: number, locale: Locale): string {
  return milliseconds === null ? notEnough(of, locale) : duration(milliseconds, locale)
}

function notEnough(of: number, locale: Locale): string {
  return of === 0
    ? speaker(locale)('数据还不够', 'not enough data yet')
    : speaker(locale)(`数据还不够（目前 ${of} 个）`, `not enough data yet (${of} so far)`)
}
