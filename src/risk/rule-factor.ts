import { compileExpression } from '../features/expression.ts'
import { featureNames } from '../features/feature-list.ts'
import type { Profile } from '../features/profile.ts'

/** The feature a rule is about, and the one that tells how it was before, if that is the same measure. */
export interface RuleSubject {
  readonly feature: string
  readonly before: string | null
}

/** Functions whose value does not grow with the length of the window, so that two windows can be compared. */
const LEVELS: ReadonlySet<string> = new Set(['mean', 'newest', 'last', 'share', 'spread'])

const found = new WeakMap<Profile, Map<string, RuleSubject | null>>()

/** Finds what a card should show for a rule: the present measure its sentence names, else the first its condition reads. */
export function subjectOf(ruleName: string, profile: Profile): RuleSubject | null {
  const known = found.get(profile) ?? new Map<string, RuleSubject | null>()
  found.set(profile, known)
  const subject = known.get(ruleName)
  if (subject !== undefined) return subject
  known.set(ruleName, findSubject(ruleName, profile))
  return known.get(ruleName)!
}

function findSubject(ruleName: string, profile: Profile): RuleSubject | null {
  const rule = profile.rules.find(({ name }) => name === ruleName)
  if (rule === undefined) return null
  const { uses } = compileExpression(rule.when, featureNames(profile))
  const named = [...rule.says.en.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name!)
  const feature = [...named, ...uses].find((name) => isPresent(name, profile)) ?? uses[0]
  return feature === undefined ? null : { feature, before: beforeOf(feature, uses, profile) }
}

function isPresent(name: string, profile: Profile): boolean {
  const aggregate = profile.aggregates.find((candidate) => candidate.name === name)
  return aggregate === undefined || ((aggregate.to ?? 0) === 0 && (aggregate.skip ?? 0) === 0)
}

function beforeOf(feature: string, uses: readonly string[], profile: Profile): string | null {
  const watched = profile.change.find(({ now }) => now === feature)
  if (watched !== undefined) return watched.before
  return uses.find((name) => name !== feature && isEarlierLevel(name, profile)) ?? null
}

function isEarlierLevel(name: string, profile: Profile): boolean {
  const aggregate = profile.aggregates.find((candidate) => candidate.name === name)
  return aggregate !== undefined && LEVELS.has(aggregate.fn) && !isPresent(name, profile)
}
