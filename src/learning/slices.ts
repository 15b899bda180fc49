import { DAY } from '../clock.ts'
import { type Text, text } from '../text.ts'

/** How as-of dates are laid out. Days. */
export interface Slicing {
  /** Between two as-of dates; default 30. */
  readonly everyDays?: number
  /** Span of as-of dates that teach; default 18 months. */
  readonly learnDays?: number
  /** Span of later ones that test; default 6 months. */
  readonly testDays?: number
  /** The as-of date of a single test instead, milliseconds. */
  readonly testAt?: number
}

/** As-of dates, milliseconds ascending. No test dates: the history is too short to hold any back. */
export interface Slices {
  readonly learn: readonly number[]
  readonly test: readonly number[]
}

/** Why nothing can be learned yet. */
export interface TooEarly {
  readonly reason: 'short-history' | 'outcome-unknown' | 'one-class'
  readonly says: Text
}

/** Nothing is learned from a shorter history. */
export const LEAST_HISTORY_DAYS = 90

/**
 * Lays out as-of dates between the first record and now, newest first as far as their outcome is known after `delayDays`. A date teaches
 * only if its outcome was known at the first test date. The spans shrink with the history there is; where no date can be held
 * back for testing, all teach.
 */
export function slicesOf(first: number, now: number, delayDays: number, slicing: Slicing): Slices | TooEarly {
  const { everyDays = 30, learnDays = 548, testDays = 183, testAt } = slicing
  if (now - first < LEAST_HISTORY_DAYS * DAY) return shortHistory(first, now)
  const [earliest, latest] = [first + LEAST_HISTORY_DAYS * DAY, testAt ?? now - delayDays * DAY]
  if (latest < earliest || latest + delayDays * DAY > now) return outcomeUnknown(earliest + delayDays * DAY)

  const step = everyDays * DAY
  const back = (from: number, until: number) =>
    Array.from(
      { length: Math.max(0, Math.floor((from - until) / step) + 1) },
      (_, at) => from - at * step,
    ).reverse()
  if (testAt !== undefined) {
    const learn = back(testAt - delayDays * DAY, Math.max(earliest, testAt - learnDays * DAY))
    return learn.length > 0 ? { learn, test: [testAt] } : shortHistory(first, now)
  }
  // A quarter of the known dates, at most the whole test span.
  const span = Math.min(testDays * DAY, (latest - earliest) / 4)
  const test = back(latest, latest - span)
  const learn = back(test[0]! - delayDays * DAY, Math.max(earliest, test[0]! - learnDays * DAY))
  if (learn.length > 0) return { learn, test }
  return { learn: back(latest, Math.max(earliest, latest - learnDays * DAY)), test: [] }
}

function shortHistory(first: number, now: number): TooEarly {
  const days = Math.max(0, Math.floor((now - first) / DAY))
  return {
    reason: 'short-history',
    says: text(
      `目前只有 ${days} 天的记录，至少积累 ${LEAST_HISTORY_DAYS} 天才能学习；在此之前按规则评分。`,
      `There are ${days} days of records; learning needs at least ${LEAST_HISTORY_DAYS}. Until then the rules score.`,
    ),
  }
}

function outcomeUnknown(knownFrom: number): TooEarly {
  const day = new Date(knownFrom).toISOString().slice(0, 10)
  return {
    reason: 'outcome-unknown',
    says: text(
      `客户去留还没有定论，最早 ${day} 起才能学习；在此之前按规则评分。`,
      `Nobody's outcome is known yet; learning can begin on ${day}. Until then the rules score.`,
    ),
  }
}

export function oneClass(left: number, rows: number): TooEarly {
  return {
    reason: 'one-class',
    says: text(
      `学习需要既有流失、也有留下的客户；现有 ${rows} 条样本中流失 ${left} 条。继续按规则评分。`,
      `Learning needs customers who left and customers who stayed; of ${rows} examples ${left} left. The rules go on scoring.`,
    ),
  }
}
