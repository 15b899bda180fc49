import type { Assessment } from './assessment.ts'
import { evidenceKeys, factorKeys } from './gist.ts'

/** What makes a new assessment worth a row of its own. */
export type Changed = 'tier' | 'reason' | 'signals' | 'factors' | 'stage' | 'layer'

/**
 * Compares two assessments of one customer and names the first thing that changed, or null. Numbers that merely drift
 * by a day (scores, shares, days of silence) are no change; another quote, rule, measure or factor is, and so is
 * another step on the way out or another operating layer. RFM classes move with everyone else and are no news alone.
 * A night asks the same of gists, which need no assessment (gist.ts).
 */
export function whatChanged(before: Assessment | null, after: Assessment): Changed | null {
  if (before === null || before.tier !== after.tier) return 'tier'
  if (before.reason !== after.reason) return 'reason'
  if (differ(evidenceKeys(before.readings), evidenceKeys(after.readings))) return 'signals'
  if (differ(factorKeys(before.factors), factorKeys(after.factors))) return 'factors'
  if (isOther(before.stage, after.stage, (stage) => stage?.name)) return 'stage'
  if (isOther(before.segments, after.segments, ({ layer }) => layer)) return 'layer'
  return null
}

/** What an older row does not tell is not known to differ. */
function isOther<T>(
  before: T | undefined,
  after: T | undefined,
  name: (of: T) => string | undefined,
): boolean {
  return before !== undefined && after !== undefined && name(before) !== name(after)
}

function differ(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size !== other.size || [...one].some((key) => !other.has(key))
}
