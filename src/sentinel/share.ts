import { medianOf } from '../features/median.ts'
import type { Baseline } from './baseline.ts'
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
/** How far shares stray from day to day is known no better than this, whatever was measured. */
const STRAYING = { least: 1 / 400, most: 1 / 40 }

/** Usual shares of all series; a share strays from day to day beyond chance as it does in all of them together. */
export function usualShares(
  series: readonly { readonly series: Series; readonly fit: Baseline }[],
  company: number,
): UsualShare[] {
  const known = series.map((each) => sharesOf(each, company))
  let [excess, room] = [0, 0]
  series.forEach(({ series: { counts, bad }, fit: { left, age } }, index) => {
    const { share } = known[index]!
    for (let day = 0; day < age; day += 1) {
      const said = counts[day]!
      if (left[day] === 1 || said < 2) continue
      const chance = said * share * (1 - share)
      excess += (bad[day]! - said * share) ** 2 - chance
      room += chance * (said - 1)
    }
  })
  const straying = Math.min(STRAYING.most, Math.max(STRAYING.least, room > 0 ? excess / room : STRAYING.most))
  return known.map(({ share, all }) => {
    const seen = 1 / (1 / all + straying)
    return { a: share * seen, b: (1 - share) * seen, share }
  })
}

function sharesOf(
  { series, fit: { left, age } }: { readonly series: Series; readonly fit: Baseline },
  company: number,
): { readonly share: number; readonly all: number } {
  let bad = PRIOR_SEEN * company
  let all = PRIOR_SEEN
  for (let day = 0; day < age; day += 1) {
    if (left[day] === 1) continue
    bad += series.bad[day]!
    all += series.counts[day]!
  }
  return { share: (bad + 0.5) / (all + 1), all }
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
  return moves.length < ENOUGH_SERIES ? 0 : Math.max(0, medianOf(moves))
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
