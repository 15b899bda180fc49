import { DAY } from '../clock.ts'
import type { AlertTier, Assessment } from '../risk/assessment.ts'
import { isAlertTier, isWorse } from '../risk/assessment.ts'
import type { Course } from './alert.ts'
import { firedSignals } from './decide.ts'

/** Why a watched case is opened anew. */
export type RelapseReason = 'left' | 'new-evidence' | 'worse-tier' | 'new-signal' | 'no-recovery'

/** The watched case gives way to a new one. */
export interface Relapse {
  readonly act: 'relapse'
  readonly reason: RelapseReason
  readonly tier: AlertTier
}

/** What a day of the retained watch says. */
export type Verdict =
  | Relapse
  | { readonly act: 'confirm'; readonly reason: 'watch-ended' }
  | { readonly act: 'wait'; readonly reason: Course }

export interface Watched {
  /** Of the watched case. */
  readonly tier: AlertTier
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
  /** When the customer left, as the profile defines it, milliseconds; null: they are still here. */
  readonly goneSince: number | null
}

/**
 * Judges one watched customer. A relapse needs something the mark had not already answered: newer evidence, a
 * worse tier, a new kind of signal, or no sign of life by the midpoint from someone whose rhythm should have
 * shown one (a quarterly visitor cannot visit by day 15). Whoever has left is no risk any more, and so in no tier: they
 * are asked about first, or they would be confirmed as retained.
 */
export function followUp(watched: Watched): Verdict {
  const relapse = relapseReason(watched)
  if (relapse !== null) return { act: 'relapse', reason: relapse, tier: tierOf(watched) }
  if (watched.now >= watched.until) return { act: 'confirm', reason: 'watch-ended' }
  return { act: 'wait', reason: courseOf(watched) }
}

/** Who slips without a sign that is worth an alert by itself is at least as urgent as before. */
function tierOf({ latest, tier }: Watched): AlertTier {
  return isAlertTier(latest.tier) ? latest.tier : tier
}

function relapseReason(watched: Watched): RelapseReason | null {
  const { baseline, latest, from } = watched
  if (hasLeft(watched)) return 'left'
  if (isAlertTier(latest.tier)) {
    if (isWorse(latest.tier, baseline.tier)) return 'worse-tier'
    const known = new Set(firedSignals(baseline))
    if (firedSignals(latest).some((signal) => !known.has(signal))) return 'new-signal'
    if (latest.readings.some((reading) => reading.fired && reading.at > from.getTime())) return 'new-evidence'
  }
  return hasNotRecovered(watched) ? 'no-recovery' : null
}

/** Left during the watch; or before it, and not come back by its end. */
function hasLeft({ goneSince, from, now, until }: Watched): boolean {
  return goneSince !== null && (goneSince > from.getTime() || now >= until)
}

/**
 * No sign of life by the midpoint while the signs still stand. Where they have faded, only at the end, and only from
 * someone who should have shown two: one beat is missed by chance.
 */
function hasNotRecovered(watched: Watched): boolean {
  const { from, until, now, latest, signsOfLife } = watched
  if (signsOfLife > 0) return false
  const midpoint = from.getTime() + (until.getTime() - from.getTime()) / 2
  if (isAlertTier(latest.tier) && now.getTime() >= midpoint) return shouldHaveShown(watched, 1)
  return now >= until && shouldHaveShown(watched, 2)
}

/** True when the customer's own rhythm leaves room for at least so many signs of life since the mark. */
function shouldHaveShown({ from, now, usualDays }: Watched, signs: number): boolean {
  const days = (now.getTime() - from.getTime()) / DAY
  return usualDays !== null && usualDays * signs <= days
}

function courseOf(watched: Watched): Course {
  if (watched.signsOfLife > 0) return isAlertTier(watched.latest.tier) ? 'flat' : 'warming'
  if (!shouldHaveShown(watched, 1)) return 'too-early'
  return 'cooling'
}
