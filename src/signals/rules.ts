import { compileExpression, type Expression } from '../features/expression.ts'
import type { Aggregate, Rule } from '../features/feature.ts'
import { type FeatureList, featureNames } from '../features/feature-list.ts'
import { filled } from '../features/filled.ts'
import type { Profile } from '../features/profile.ts'
import type { History } from '../timeline/history.ts'
import { addOnce } from './add-once.ts'
import { aggregatesBehind, listBehind, newestEvent, newestFact } from './behind.ts'
import { DatedReading, DatedRule } from './dated.ts'
import { once } from './once.ts'
import { type Evidence, nothingMuted, type Reading, type Signal } from './signal.ts'
import { sinceWhen } from './since.ts'

/** A rule ready to be asked, with the aggregates its condition rests on. */
interface Asked {
  readonly rule: Rule
  readonly condition: Expression
  readonly facts: readonly Aggregate[]
  /** What the condition reads, and no more: dating a hit asks for it over and over. */
  readonly list: FeatureList
}

/**
 * The profile's cold-start rules. Three-valued: a rule whose measures are missing is unknown, and the whole reading is
 * null when no rule can be told. One hit fires; two on different evidence are strong, and so is one that the profile
 * calls strong. `timeZone` is the company's. A hit that rests on nothing
 * having happened is held back while the feed it rests on is `unhealthy`.
 */
export function rulesSignal(
  profile: Profile,
  timeZone = 'UTC',
  unhealthy: ReadonlySet<string> = new Set(),
): Signal {
  const rules = profile.rules.filter(({ enabled }) => enabled).map((rule) => prepare(rule, profile, timeZone))
  const ofAll = bases(rules)
  return {
    name: 'rules',
    isCalm: (history) => {
      const get = (name: string) => history.feature(name)
      for (const { condition } of rules) if (condition.evaluate(get) === 1) return false
      return true
    },
    read(history, isMuted = nothingMuted): Reading | null {
      const all = holding(rules, history)
      if (all === null) return null
      // Loops throughout: most of these lists are empty, and what is made for lists is dear where there are none.
      const [hits, muted, broken] = [[] as Hit[], [] as Evidence[], [] as string[]]
      const [basis, evidence] = [[] as string[], [] as Evidence[]]
      let strong = false
      for (const asked of all) {
        const kinds = brokenKinds(asked, unhealthy)
        if (kinds.length > 0 && isAbsence(asked, history)) {
          for (const kind of kinds) addOnce(broken, kind)
          continue
        }
        const hit = tell(asked, history)
        if (isMuted(hit.evidence)) {
          muted.push(hit.evidence)
          continue
        }
        hits.push(hit)
        evidence.push(hit.evidence)
        for (const kind of asked.rule.basis) addOnce(basis, kind)
        strong ||= asked.rule.strong
      }
      const independent = independentOf(hits)
      return new DatedReading(
        {
          signal: 'rules',
          fired: hits.length >= 1,
          strong: independent >= 2 || strong,
          independent,
          // Half of what is left is taken by each hit: 0.5, 0.75, 0.875, ...
          strength: 1 - 0.5 ** independent,
          basis,
          evidence,
          muted: muted.length > 0 ? muted : undefined,
          held:
            hits.length === 0 && broken.length > 0 ? { reason: 'feed-unhealthy', kinds: broken } : undefined,
        },
        () => (hits.length > 0 ? newestOf(hits) : newestEvent(history, ofAll)),
      )
    },
  }
}

/** The rules that hold; null: none of them can be told. */
function holding(rules: readonly Asked[], history: History): readonly Asked[] | null {
  const get = (name: string) => history.feature(name)
  const found: Asked[] = []
  let isKnown = false
  for (const asked of rules) {
    const answer = asked.condition.evaluate(get)
    if (answer === 1) found.push(asked)
    isKnown ||= !Number.isNaN(answer)
  }
  return isKnown ? found : null
}

function newestOf(hits: readonly Hit[]): number {
  let newest = Number.NEGATIVE_INFINITY
  for (const hit of hits) newest = Math.max(newest, hit.at())
  return newest
}

/** A rule that hit, with its sentence and its date once someone asks. */
interface Hit {
  readonly asked: Asked
  readonly evidence: Evidence
  at(): number
}

function tell(asked: Asked, history: History): Hit {
  const at = once(() => datedAt(history, asked))
  const { name, says } = asked.rule
  const evidence = new DatedRule(name, () => filled(says, (feature) => history.feature(feature)), at)
  return { asked, evidence, at }
}

function brokenKinds({ rule }: Asked, unhealthy: ReadonlySet<string>): readonly string[] {
  const broken: string[] = []
  if (unhealthy.size > 0) for (const kind of rule.basis) if (unhealthy.has(kind)) broken.push(kind)
  return broken
}

/** True when nothing that counts now has happened: a dead feed looks the same. */
function isAbsence({ rule, facts }: Asked, history: History): boolean {
  const present = facts.filter(({ kind, to, skip }) => rule.basis.includes(kind) && !to && !skip)
  return present.every((aggregate) => newestFact(history, aggregate) === Number.NEGATIVE_INFINITY)
}

function prepare(rule: Rule, profile: Profile, timeZone: string): Asked {
  const condition = compileExpression(rule.when, featureNames(profile))
  const facts = condition.uses.flatMap((name) => aggregatesBehind(profile, name))
  return { rule, condition, facts, list: listBehind(profile, condition.uses, timeZone) }
}

/** The most hits of which no two rest on the same: five rules are few enough to take them in order. */
function independentOf(hits: readonly Hit[]): number {
  if (hits.length < 2) return hits.length
  const taken = new Set<string>()
  let count = 0
  for (const { asked } of hits) {
    if (asked.rule.basis.some((kind) => taken.has(kind))) continue
    count += 1
    for (const kind of asked.rule.basis) taken.add(kind)
  }
  return count
}

function bases(rules: readonly Asked[]): string[] {
  return [...new Set(rules.flatMap(({ rule }) => rule.basis))]
}

/** A hit is as new as the moment it became true, or a newer fact that its condition counts. */
function datedAt(history: History, { condition, facts, list }: Asked): number {
  return Math.max(
    sinceWhen(history, list, (get) => condition.evaluate(get) === 1),
    ...facts.map((aggregate) => newestFact(history, aggregate)),
  )
}
