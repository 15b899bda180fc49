import { compileExpression, type Expression } from '../features/expression.ts'
import type { Aggregate, Rule } from '../features/feature.ts'
import { type FeatureList, featureList } from '../features/feature-list.ts'
import type { Profile } from '../features/profile.ts'
import { inBoth, type Locale, type Text } from '../text.ts'
import type { History } from '../timeline/history.ts'
import { aggregatesBehind, newestEvent, newestFact } from './behind.ts'
import type { Signal } from './signal.ts'
import { sinceWhen } from './since.ts'

/** A rule ready to be asked, with the aggregates its condition rests on. */
interface Asked {
  readonly rule: Rule
  readonly condition: Expression
  readonly facts: readonly Aggregate[]
}

/**
 * The profile's cold-start rules. Three-valued: a rule whose measures are missing is unknown, and the whole reading is
 * null when no rule can be told. One hit fires, two are strong. `timeZone` is the company's.
 */
export function rulesSignal(profile: Profile, timeZone = 'UTC'): Signal {
  const list = featureList(profile, timeZone)
  const rules = profile.rules.filter(({ enabled }) => enabled).map((rule) => prepare(rule, profile, list))
  return {
    name: 'rules',
    read(history) {
      const get = (name: string) => history.feature(name)
      const answers = rules.map((asked) => asked.condition.evaluate(get))
      if (answers.every(Number.isNaN)) return null
      const hits = rules.filter((_, index) => answers[index] === 1)
      return {
        signal: 'rules',
        fired: hits.length >= 1,
        strong: hits.length >= 2,
        // Half of what is left is taken by each hit: 0.5, 0.75, 0.875, ...
        strength: 1 - 0.5 ** hits.length,
        // Dating a hit costs several passes of the kernel: done when someone asks.
        get at() {
          return hits.length > 0 ? datedAt(history, hits, list) : newestEvent(history, bases(rules))
        },
        basis: bases(hits),
        evidence: hits.map(({ rule }) => ({
          kind: 'rule',
          rule: rule.name,
          sentence: sentenceOf(rule, get),
        })),
      }
    },
  }
}

function prepare(rule: Rule, profile: Profile, list: FeatureList): Asked {
  const condition = compileExpression(rule.when, list.names)
  return { rule, condition, facts: condition.uses.flatMap((name) => aggregatesBehind(profile, name)) }
}

function bases(rules: readonly Asked[]): string[] {
  return [...new Set(rules.flatMap(({ rule }) => rule.basis))]
}

/** A hit is as new as the moment it became true, or a newer fact that its condition counts. */
function datedAt(history: History, hits: readonly Asked[], list: FeatureList): number {
  const dates = hits.flatMap(({ condition, facts }) => [
    sinceWhen(history, list, (get) => condition.evaluate(get) === 1),
    ...facts.map((aggregate) => newestFact(history, aggregate)),
  ])
  return Math.max(...dates)
}

function sentenceOf(rule: Rule, get: (name: string) => number): Text {
  return inBoth((locale) =>
    rule.says[locale].replace(/\{([^}]+)\}/g, (_, name: string) => figure(get(name), locale)),
  )
}

function figure(value: number, locale: Locale): string {
  if (!Number.isFinite(value)) return locale === 'zh' ? '若干' : 'some'
  return new Intl.NumberFormat(locale === 'zh' ? 'zh-CN' : 'en', { maximumFractionDigits: 1 }).format(value)
}
