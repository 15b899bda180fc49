import type { Baseline } from './baseline.ts'
import { median } from './common.ts'
import type { Series } from './series.ts'

/** What part of a series is usually negative: Beta(a, b). */
export interface UsualShare {
  readonly a: number
  readonly b: number
  /** a / (a + b) */
  readonly share: number
}

/** The company's mean counts as so many voices. */
const PRIOR_SEEN = 20
/** Beyond so many voices nothing more is learned: the share itself moves from day to day. */
const MOST_SEEN = 80

export function usualShare(series: Series, { left, age }: Baseline, company: number): UsualShare {
  let bad = PRIOR_SEEN * company
  let all = PRIOR_SEEN
  for (let day = 0; day < age; day += 1) {
    if (left[day] === 1) continue
    bad += series.bad[day]!
    all += series.counts[day]!
  }
  const share = (bad + 0.5) / (all + 1)
  const seen = Math.min(all, MOST_SEEN)
  return { a: share * seen, b: (1 - share) * seen, share }
}

/** How far everyone's mood has moved over the newest days, in log-odds, and never below 0: that is one storm, not a hundred. */
export function commonMood(
  series: readonly { readonly series: Series; readonly usual: UsualShare }[],
  days: number,
): number {
  const moves = series.flatMap(({ series: { counts, bad }, usual }) => {
    let [said, negative] = [0, 0]
    for (let day = 0; day < days; day += 1) {
      said += counts[day]!
      negative += bad[day]!
    }
    return said < LOUD ? [] : [logit((negative + 0.5) / (said + 1)) - logit(usual.share)]
  })
  return moves.length < ENOUGH_SERIES ? 0 : Math.max(0, median(moves))
}

const LOUD = 10
const ENOUGH_SERIES = 8

export function moved({ a, b, share }: UsualShare, by: number): UsualShare {
  if (by === 0) return { a, b, share }
  const to = 1 / (1 + Math.exp(-(logit(share) + by)))
  return { a: to * (a + b), b: (1 - to) * (a + b), share: to }
}

function logit(share: number): number {
  const safe = Math.min(0.999, Math.max(0.001, share))
  return Math.log(safe / (1 - safe))
}
