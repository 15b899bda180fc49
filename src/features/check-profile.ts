import { expressionProblem, lacking, saysProblems } from './check-names.ts'
import { sectionProblems } from './check-sections.ts'
import { MEASURES, VOICE } from './columns.ts'
import { checkExpression } from './expression.ts'
import type { Aggregate } from './feature.ts'
import { featureNames } from './feature-list.ts'
import { kindsOf } from './kind-tree.ts'
import type { Profile } from './profile.ts'

/** What the schema cannot see: names that must exist, expressions that must read. One sentence each, empty when fine. */
export function profileProblems(profile: Profile): string[] {
  const kinds = new Set(Object.keys(profile.kinds))
  const names = featureNames(profile)
  return [
    ...voiceNames(kinds),
    ...repeated(names),
    ...repeated((profile.entitlements ?? []).map(({ name }) => name)),
    ...profile.churn.kinds.flatMap((kind, at) => lacking(`churn.kinds[${at}]`, kind, kinds, 'event kind')),
    ...partsProblems(profile.churn),
    ...lacking('churn.cancelled', profile.churn.cancelled, kinds, 'event kind'),
    ...lacking('rhythm.kind', profile.rhythm.kind, kinds, 'event kind'),
    ...lacking('ltv', profile.ltv, new Set(names), 'feature'),
    ...profile.aggregates.flatMap((aggregate) => aggregateProblems(aggregate, kindsOf(profile))),
    ...finaliserProblems(profile, names),
    ...changeProblems(profile, names, kinds),
    ...ruleProblems(profile, names, kinds),
    ...sectionProblems(profile, names),
  ]
}

function voiceNames(kinds: ReadonlySet<string>): string[] {
  return [...kinds]
    .filter((kind) => kind === VOICE || kind.startsWith(`${VOICE}_`))
    .map((kind) => `kinds.${kind}: "${VOICE}" always means feedback; name this kind differently.`)
}

function repeated(names: readonly string[]): string[] {
  const seen = new Set<string>()
  return names.flatMap((name) => {
    const twice = seen.has(name)
    seen.add(name)
    return twice ? [`The name "${name}" is used twice; rename one.`] : []
  })
}

function aggregateProblems(aggregate: Aggregate, kinds: ReadonlySet<string>): string[] {
  const path = `aggregates.${aggregate.name}`
  const { fn, measure, from, to, above, take } = aggregate
  const problems = lacking(`${path}.kind`, aggregate.kind, kinds, 'event kind')
  const measured = ['sum', 'mean', 'spread', 'share', 'last', 'newest'].includes(fn)
  if (measured && measure === undefined) {
    problems.push(`${path}: ${fn} needs a measure; add one of ${MEASURES.join(', ')}.`)
  }
  if (!measured && measure !== undefined) problems.push(`${path}: ${fn} takes no measure; remove "measure".`)
  if ((fn === 'share') !== (above !== undefined))
    problems.push(`${path}: "above" goes with share, and share needs it.`)
  if ((fn === 'newest') !== (take !== undefined))
    problems.push(`${path}: "take" goes with newest, and newest needs it.`)
  if (fn !== 'newest' && aggregate.skip !== undefined)
    problems.push(`${path}: "skip" goes with newest; remove it.`)
  if (from !== undefined && from <= (to ?? 0)) {
    problems.push(
      `${path}: the window is empty (from ${from}, to ${to ?? 0}); "from" lies further back than "to".`,
    )
  }
  return problems
}

function finaliserProblems(profile: Profile, names: readonly string[]): string[] {
  const first = names.length - profile.finalisers.length - (profile.peers ?? []).length
  return profile.finalisers.flatMap(({ name, expr }, position) => {
    const path = `finalisers.${name}`
    const problem = expressionProblem(path, expr, names)
    if (problem !== null) return problem
    const below = new Set(names.slice(first + position))
    const later = checkExpression(expr, names).uses.filter((used) => below.has(used))
    return later.map(
      (used) => `${path}: it reads "${used}", which is not above it; move "${used}" further up.`,
    )
  })
}

function changeProblems(profile: Profile, names: readonly string[], kinds: ReadonlySet<string>): string[] {
  const known = new Set(names)
  return profile.change.flatMap((watched, at) => [
    ...lacking(`change[${at}].now`, watched.now, known, 'feature'),
    ...lacking(`change[${at}].before`, watched.before, known, 'feature'),
    ...(watched.needs === undefined
      ? []
      : lacking(`change[${at}].needs.feature`, watched.needs.feature, known, 'feature')),
    ...lacking(`change[${at}].basis`, watched.basis, new Set([...kinds, VOICE]), 'event kind'),
    ...(watched.strong < watched.fires ? [`change[${at}]: "strong" is below "fires"; raise it.`] : []),
  ])
}

function ruleProblems(profile: Profile, names: readonly string[], kinds: ReadonlySet<string>): string[] {
  const known = new Set(names)
  const bases = new Set([...kinds, VOICE])
  return profile.rules.flatMap((rule, at) => [
    ...(profile.rules.findIndex(({ name }) => name === rule.name) < at
      ? [`rules.${rule.name}: the name is used twice; rename one.`]
      : []),
    ...(expressionProblem(`rules.${rule.name}.when`, rule.when, names) ?? []),
    ...rule.basis.flatMap((kind) => lacking(`rules.${rule.name}.basis`, kind, bases, 'event kind')),
    ...saysProblems(`rules.${rule.name}.says`, rule.says, known),
  ])
}

function partsProblems({ kinds, parts = [] }: Profile['churn']): string[] {
  const known = new Set(kinds)
  if (kinds.every((kind) => parts.includes(kind)))
    return ['churn.parts: something must be a sign of life; remove one.']
  return parts.flatMap((kind, at) => lacking(`churn.parts[${at}]`, kind, known, 'kind among churn.kinds'))
}
