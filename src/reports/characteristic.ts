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

/** Mentions a term needs in a group to be called its own. */
const LEAST = 3
/** Beyond this, one term in twenty would be named by chance alone were there only one: what is shown is ranked by it. */
const CLEAR = 1.96
/** Mentions the prior counts for: rare terms lean towards what all groups say. */
const PRIOR = 20

/**
 * What each group speaks of more than the others: the log-odds ratio with an informative Dirichlet prior made of all groups
 * together (Monroe, Colaresi and Quinn 2008), so that neither the rarest nor the commonest term wins. At most `most` a group, the clearest first.
 */
export function characteristicTerms(
  counts: readonly TermCount[],
  most: number,
): ReadonlyMap<string, readonly Characteristic[]> {
  const perTerm = totals(counts, ({ term }) => term)
  const perGroup = totals(counts, ({ group }) => group)
  const all = counts.reduce((sum, { count }) => sum + count, 0)
  const found = new Map<string, Characteristic[]>()
  for (const { group, term, count } of counts) {
    if (count < LEAST) continue
    const prior = (PRIOR * perTerm.get(term)!) / all
    const [size, others] = [perGroup.get(group)!, all - perGroup.get(group)!]
    const elsewhere = perTerm.get(term)! - count
    const odds = logOdds(count + prior, size + PRIOR) - logOdds(elsewhere + prior, others + PRIOR)
    const z = odds / Math.sqrt(1 / (count + prior) + 1 / (elsewhere + prior))
    if (z < CLEAR || !Number.isFinite(z)) continue
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
