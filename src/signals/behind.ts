import { DAY } from '../clock.ts'
import { compileExpression } from '../features/expression.ts'
import { ATTRIBUTE } from '../features/facts.ts'
import type { Aggregate } from '../features/feature.ts'
import { type FeatureList, featureList, featureNames } from '../features/feature-list.ts'
import { authorisationOf } from '../features/kind-tree.ts'
import type { Profile } from '../features/profile.ts'
import type { History } from '../timeline/history.ts'

/** The aggregates a feature rests on, through finalisers of finalisers; empty for facts and attributes. */
export function aggregatesBehind(profile: Profile, feature: string): readonly Aggregate[] {
  const aggregate = profile.aggregates.find(({ name }) => name === feature)
  if (aggregate !== undefined) return [aggregate]
  const finaliser = profile.finalisers.find(({ name }) => name === feature)
  if (finaliser === undefined) return []
  const { uses } = compileExpression(finaliser.expr, featureNames(profile))
  return uses.flatMap((used) => aggregatesBehind(profile, used))
}

/** A list of nothing but these features and what they rest on: the same numbers, sooner. Peers stay unknown in it. */
export function listBehind(profile: Profile, features: readonly string[], timeZone: string): FeatureList {
  const all = featureNames(profile)
  const wanted = new Set(features)
  // From the last finaliser up: each reads only those above it.
  for (const { name, expr } of profile.finalisers.toReversed()) {
    if (wanted.has(name)) for (const used of compileExpression(expr, all).uses) wanted.add(used)
  }
  for (const { name, kind } of profile.aggregates) {
    const by = wanted.has(name) ? authorisationOf(profile, kind) : undefined
    if (by !== undefined) wanted.add(ATTRIBUTE + by)
  }
  const { peers: _, attributes = {}, ...rest } = profile
  const named = Object.entries(attributes).filter(([name]) => wanted.has(ATTRIBUTE + name))
  const list = featureList(
    {
      ...rest,
      attributes: Object.fromEntries(named),
      aggregates: profile.aggregates.filter(({ name }) => wanted.has(name)),
      finalisers: profile.finalisers.filter(({ name }) => wanted.has(name)),
    },
    timeZone,
  )
  return { ...list, facts: list.facts.filter(({ slot }) => wanted.has(list.names[slot]!)) }
}

/** The newest event an aggregate has looked at, or -Infinity: one in its window, carrying its measure if it has one. */
export function newestFact(history: History, aggregate: Aggregate): number {
  const column = history.events(aggregate.kind)
  const values = aggregate.measure === undefined ? null : column.measure(aggregate.measure)
  if (aggregate.measure !== undefined && values === null) return Number.NEGATIVE_INFINITY
  const opens = aggregate.from === undefined ? Number.NEGATIVE_INFINITY : history.asOf - aggregate.from * DAY
  const closes = history.asOf - (aggregate.to ?? 0) * DAY
  for (let index = column.at.length - 1; index >= 0 && column.at[index]! >= opens; index -= 1) {
    if (column.at[index]! < closes && (values === null || !Number.isNaN(values[index]!)))
      return column.at[index]!
  }
  return Number.NEGATIVE_INFINITY
}

/** The newest event of any of these kinds, or 0 when there is none. */
export function newestEvent(history: History, kinds: readonly string[]): number {
  let newest = 0
  for (const kind of kinds) {
    const last = history.last(kind)
    if (last > newest) newest = last
  }
  return newest
}
