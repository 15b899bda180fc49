import { DAY } from '../clock.ts'
import type { Assessment } from '../risk/assessment.ts'
import { isAlertTier, isWorse } from '../risk/assessment.ts'
import type { Course } from './alert.ts'
import { firedSignals } from './decide.ts'

/** What a day of the retained watch says. */
export type Verdict =
  | { readonly act: 'relapse'; readonly reason: 'new-evidence' | 'worse-tier' | 'new-signal' | 'no-recovery' }
  | { readonly act: 'confirm'; readonly reason: 'watch-ended' }
  | { readonly act: 'wait'; readonly reason: Course }

export interface Watched {
  readonly from: Date
  readonly until: Date
  readonly now: Date
  /** What was known when the customer was marked retained. */
  readonly baseline: Assessment
  readonly latest: Assessment
  /** Times the customer came back (visits, orders, logins) since `from`. */
  readonly signsOfLife: number
  /** Usual days between two of them; null when the customer has no rhythm to judge by. */
  readonly usualDays: number | null
}

/**
 * Judges one watched customer. A relapse needs something the mark had not already answered: newer evidence, a
 * worse tier, a new kind of signal, or no sign of life by the midpoint from someone whose rhythm should have
 * shown one (a quarterly visitor cannot visit by day 15).
 */
export function followUp(watched: Watched): Verdict {
  const relapse = relapseReason(watched)
  if (relapse !== null) return { act: 'relapse', reason: relapse }
  if (watched.now >= watched.until) return { act: 'confirm', reason: 'watch-ended' }
  return { act: 'wait', reason: courseOf(watched) }
}

function relapseReason(
  watched: Watched,
): 'new-evidence' | 'worse-tier' | 'new-signal' | 'no-recovery' | null {
  const { baseline, latest, from } = watched
  if (isAlertTier(latest.tier)) {
    if (isWorse(latest.tier, baseline.tier)) return 'worse-tier'
    const known = new Set(firedSignals(baseline))
    if (firedSignals(latest).some((signal) => !known.has(signal))) return 'new-signal'
    if (latest.readings.some((reading) => reading.fired && reading.at > from.getTime())) return 'new-evidence'
  }
  const midpoint = from.getTime() + (watched.until.getTime() - from.getTime()) / 2
  const stillBad = isAlertTier(latest.tier)
  if (watched.now.getTime() >= midpoint && stillBad && shouldHaveShown(watched) && watched.signsOfLife === 0)
    return 'no-recovery'
  return null
}

/** True when the customer's own rhythm leaves room for at least one sign of life since the mark. */
function shouldHaveShown(watched: Watched): boolean {
  const days = (watched.now.getTime() - watched.from.getTime()) / DAY
  return watched.usualDays !== null && watched.usualDays <= days
}

function courseOf(watched: Watched): Course {
  if (watched.signsOfLife > 0) return isAlertTier(watched.latest.tier) ? 'flat' : 'warming'
  if (!shouldHaveShown(watched)) return 'too-early'
  return 'cooling'
}
