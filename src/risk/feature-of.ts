import type { Profile } from '../features/profile.ts'
import type { Text } from '../text.ts'
import { same } from '../text.ts'
import type { History } from '../timeline/history.ts'

/** A feature that not every profile has: NaN where the list does not have it or it is unknown. */
export function featureOr(history: History, name: string): number {
  return history.hasFeature(name) ? history.feature(name) : Number.NaN
}

const labels = new WeakMap<Profile, Map<string, Text>>()

/** What people call a feature: its own label, the attribute's, else its name. */
export function labelOf(feature: string, profile: Profile): Text {
  const known = labels.get(profile) ?? new Map<string, Text>()
  labels.set(profile, known)
  const label = known.get(feature) ?? findLabel(feature, profile)
  known.set(feature, label)
  return label
}

function findLabel(feature: string, profile: Profile): Text {
  const own = [...profile.aggregates, ...profile.finalisers].find(({ name }) => name === feature)
  const attribute = feature.startsWith('attr_')
    ? profile.attributes?.[feature.slice('attr_'.length)]
    : undefined
  return own?.label ?? attribute ?? FACTS[feature] ?? same(feature)
}

const FACTS: Readonly<Record<string, Text>> = {
  tenure_days: { zh: '成为客户的天数', en: 'days as a customer' },
  ltv: { zh: '客户终身价值', en: 'lifetime value' },
}
