import { z } from 'zod'
import { expressionProblem, saysProblems } from '../features/check-names.ts'
import { VOICE } from '../features/columns.ts'
import { compileExpression } from '../features/expression.ts'
import type { Rule } from '../features/feature.ts'
import { featureNames } from '../features/feature-list.ts'
import { textSchema } from '../features/guide.ts'
import { parentsOf } from '../features/kind-tree.ts'
import { type Profile, RULE_NAME } from '../features/profile.ts'
import { readList } from '../records/stored-list.ts'
import { aggregatesBehind } from './behind.ts'

/** Under this name the changes are stored among the settings, which keep who changed what when. */
export const RULES_SETTING = 'rules'

type DeclaredRule = Profile['rules'][number]

/** A rule of the company's own. */
export interface OwnRule {
  readonly name: string
  readonly when: string
  readonly says: Rule['says']
}

/** What was changed of a rule, the profile's or an own one: its condition, or whether it counts. */
export interface ChangedRule {
  readonly name: string
  readonly changed: { readonly when?: string | undefined; readonly enabled?: boolean | undefined }
}

export type RuleChange = OwnRule | ChangedRule

const when = z.string().min(1).max(500)
const name = z.string().regex(RULE_NAME)
const changeSchema = z.union([
  z.strictObject({ name, when, says: textSchema }),
  z.strictObject({
    name,
    changed: z.strictObject({ when: when.optional(), enabled: z.boolean().optional() }),
  }),
])

/** What is stored, without what does not read as a change. */
export function readRuleChanges(stored: unknown, unread?: (left: unknown) => void): readonly RuleChange[] {
  return readList(changeSchema, stored, unread)
}

export function isOwnRule(change: RuleChange): change is OwnRule {
  return 'says' in change
}

/**
 * The profile with its rules as they were changed from chat. The same object for the same changes, for what is made of a
 * profile is remembered with it.
 */
export function withRules(profile: Profile, changes: readonly RuleChange[] = []): Profile {
  if (changes.length === 0) return profile
  const known = changed.get(profile) ?? new Map<string, Profile>()
  changed.set(profile, known)
  const key = JSON.stringify(changes)
  const found = known.get(key) ?? { ...profile, rules: presentRules(profile, changes) }
  if (!known.has(key) && known.size >= REMEMBERED) known.clear()
  known.set(key, found)
  return found
}

const changed = new WeakMap<Profile, Map<string, Profile>>()
/** Those in force, and those a replay or a trial holds against them. */
const REMEMBERED = 4

/** The profile's rules and the company's own, those that are off among them. What no longer reads stays as it was shipped. */
function presentRules(profile: Profile, changes: readonly RuleChange[]): DeclaredRule[] {
  const names = featureNames(profile)
  const shipped = new Set(profile.rules.map((rule) => rule.name))
  const own = changes
    .filter(isOwnRule)
    // A newer release may ship a rule of that name, or no longer know a feature.
    .filter((rule) => !shipped.has(rule.name) && ownRuleProblems(profile, rule).length === 0)
    .map((rule) => ruleOf(profile, rule))
  const byName = new Map(
    changes.flatMap((change) => (isOwnRule(change) ? [] : [[change.name, change.changed] as const])),
  )
  return [...profile.rules, ...own].map((rule) => {
    const { when = rule.when, enabled = rule.enabled } = byName.get(rule.name) ?? {}
    return { ...rule, enabled, when: expressionProblem(rule.name, when, names) === null ? when : rule.when }
  })
}

/** What is wrong with an own rule under this profile, one sentence each. */
export function ownRuleProblems(profile: Profile, { name, when, says }: OwnRule): string[] {
  const names = featureNames(profile)
  return [...(expressionProblem(name, when, names) ?? []), ...saysProblems(name, says, new Set(names))]
}

/** An own rule is a sign like the profile's weaker ones: one alone is a hint, two on different evidence are strong. */
export function ruleOf(profile: Profile, { name, when, says }: OwnRule): DeclaredRule {
  return { name, when, says, basis: basisOf(profile, when), strong: false, enabled: true }
}

/** Event kinds a condition rests on, as the most general that they are; what is known without events rests on itself. */
function basisOf(profile: Profile, when: string): string[] {
  const parents = parentsOf(profile)
  const { uses } = compileExpression(when, featureNames(profile))
  return [
    ...new Set(
      uses.flatMap((feature) => {
        const peer = profile.peers?.find((each) => each.name === feature)?.of ?? feature
        const kinds = aggregatesBehind(profile, peer).map(({ kind }) => parents.get(kind) ?? kind)
        return kinds.length > 0 ? kinds : [feature.startsWith(VOICE) ? VOICE : feature]
      }),
    ),
  ]
}
