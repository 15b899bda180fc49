import type { Rise } from './detect.ts'
import { specificity } from './series.ts'

/** A rise with the voices behind it, by id. */
export interface Told {
  readonly rise: Rise
  readonly voices: ReadonlySet<string>
}

/** This much of what is too many in one series must lie in the other for that one to explain it. */
const EXPLAINS = 0.6

/** Whether the voices of `one` are most of what is too many in `other`. */
export function explains(one: Pick<Told, 'voices'>, other: Told): boolean {
  let shared = 0
  for (const voice of other.voices) if (one.voices.has(voice)) shared += 1
  return shared >= EXPLAINS * Math.min(other.rise.excess, other.voices.size)
}

export interface Merged {
  readonly storm: Told
  readonly also: readonly Told[]
}

/** A word that a topic, site or product explains is one of its words, and joins no two of them: words are shared by much. */
export function withWords(storms: readonly Merged[], words: readonly Told[]): Merged[] {
  const explaining = (word: Told): Merged | undefined => storms.find(({ storm }) => explains(storm, word))
  return [
    ...storms.map((each) => ({
      storm: each.storm,
      also: [...each.also, ...words.filter((word) => explaining(word) === each)],
    })),
    ...merged(words.filter((word) => explaining(word) === undefined)),
  ]
}

/**
 * One storm shows in many series: its topic, its sub-topic, the site, the words that are used. Of those that share their voices
 * the most specific that explains the others stands for all; where none does, the largest. The rest are its `also`.
 */
export function merged(told: readonly Told[]): Merged[] {
  const storms: Merged[] = []
  for (const group of groupsOf(told)) {
    const ranked = group.toSorted(
      (a, b) =>
        specificity(b.rise.series) - specificity(a.rise.series) ||
        a.voices.size - b.voices.size ||
        a.rise.chance - b.rise.chance,
    )
    const storm =
      ranked.find((one) => group.every((other) => other === one || explains(one, other))) ??
      group.reduce((largest, one) => (one.rise.excess > largest.rise.excess ? one : largest))
    storms.push({ storm, also: group.filter((one) => one !== storm) })
  }
  return storms
}

/** Those that are joined by one explaining the other, also over a third. */
function groupsOf(told: readonly Told[]): Told[][] {
  const groups: Told[][] = []
  for (const one of told) {
    const joined = groups.filter((group) =>
      group.some((other) => explains(one, other) || explains(other, one)),
    )
    for (const group of joined) groups.splice(groups.indexOf(group), 1)
    groups.push([...joined.flat(), one])
  }
  return groups
}
