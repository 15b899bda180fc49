import { type Change, changeBetween, type Estimate, knownShare } from './interval.ts'

/** What became of some customers after they spoke. Who spoke too lately for the outcome to be known is left out of each. */
export interface FollowedSums {
  readonly alertable: number
  readonly alerted: number
  readonly leavable: number
  readonly left: number
}

/** Of those who spoke of a topic, beside those who spoke of anything else. */
export interface Beside {
  readonly voiced: { readonly count: number; readonly of: number; readonly estimate: Estimate | null }
  readonly others: { readonly count: number; readonly of: number; readonly estimate: Estimate | null }
  /** Null while either side is too small. */
  readonly difference: Change | null
}

export interface Followed {
  readonly alerted: Beside
  readonly left: Beside
}

export function followedBeside(voiced: FollowedSums, others: FollowedSums): Followed {
  return {
    alerted: beside(voiced.alerted, voiced.alertable, others.alerted, others.alertable),
    left: beside(voiced.left, voiced.leavable, others.left, others.leavable),
  }
}

function beside(count: number, of: number, otherCount: number, otherOf: number): Beside {
  const [own, other] = [knownShare(count, of), knownShare(otherCount, otherOf)]
  return {
    voiced: { count, of, estimate: own },
    others: { count: otherCount, of: otherOf, estimate: other },
    difference: own === null || other === null ? null : changeBetween(own, other),
  }
}
