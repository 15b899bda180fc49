import { checkExpression } from './expression.ts'
import { featureNames } from './feature-list.ts'
import type { Profile } from './profile.ts'

/** These features and all that read one of them, through finalisers of finalisers and beside peers. */
export function restingOn(profile: Profile, features: Iterable<string>): ReadonlySet<string> {
  const found = new Set(features)
  if (found.size === 0) return found
  const names = featureNames(profile)
  // A finaliser reads only what stands above it.
  for (const { name, expr } of profile.finalisers) {
    if (checkExpression(expr, names).uses.some((used) => found.has(used))) found.add(name)
  }
  for (const { name, of } of profile.peers ?? []) if (found.has(of)) found.add(name)
  return found
}
