import { ForeshockError } from '../../src/errors.ts'
import { type Period, type PeriodWords, periodOf, takePeriod } from '../../src/reports/period.ts'
import { clip, text } from '../../src/text.ts'

/**
 * Takes the time off the end of some words; null: none is named there.
 *
 * @throws ForeshockError BAD_INPUT for a time that is none
 */
export function periodIn(words: string): { readonly rest: string; readonly period: PeriodWords | null } {
  const { rest, said, unreadable } = takePeriod(words)
  if (unreadable !== null) throw noPeriod(unreadable)
  return { rest, period: said }
}

/** @throws ForeshockError BAD_INPUT where it has not begun */
export function periodMeant(said: PeriodWords, now: Date, timeZone: string): Period {
  const period = periodOf(said, now, timeZone)
  if (period !== null) return period
  throw new ForeshockError('BAD_INPUT', text('这段时间还没开始。', 'That time has not begun.'), POSSIBLE)
}

const POSSIBLE = text(
  '可以写：近30天、上月、上季度、2026-01 到 2026-12、2026-Q1 到 2026-Q4、2026-H1、2026、2026-04-01..2026-05-15。',
  'Write one of: 30d, last month, last quarter, 2026-01 to 2026-12, 2026-Q1 to 2026-Q4, 2026-H1, 2026, 2026-04-01..2026-05-15.',
)

function noPeriod(said: string): ForeshockError {
  return new ForeshockError(
    'BAD_INPUT',
    text(`没有“${clip(said, 40)}”这样的时间。`, `There is no such time as "${clip(said, 40)}".`),
    POSSIBLE,
  )
}
