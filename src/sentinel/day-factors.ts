import { medianOf } from '../features/median.ts'
import type { Pieces } from '../features/pieces.ts'
import type { Series } from './series.ts'

/** What all series share: the week's rhythm, a campaign, an outage, a feed that doubles. Taken out before one is judged. */
export interface Common {
  /** Of each day, 1 on an ordinary one. */
  readonly factors: Float64Array
  /** Of each day by its weekday alone. */
  readonly weekdays: Float64Array
  /** Days on which the feed hardly ran; nothing is learned from them. */
  readonly out: Uint8Array
}

/** So many series make a median that one storm cannot move. */
const ENOUGH_SERIES = 8
/** Voices a day from which a series tells of the common day. */
const LOUD = 3
/** A day below this part of what its weekday promises is an outage. */
const OUTAGE = 0.35

export function* commonInPieces(
  all: ArrayLike<number>,
  series: readonly Series[],
  days: number,
): Pieces<Common> {
  const weekdays = weekdayFactors(all, days)
  const loud: { readonly counts: ArrayLike<number>; readonly mean: number }[] = []
  for (const { kind, counts } of series) {
    const mean = kind === 'all' ? 0 : middleMean(counts, days)
    if (mean >= LOUD) loud.push({ counts, mean })
    yield
  }
  const factors = Float64Array.from(weekdays)
  if (loud.length >= ENOUGH_SERIES) {
    for (let day = 0; day < days; day += 1) {
      factors[day] = weightedMedian(
        loud.map(({ counts, mean }) => ({ value: counts[day]! / mean, weight: mean })),
      )
      yield
    }
  }
  const mean = middleMean(all, days)
  const out = Uint8Array.from(weekdays, (factor, day) => Number(all[day]! < OUTAGE * factor * mean))
  return { factors, weekdays, out }
}

/** Each weekday's median over the median of all weekdays, drawn towards 1 where there are few weeks. */
function weekdayFactors(all: ArrayLike<number>, days: number): Float64Array {
  const medians = Array.from({ length: 7 }, (_, weekday) =>
    medianOf(Array.from({ length: Math.ceil((days - weekday) / 7) }, (__, week) => all[weekday + 7 * week]!)),
  )
  const usual = medians.reduce((sum, each) => sum + each, 0) / 7
  const weeks = days / 7
  return Float64Array.from({ length: days }, (_, day) =>
    !(usual > 0) ? 1 : (medians[day % 7]! * weeks + usual) / (usual * (weeks + 1)),
  )
}

/** The mean without the lowest and highest tenth. */
function middleMean(counts: ArrayLike<number>, days: number): number {
  const sorted = Array.from({ length: days }, (_, day) => counts[day]!).sort((a, b) => a - b)
  const cut = Math.floor(days / 10)
  const kept = sorted.slice(cut, days - cut)
  return kept.reduce((sum, each) => sum + each, 0) / Math.max(1, kept.length)
}

function weightedMedian(values: readonly { readonly value: number; readonly weight: number }[]): number {
  const sorted = values.toSorted((a, b) => a.value - b.value)
  const half = sorted.reduce((sum, { weight }) => sum + weight, 0) / 2
  let below = 0
  for (const { value, weight } of sorted) {
    below += weight
    if (below >= half) return value
  }
  return sorted.at(-1)?.value ?? 0
}
