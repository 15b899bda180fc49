import { compileExpression, type Expression } from '../features/expression.ts'
import type { Aggregate, Rule } from '../features/feature.ts'
import { type FeatureList, featureNames } from '../features/feature-list.ts'
import { filled } from '../features/filled.ts'
import type { Profile } from '../features/profile.ts'
import type { History } from '../timeline/history.ts'
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
      for (const { condition } of rules)
        if (condition.evaluate((name) => history.feature(name)) === 1) return false
      return true
    },
    read(history, isMuted = nothingMuted): Reading | null {
      const get = (name: string) => history.feature(name)
      const answers = rules.map((asked) => asked.condition.evaluate(get))
      if (answers.every(Number.isNaN)) return null
      const all = rules.filter((_, index) => answers[index] === 1)
      const doubtful = all.filter(
        (asked) => brokenKinds(asked, unhealthy).length > 0 && isAbsence(asked, history),
      )
      const told = all.filter((asked) => !doubtful.includes(asked)).map((asked) => tell(asked, history))
      const hits = told.filter(({ evidence }) => !isMuted(evidence))
      const muted = told.filter((hit) => !hits.includes(hit)).map(({ evidence }) => evidence)
      const broken = doubtful.flatMap((asked) => brokenKinds(asked, unhealthy))
      const independent = independentOf(hits)
      return new DatedReading(
        {
          signal: 'rules',
          fired: hits.length >= 1,
          strong: independent >= 2 || hits.some(({ asked }) => asked.rule.strong),
          independent,
          // Half of what is left is taken by each hit: 0.5, 0.75, 0.875, ...
          strength: 1 - 0.5 ** independent,
          basis: bases(hits.map(({ asked }) => asked)),
          evidence: hits.map(({ evidence }) => evidence),
          muted: muted.length > 0 ? muted : undefined,
          held:
            hits.length === 0 && broken.length > 0
              ? { reason: 'feed-unhealthy', kinds: [...new Set(broken)] }
              : undefined,
        },
        () => (hits.length > 0 ? Math.max(...hits.map((hit) => hit.at())) : newestEvent(history, ofAll)),
      )
    },
  }
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

function brokenKinds({ rule }: Asked, unhealthy: ReadonlySet<string>): string[] {
  return rule.basis.filter((kind) => unhealthy.has(kind))
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
