import type { Reading, SignalName } from '../signals/signal.ts'
import type { History } from '../timeline/history.ts'
import { featureOr } from './feature-of.ts'

/** How much of a signal's strength reaches the score. Only readings that fired add; the rest is ranked by quietness. */
const WEIGHTS: Readonly<Record<SignalName, number>> = {
  words: 0.9,
  model: 0.9,
  emotion: 0.8,
  silence: 0.6,
  rules: 0.6,
  change: 0.3,
}
/** Share of the score that quietness alone can reach; the rest is for what was said and done. */
const QUIET = 0.6

/** One part of a score: how much risk it adds by itself, 0..1, and the fired readings it rests on. */
export interface ScorePart {
  readonly risk: number
  readonly readings: readonly Reading[]
  /** True for the silence that grades everyone, with or without a reading that says so. */
  readonly quiet: boolean
}

/**
 * A graded 0..1 score that ranks customers while there is no model; not a probability. Everyone, fired signals or not,
 * is graded by the silence since the last visit against their own rhythm and by how often they came at all; what was
 * said and done adds to it as independent risks (1 minus the product of what each leaves).
 *
 * Signals that rest on nothing but the visits (`rhythmKind`; null: on any behaviour) see the same silence again. They
 * can lift the score to their own risk but not add to it: on real orders, adding them ranked faithful customers who
 * pause above one-time buyers who never return (AUC 0.71 instead of 0.77).
 */
export function coldStartScore(
  readings: readonly Reading[],
  history: History,
  rhythmKind: string | null = null,
): number {
  let left = 1
  for (const { risk } of scoreParts(readings, history, rhythmKind)) left *= 1 - risk
  return 1 - left
}

/** The independent parts of the score, largest first; the factors' shares come from here. */
export function scoreParts(
  readings: readonly Reading[],
  history: History,
  rhythmKind: string | null = null,
): ScorePart[] {
  // A silence that someone has judged to be no risk does not rank the customer either.
  const quiet = isSilenceMuted(readings, rhythmKind) ? null : quietness(history)
  let silence = QUIET * (quiet ?? 0)
  const silent: Reading[] = []
  const parts: ScorePart[] = []
  for (const reading of readings) {
    if (!reading.fired) continue
    if (isSameSilence(reading, rhythmKind)) {
      silent.push(reading)
      silence = Math.max(silence, riskOf(reading))
    } else parts.push({ risk: riskOf(reading), readings: [reading], quiet: false })
  }
  parts.push({ risk: silence, readings: silent, quiet: quiet !== null })
  return parts.length > 1 ? parts.sort((a, b) => b.risk - a.risk) : parts
}

function isSilenceMuted(readings: readonly Reading[], rhythmKind: string | null): boolean {
  for (const { muted } of readings) {
    if (muted?.some((piece) => piece.kind === 'rhythm' && piece.event === rhythmKind) === true) return true
  }
  return false
}

function riskOf({ signal, strength }: Reading): number {
  return WEIGHTS[signal] * within(strength)
}

function isSameSilence({ signal, basis }: Reading, rhythmKind: string | null): boolean {
  if (signal !== 'change' && signal !== 'rules') return false
  return rhythmKind === null || basis.every((kind) => kind === rhythmKind)
}

/**
 * 0..1: near 1 for one visit long ago, near 0 for many visits and the last one recent. The profile's
 * `quiet_strength` where it has one, else the same from `missed_beats` alone; null when neither is known.
 */
export function quietness(history: History): number | null {
  const strength = featureOr(history, 'quiet_strength')
  if (!Number.isNaN(strength)) return within(strength)
  const missed = featureOr(history, 'missed_beats')
  return Number.isNaN(missed) ? null : within(missed / (1 + missed))
}

function within(value: number): number {
  return Number.isNaN(value) ? 0 : Math.min(1, Math.max(0, value))
}
