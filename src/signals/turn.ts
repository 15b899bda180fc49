import { medianOf } from '../features/median.ts'
import { oddness } from './robust.ts'

/** Nats an earlier turn must explain more than one at the week's own beginning; as much as two odd voices in three. */
const TELLING = 1

/**
 * Where moods (oldest first) turned for the worse: the place of the first one of the new mood, `week` or earlier but never before
 * `earliest`. A single change of level is fitted by Huber's cost; where an earlier one explains the moods no better, the turn is
 * where this week begins. `spread`: standard deviation of the moods around their level.
 */
export function turnAt(moods: readonly number[], week: number, earliest: number, spread: number): number {
  let turn = week
  let least = costOf(moods, week, spread) - TELLING
  for (let place = week - 1; place >= Math.max(1, earliest); place -= 1) {
    const cost = costOf(moods, place, spread)
    if (cost >= least || !falls(moods, place)) continue
    least = cost
    turn = place
  }
  return turn
}

/** How odd the moods are if the level changed here and nowhere else, in nats. */
function costOf(moods: readonly number[], place: number, spread: number): number {
  return strayOf(moods.slice(0, place), spread) + strayOf(moods.slice(place), spread)
}

function strayOf(moods: readonly number[], spread: number): number {
  const level = medianOf(moods)
  return moods.reduce((sum, mood) => sum + oddness(mood - level, spread), 0)
}

function falls(moods: readonly number[], place: number): boolean {
  const before = medianOf(moods.slice(0, place))
  return moods[place]! < before && medianOf(moods.slice(place)) < before
}
