/** How often a topic or tag was named in one group of voices. */
export interface TermCount {
  readonly group: string
  readonly term: string
  readonly count: number
}

/** A term that one group names more often than the others do. */
export interface Characteristic {
  readonly term: string
  readonly count: number
  /** How many standard errors its log-odds lie above those of the other groups. */
  readonly z: number
}

/** What makes a term a group's own. */
export interface Standard {
  /** Mentions it needs there. */
  readonly least: number
  /** Standard errors its log-odds must lie above those of the others. */
  readonly clear: number
}

/** For a few dozen topics: one in twenty would be named by chance alone were there only one; what is shown is ranked by it. */
export const OF_TOPICS: Standard = { least: 3, clear: 1.96 }
/** For the thousands of words a language has, of which many would stand out by chance. */
export const OF_WORDS: Standard = { least: 5, clear: 3.3 }
/** Mentions the prior counts for: rare terms lean towards what all groups say. */
const PRIOR = 20

/** A count with what it is a part of. */
export interface CountWithin extends TermCount {
  /** Mentions of the term in all groups, of all terms in the group, and of everything. */
  readonly ofTerm: number
  readonly ofGroup: number
  readonly ofAll: number
}

/** What each group speaks of more than the others, of all that was counted: `ownTerms` of it. */
export function characteristicTerms(
  counts: readonly TermCount[],
  most: number,
): ReadonlyMap<string, readonly Characteristic[]> {
  const perTerm = totals(counts, ({ term }) => term)
  const perGroup = totals(counts, ({ group }) => group)
  const ofAll = counts.reduce((sum, { count }) => sum + count, 0)
  const within = counts.map((each) => ({
    ...each,
    ofTerm: perTerm.get(each.term)!,
    ofGroup: perGroup.get(each.group)!,
    ofAll,
  }))
  return ownTerms(within, most, OF_TOPICS)
}

/**
 * What each group speaks of more than the others: the log-odds ratio with an informative Dirichlet prior made of all groups
 * together (Monroe, Colaresi and Quinn 2008), so that neither the rarest nor the commonest term wins. At most `most` a group, the clearest first.
 */
export function ownTerms(
  counts: readonly CountWithin[],
  most: number,
  { least, clear }: Standard,
): ReadonlyMap<string, readonly Characteristic[]> {
  const found = new Map<string, Characteristic[]>()
  for (const { group, term, count, ofTerm, ofGroup, ofAll } of counts) {
    if (count < least) continue
    const prior = (PRIOR * ofTerm) / ofAll
    const [others, elsewhere] = [ofAll - ofGroup, ofTerm - count]
    const odds = logOdds(count + prior, ofGroup + PRIOR) - logOdds(elsewhere + prior, others + PRIOR)
    const z = odds / Math.sqrt(1 / (count + prior) + 1 / (elsewhere + prior))
    if (z < clear || !Number.isFinite(z)) continue
    const own = found.get(group) ?? []
    own.push({ term, count, z })
    found.set(group, own)
  }
  for (const [group, own] of found) found.set(group, own.sort((a, b) => b.z - a.z).slice(0, most))
  return found
}

function logOdds(count: number, of: number): number {
  return Math.log(count / (of - count))
}

function totals(counts: readonly TermCount[], keyOf: (count: TermCount) => string): Map<string, number> {
  const sums = new Map<string, number>()
  for (const each of counts) sums.set(keyOf(each), (sums.get(keyOf(each)) ?? 0) + each.count)
  return sums
}
