import { expressionProblem, lacking, saysProblems } from './check-names.ts'
import type { Profile } from './profile.ts'

/** What is wrong in the sections a profile may leave out; `names` are all its features. */
export function sectionProblems(profile: Profile, names: readonly string[]): string[] {
  const known = new Set(names)
  return [
    ...kindProblems(profile),
    ...attributeProblems(profile),
    ...peerProblems(profile, known),
    ...measureProblems(profile, known),
    ...Object.entries(profile.segments ?? {}).flatMap(([use, feature]) =>
      lacking(`segments.${use}`, feature, known, 'feature'),
    ),
    ...stageProblems(profile, names),
    ...(profile.monotone ?? []).flatMap(({ feature }) => lacking('monotone', feature, known, 'feature')),
    ...(profile.actionable ?? []).flatMap(({ feature }) => lacking('actionable', feature, known, 'feature')),
  ]
}

function kindProblems({ kinds, attributes = {} }: Profile): string[] {
  const known = new Set(Object.keys(kinds))
  // What serves the bias check alone has no feature that could be looked at.
  const flags = new Set(Object.keys(attributes).filter((name) => attributes[name]!.use !== 'bias'))
  return Object.entries(kinds).flatMap(([kind, { is, authorisedBy }]) => {
    const unknown = lacking(`kinds.${kind}.authorisedBy`, authorisedBy, flags, 'attribute')
    if (is === undefined || unknown.length > 0) return unknown
    const path = `kinds.${kind}.is`
    if (is === kind) return [`${path}: a kind is not a special case of itself; remove "is".`]
    const missing = lacking(path, is, known, 'event kind')
    if (missing.length > 0) return missing
    if (authorisedBy !== undefined && kinds[is]?.authorisedBy !== authorisedBy)
      return [
        `kinds.${kind}.authorisedBy: it counts as "${is}" as well; give that kind the same authorisedBy.`,
      ]
    return kinds[is]?.is === undefined
      ? []
      : [`${path}: "${is}" is itself a special case; name "${kinds[is].is}" instead.`]
  })
}

function attributeProblems({ attributes = {} }: Profile): string[] {
  const known = new Set(Object.keys(attributes))
  return Object.entries(attributes).flatMap(([name, { authorisedBy, categories = [] }]) => [
    ...lacking(`attributes.${name}.authorisedBy`, authorisedBy, known, 'attribute'),
    ...categories
      .flat()
      .filter((word, at, words) => words.indexOf(word) < at)
      .map((word) => `attributes.${name}.categories: "${word}" is there twice; remove one.`),
  ])
}

function peerProblems({ peers = [] }: Profile, known: ReadonlySet<string>): string[] {
  const own = new Set(peers.map(({ name }) => name))
  const others = new Set([...known].filter((name) => !own.has(name)))
  return peers.flatMap(({ name, of }) => lacking(`peers.${name}.of`, of, others, 'feature'))
}

function measureProblems({ measures = [], attributes = {} }: Profile, known: ReadonlySet<string>): string[] {
  // Attributes for the bias check have no feature, but they are measured all the same.
  const all = new Set([...known, ...Object.keys(attributes).map((name) => `attr_${name}`)])
  return measures.flatMap(({ label, features }) =>
    features.flatMap((feature) => lacking(`measures "${label.en}"`, feature, all, 'feature')),
  )
}

function stageProblems({ stages = [] }: Profile, names: readonly string[]): string[] {
  const known = new Set(names)
  return stages.flatMap(({ name, before, when, says }, at) => [
    ...(stages.findIndex((other) => other.name === name) < at
      ? [`stages.${name}: the name is used twice; rename one.`]
      : []),
    ...(before.from > before.to
      ? []
      : [`stages.${name}.before: "from" lies further before leaving than "to"; swap them.`]),
    ...(expressionProblem(`stages.${name}.when`, when, names) ?? []),
    ...saysProblems(`stages.${name}.says`, says, known),
  ])
}
