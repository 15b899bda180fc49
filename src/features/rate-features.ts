import { parseTree } from './expression-tree.ts'
import type { Profile } from './profile.ts'

const known = new WeakMap<Profile, ReadonlySet<string>>()

/** Names of the profile's features that are rates (rate.ts). */
export function rateFeatures(profile: Profile): ReadonlySet<string> {
  let rates = known.get(profile)
  if (rates === undefined) {
    rates = new Set(profile.finalisers.filter(({ expr }) => isRate(expr)).map(({ name }) => name))
    known.set(profile, rates)
  }
  return rates
}

function isRate(expr: string): boolean {
  const tree = parseTree(expr)
  return tree.type === 'call' && tree.call === 'change'
}
