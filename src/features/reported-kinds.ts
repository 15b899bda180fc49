import { checkExpression } from './expression.ts'
import { featureNames } from './feature-list.ts'
import { parentsOf } from './kind-tree.ts'
import type { Profile } from './profile.ts'

/** Event kinds by what a report counts them as, each with its special cases. */

/** What makes a customer a customer still, and what ends it outright. */
export interface ChurnKinds {
  readonly active: readonly string[]
  readonly cancelled: readonly string[]
  /** Inactive so many days means gone. */
  readonly inactiveDays: number
}

export function churnKinds(profile: Profile): ChurnKinds {
  const { kinds, cancelled, inactiveDays } = profile.churn
  return {
    active: withSpecial(profile, kinds),
    cancelled: cancelled === undefined ? [] : withSpecial(profile, [cancelled]),
    inactiveDays,
  }
}

/** Kinds whose amounts are sales: those that the profile's lifetime value sums up, else orders and payments. */
export function salesKinds(profile: Profile): {
  readonly sold: readonly string[]
  readonly returned: readonly string[]
} {
  const summed = new Set(profile.ltv === undefined ? [] : kindsBehind(profile, profile.ltv))
  const sold = summed.size > 0 ? [...summed] : ['order', 'payment']
  return {
    sold: withSpecial(
      profile,
      sold.filter((kind) => kind !== RETURNED),
    ),
    returned: withSpecial(profile, [RETURNED]),
  }
}

/** The one kind whose amounts every profile takes off. */
const RETURNED = 'refund'

/** Kinds whose amounts a feature adds up, through the features it is made of. */
function kindsBehind(profile: Profile, feature: string): string[] {
  const aggregate = profile.aggregates.find(({ name }) => name === feature)
  if (aggregate !== undefined)
    return aggregate.fn === 'sum' && aggregate.measure === 'amount' ? [aggregate.kind] : []
  const finaliser = profile.finalisers.find(({ name }) => name === feature)
  if (finaliser === undefined) return []
  return checkExpression(finaliser.expr, featureNames(profile)).uses.flatMap((used) =>
    used === feature ? [] : kindsBehind(profile, used),
  )
}

function withSpecial(profile: Profile, kinds: readonly string[]): string[] {
  const special = [...parentsOf(profile)].filter(([, parent]) => kinds.includes(parent))
  return [...new Set([...kinds, ...special.map(([kind]) => kind)])]
}
