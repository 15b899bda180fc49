import { DAY } from '../clock.ts'
import type { AlertTier, Assessment } from '../risk/assessment.ts'
import { isAlertTier, isWorse } from '../risk/assessment.ts'
import type { Course } from './alert.ts'
import { firedSignals, speaksSince } from './decide.ts'

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
  /** What the mark could not have answered although it was said before; absent: nothing. */
  readonly late?: ReadonlySet<string> | undefined
  /** When the customer last came back (visits, orders, logins, content words) since `from`, milliseconds; null: not yet. */
  readonly lastSign: number | null
  /** When they last wrote in a bad mood since `from`, milliseconds; null: they did not. */
  readonly lastSour: number | null
  /** Usual days between two signs; null when the customer has no rhythm to judge by. */
  readonly usualDays: number | null
  /** The same of customers of this industry. */
  readonly commonDays: number
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
  const { baseline, latest, from, late } = watched
  if (hasLeft(watched)) return 'left'
  if (isAlertTier(latest.tier)) {
    if (isWorse(latest.tier, baseline.tier)) return 'worse-tier'
    const known = new Set(firedSignals(baseline))
    if (firedSignals(latest).some((signal) => !known.has(signal))) return 'new-signal'
    if (speaksSince(latest, from.getTime(), late)) return 'new-evidence'
  }
  return hasNotRecovered(watched) ? 'no-recovery' : null
}

/** Left during the watch; or before it, and not come back by its end. */
function hasLeft({ goneSince, from, now, until }: Watched): boolean {
  return goneSince !== null && (goneSince > from.getTime() || now >= until)
}

/** A silence of so many usual intervals after somebody came back is no chance any more. */
const GONE_AGAIN = 3

/**
 * No sign of life by the midpoint while the signs still stand. Where they have faded, only at the end, and only from
 * someone who should have shown two: one beat is missed by chance. Nor has who came back for a day and fell silent again.
 */
function hasNotRecovered(watched: Watched): boolean {
  const { from, until, now, latest, lastSign, usualDays } = watched
  if (lastSign !== null)
    return now >= until && usualDays !== null && silentDays(lastSign, now) > usualDays * GONE_AGAIN
  const midpoint = from.getTime() + (until.getTime() - from.getTime()) / 2
  if (isAlertTier(latest.tier) && now.getTime() >= midpoint) return shouldHaveShown(watched, 1)
  return now >= until && shouldHaveShown(watched, 2)
}

/** True when the customer's own rhythm leaves room for at least so many signs of life since the mark. */
function shouldHaveShown({ from, now, usualDays }: Watched, signs: number): boolean {
  return usualDays !== null && usualDays * signs <= silentDays(from.getTime(), now)
}

const silentDays = (since: number, now: Date): number => (now.getTime() - since) / DAY

/** A sign counts for as long as such customers usually are silent; two such silences, or a bad mood since, say the contrary. */
function courseOf({ from, now, latest, lastSign, lastSour, usualDays, commonDays }: Watched): Course {
  if (lastSour !== null && lastSour > (lastSign ?? 0)) return 'cooling'
  const missed = silentDays(lastSign ?? from.getTime(), now) / (usualDays ?? commonDays)
  if (lastSign === null) return missed >= 1 ? 'cooling' : 'too-early'
  if (missed > 2) return 'cooling'
  return missed > 1 || isAlertTier(latest.tier) ? 'flat' : 'warming'
}
