import type { AlertTier, Assessment } from '../risk/assessment.ts'
import { hasLeft, isAlertTier, isWorse } from '../risk/assessment.ts'
import { WORD_CLASSES } from '../voice/entry.ts'
import type { Alert } from './alert.ts'

/** What of an assessment or a verdict a decision rests on. */
type Judged = Pick<Assessment, 'tier' | 'reason' | 'readings'>

/** What of a case a decision rests on. */
export interface Case extends Pick<Alert, 'tier' | 'state' | 'closedAt'> {
  readonly assessment: Pick<Assessment, 'reason' | 'readings'>
}

/** Why a case is brought up to date: whoever works it would do something else now. */
export type RaiseReason = 'worse-tier' | 'new-signal' | 'graver-words' | 'left' | 'back'

/** What a fresh assessment means for a customer's cases. Every answer names its reason. */
export type Decision =
  | { readonly act: 'open'; readonly reason: 'new-risk' | 'new-evidence'; readonly tier: AlertTier }
  | { readonly act: 'worsen'; readonly reason: RaiseReason; readonly tier: AlertTier }
  | {
      readonly act: 'none'
      readonly reason: 'no-alert-tier' | 'already-open' | 'being-watched' | 'already-answered'
    }

/**
 * One open case per customer. An open case is only raised, by a worse tier, a new kind of signal or graver words, or told
 * that the customer has left meanwhile, which is no tier, or has come back; a customer in the retained watch belongs to the follow-up; a closed case is opened again only by evidence that is newer than its end, or came in after it.
 */
export function decide(
  assessment: Judged,
  cases: { current: Case | null; lastClosed: Case | null; late?: ReadonlySet<string> },
): Decision {
  const { current, lastClosed, late } = cases
  const turned = current === null || current.state === 'watch' ? null : turnOf(assessment, current)
  if (turned !== null) return { act: 'worsen', reason: turned, tier: current!.tier }
  if (!isAlertTier(assessment.tier)) return { act: 'none', reason: 'no-alert-tier' }
  if (current?.state === 'watch') return { act: 'none', reason: 'being-watched' }
  if (current !== null) return raise(assessment, assessment.tier, current)
  if (lastClosed === null) return { act: 'open', reason: 'new-risk', tier: assessment.tier }
  return hasNewEvidence(assessment, lastClosed, late)
    ? { act: 'open', reason: 'new-evidence', tier: assessment.tier }
    : { act: 'none', reason: 'already-answered' }
}

/** Left since the case was last told of, or come back since. */
function turnOf(now: Judged, { assessment: told, tier }: Case): 'left' | 'back' | null {
  if (hasLeft(now)) return hasLeft(told) ? null : 'left'
  // A worse tier says more.
  return hasLeft(told) && !isWorse(now.tier, tier) ? 'back' : null
}

function raise(assessment: Judged, tier: AlertTier, current: Case): Decision {
  if (isWorse(tier, current.tier)) return { act: 'worsen', reason: 'worse-tier', tier }
  const told = current.assessment
  if (areGraver(assessment, told)) return { act: 'worsen', reason: 'graver-words', tier: current.tier }
  const known = new Set(firedSignals(told))
  const fresh = firedSignals(assessment).some((signal) => !known.has(signal))
  if (fresh) return { act: 'worsen', reason: 'new-signal', tier: current.tier }
  return { act: 'none', reason: 'already-open' }
}

/** Somebody whose words were known says worse, or says of high value that they go: other people are to hear of it. */
function areGraver(now: Judged, told: Case['assessment']): boolean {
  const spoke = gravestClass(told)
  if (spoke === null) return false
  const isLeaving = now.reason === 'strong-word-high-value' && told.reason !== now.reason
  return isLeaving || (gravestClass(now) ?? Number.POSITIVE_INFINITY) < spoke
}

/** Place of the gravest class of the churn words that speak, 0 the gravest; null: none speak. */
function gravestClass({ readings }: Pick<Judged, 'readings'>): number | null {
  const quoted = readings
    .filter(({ signal, fired }) => signal === 'words' && fired)
    .flatMap(({ evidence }) => evidence)
  const places = quoted.flatMap((piece) =>
    piece.kind === 'quote' ? [WORD_CLASSES.indexOf(piece.wordClass)] : [],
  )
  return places.length === 0 ? null : Math.min(...places)
}

/** True when something speaks now that the closed case had not already answered; `late`: what came in after its end. */
function hasNewEvidence(assessment: Judged, closed: Case, late?: ReadonlySet<string>): boolean {
  const end = closed.closedAt?.getTime() ?? 0
  return isWorse(assessment.tier, closed.tier) || speaksSince(assessment, end, late)
}

/** True when something speaks that is newer than an instant, milliseconds, or, of what is older, was not known then (`late`). */
export function speaksSince(
  { readings }: Pick<Assessment, 'readings'>,
  since: number,
  late?: ReadonlySet<string>,
): boolean {
  return readings.some(
    ({ fired, at, basis }) =>
      fired && (at > since || (late !== undefined && basis.some((base) => late.has(base)))),
  )
}

export function firedSignals(assessment: Pick<Assessment, 'readings'>): string[] {
  return assessment.readings.filter((reading) => reading.fired).map((reading) => reading.signal)
}
