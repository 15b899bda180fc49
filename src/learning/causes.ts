import { isEverybodys, rhythmDays } from '../features/own-rhythm.ts'
import type { Profile } from '../features/profile.ts'
import type { Factor } from '../risk/assessment.ts'
import { labelOf } from '../risk/feature-of.ts'
import type { Text } from '../text.ts'

/** A factor of a learned model: what its features add to the raw score together, and each of them. */
export interface ModelFactor extends Factor {
  /** Log-odds (a forest: share) that the group adds. */
  readonly adds: number
  readonly parts: readonly Part[]
}

/** One feature of a group. */
export interface Part {
  readonly feature: string
  readonly adds: number
  /** The customer's own value; null when unknown. */
  readonly value: number | null
  readonly segmentMedian: number | null
}

/** A row and what a model's explainer says of it, both in the order of `names`. */
export interface Explained {
  readonly names: readonly string[]
  readonly values: ArrayLike<number>
  readonly phi: ArrayLike<number>
}

const TOP = 5

/**
 * The things people would name for a score, heaviest first: features that express one measure of the profile count as
 * one. A factor shows the numbers of its weightiest feature and is called what they count: a measure's name would leave
 * open what is 8.5, and tells only of a change, before and after. Shares are of all that moves the score either way, so
 * that those of the factors sum to at most 1.
 *
 * @param median a feature's median in the customer's segment, NaN when unknown
 */
export function causesOf(
  explained: Explained,
  profile: Profile,
  median: (feature: string) => number,
  top = TOP,
): ModelFactor[] {
  const groups = [...grouped(explained, profile, median).values()]
  const sized = groups.map((group) => ({
    ...group,
    adds: group.parts.reduce((sum, { adds }) => sum + adds, 0),
  }))
  const total = sized.reduce((sum, { adds }) => sum + Math.abs(adds), 0)
  return sized
    .filter(({ adds }) => adds !== 0)
    .sort(
      (a, b) => Math.abs(b.adds) - Math.abs(a.adds) || (a.parts[0]!.feature < b.parts[0]!.feature ? -1 : 1),
    )
    .slice(0, top)
    .map((group) => factorOf(group, total, explained, profile, median))
}

interface Group {
  readonly label: Text
  readonly parts: Part[]
}

/** Features by the first measure that names them; any other is a group of its own. */
function grouped(
  { names, values, phi }: Explained,
  profile: Profile,
  median: (feature: string) => number,
): Map<string, Group> {
  const groups = new Map<string, Group>()
  names.forEach((feature, column) => {
    const measure = profile.measures?.find(({ features }) => features.includes(feature))
    const key = measure === undefined ? feature : `measure ${measure.label.en}`
    const group = groups.get(key) ?? { label: measure?.label ?? labelOf(feature, profile), parts: [] }
    groups.set(key, group)
    group.parts.push({
      feature,
      adds: phi[column]!,
      value: known(values[column]!),
      segmentMedian: known(median(feature)),
    })
  })
  return groups
}

function factorOf(
  { label, parts, adds }: Group & { readonly adds: number },
  total: number,
  explained: Explained,
  profile: Profile,
  median: (feature: string) => number,
): ModelFactor {
  const sign = Math.sign(adds)
  const shown = parts.reduce((most, part) => (part.adds * sign > most.adds * sign ? part : most))
  const { now, before } = momentsOf(shown.feature, explained, profile)
  return {
    feature: now,
    label: before === null ? countedBy(now, label, profile) : label,
    // Rounded down, so that rounding never lifts the sum above 1.
    share: Math.floor((Math.abs(adds) / total) * 1000) / 1000,
    direction: adds > 0 ? 'raises' : 'lowers',
    before: before === null ? null : ownValue(before, explained, profile),
    after: ownValue(now, explained, profile),
    segmentMedian: known(median(now)),
    adds,
    parts: [...parts].sort((a, b) => Math.abs(b.adds) - Math.abs(a.adds)),
  }
}

/** What a feature's number counts; the measure's name where nobody has named the feature. */
function countedBy(feature: string, measure: Text, profile: Profile): Text {
  const own = labelOf(feature, profile)
  return own.en === feature ? measure : own
}

/** The feature that says how it is now, and the one that says how it was, where the profile knows such a pair. */
function momentsOf(
  feature: string,
  explained: Explained,
  profile: Profile,
): { now: string; before: string | null } {
  const { names } = explained
  const pairs = [...profile.change, { now: 'quiet_days', before: 'usual_gap_days' }]
  const pair = pairs.find(({ now, before }) => feature === now || feature === before)
  if (pair === undefined || !names.includes(pair.now)) return { now: feature, before: null }
  const hasBefore = names.includes(pair.before) && !isPrior(pair.before, explained, profile)
  return { now: pair.now, before: hasBefore ? pair.before : null }
}

/** Null also where the number says more about everybody than about them. */
function ownValue(feature: string, explained: Explained, profile: Profile): number | null {
  return isPrior(feature, explained, profile) ? null : numberOf(feature, explained)
}

function isPrior(feature: string, explained: Explained, profile: Profile): boolean {
  const counted = rhythmDays(profile)
  const days = counted === null ? null : numberOf(counted, explained)
  // Whoever's days the model does not read is known by an interval that is nobody's but the profile's.
  if (days === null)
    return numberOf('usual_gap_days', explained) === profile.rhythm.usualDays && isEverybodys(feature, 1)
  return isEverybodys(feature, days)
}

function numberOf(feature: string, { names, values }: Explained): number | null {
  return known(values[names.indexOf(feature)] ?? Number.NaN)
}

function known(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
