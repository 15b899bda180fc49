import type { Gone } from '../signals/gone.ts'
import type { Reading, SignalName } from '../signals/signal.ts'
import type { Tier, TierReason } from './assessment.ts'
import { isAlertTier, isWorse } from './assessment.ts'
import { type Bands, bandOf, DEFAULT_BANDS } from './bands.ts'

export interface TierInput {
  readonly readings: readonly Reading[]
  readonly highValue: boolean
  /** How they have already left, as the profile defines it; null: still here. */
  readonly gone: Gone | null
  /** What the model says; null: no model judged. */
  readonly forecast?: Weighed | null
  readonly bands?: Bands | undefined
}

/** A forecast, and what it is worth as an alert. */
export interface Weighed {
  /** Chance of leaving within `days`, 0..1. */
  readonly probability: number
  readonly days: number
  /** The same were nothing known of what the customer said; NaN: not asked. */
  readonly unspoken: number
  /** Days since the customer was last active; NaN: never was. */
  readonly silentDays: number
}

export interface TierDecision {
  readonly tier: Tier
  readonly reason: TierReason
}

/**
 * The tier of a customer, with the reason that decided it: what the signals call for, or the band of the model's
 * probability where that is more urgent.
 */
export function decideTier(input: TierInput): TierDecision {
  const { gone, forecast = null, bands = DEFAULT_BANDS } = input
  if (gone !== null && !stillSpeaks(input)) return { tier: 'routine', reason: 'already-gone' }
  const signals = bySignals(input)
  const band = forecast === null ? null : byForecast(forecast, bands)
  return band !== null && isWorse(band.tier, signals.tier) ? band : signals
}

/**
 * True of someone who only stayed away and now threatens to end it: whoever has left has nothing to end. Some stay away
 * for a year between two services.
 */
function stillSpeaks({ gone, readings }: TierInput): boolean {
  return gone === 'stayed-away' && readings.some((reading) => reading.fired && isThreat(reading))
}

/**
 * The band of a probability, so far as it is news and not hearsay; else the customer stays in the lists, without a card.
 *
 * Whoever has been silent for as many days as the forecast looks ahead has left before it began, or pauses: in neither
 * case is today the day to call, and the first night of a model would be a flood of them. And what a customer said is
 * judged by the signals, which read the words; a model knows marks and moods only, so that one bad mark of someone who
 * comes and goes as ever would be an alert.
 */
function byForecast({ probability, unspoken, silentDays, days }: Weighed, bands: Bands): TierDecision | null {
  const whole = bandOf(probability, bands)
  if (whole === null || !isAlertTier(whole.tier)) return whole
  if (silentDays >= days) return { tier: 'watch', reason: 'long-silent' }
  const deeds = Number.isNaN(unspoken) ? whole : bandOf(Math.min(probability, unspoken), bands)
  if (deeds === null || !isAlertTier(deeds.tier)) return { tier: 'watch', reason: 'words-alone' }
  return deeds.tier === whole.tier ? whole : { tier: deeds.tier, reason: 'partly-words' }
}

/** The first line that holds wins, so one more fired reading can only raise the urgency. */
function bySignals({ readings, highValue }: TierInput): TierDecision {
  if (readings.length === 0) return { tier: 'routine', reason: 'no-history' }
  const fired = readings.filter((reading) => reading.fired)
  if (fired.length === 0) {
    const isHeld = readings.some(({ held }) => held !== undefined)
    return { tier: 'routine', reason: isHeld ? 'held-back' : 'quiet' }
  }
  const saysGoing = fired.some((reading) => reading.strong && isGoing(reading))
  const threatens = fired.some(isThreat)

  if ((saysGoing || threatens) && highValue) return { tier: 'P0', reason: 'strong-word-high-value' }
  if (highValue && hasSecond(fired, 'emotion')) return { tier: 'P0', reason: 'emotion-and-signal-high-value' }

  if (saysGoing) return { tier: 'P1', reason: 'strong-word' }
  if (fired.some(isTwoRules)) return { tier: 'P1', reason: 'two-rules' }
  if (hasTwoSignals(fired)) return { tier: 'P1', reason: 'two-signals' }
  if (highValue && spoke(fired, 'emotion')) return { tier: 'P1', reason: 'emotion-break-high-value' }
  if (highValue && spoke(fired, 'silence')) return { tier: 'P1', reason: 'silence-high-value' }

  if (fired.some(isLetDownFan)) return { tier: 'P2', reason: 'fan-let-down' }
  if (fired.some(({ signal, strong }) => signal === 'words' && strong))
    return { tier: 'P2', reason: 'life-change-said' }
  if (fired.some((reading) => reading.strong)) return { tier: 'P2', reason: 'one-strong-signal' }
  return { tier: 'watch', reason: 'one-signal' }
}

function spoke(fired: readonly Reading[], name: SignalName): boolean {
  return fired.some(({ signal }) => signal === name)
}

/** Words of someone who speaks of ending it; a life that changes is told too, but not a decision against us. */
function isGoing(reading: Reading): boolean {
  if (reading.signal !== 'words') return false
  return !classesOf(reading).includes('life-change') || isThreat(reading)
}

/** Strong or not: a threat of a high-value customer is never waited out. */
function isThreat(reading: Reading): boolean {
  return reading.signal === 'words' && classesOf(reading).includes('strong-churn')
}

function classesOf({ evidence }: Reading) {
  return evidence.flatMap((piece) => (piece.kind === 'quote' ? [piece.wordClass] : []))
}

/** A reading that does not count its rules is strong because of two. */
function isTwoRules({ signal, strong, independent = strong ? 2 : 1 }: Reading): boolean {
  return signal === 'rules' && independent >= 2
}

/** The named signal, and another kind beside it that rests on something else. */
function hasSecond(fired: readonly Reading[], name: SignalName): boolean {
  return fired.some(
    (one) =>
      one.signal === name &&
      fired.some((other) => other.signal !== name && areDisjoint(one.basis, other.basis)),
  )
}

function isLetDownFan({ strong, evidence }: Reading): boolean {
  return strong && evidence.some((piece) => piece.kind === 'emotion' && piece.fan)
}

/** Two kinds of signal that rest on different evidence; one angry sentence seen twice counts once. */
export function hasTwoSignals(fired: readonly Reading[]): boolean {
  return fired.some((one, index) =>
    fired
      .slice(index + 1)
      .some((other) => one.signal !== other.signal && areDisjoint(one.basis, other.basis)),
  )
}

function areDisjoint(one: readonly string[], other: readonly string[]): boolean {
  return !one.some((base) => other.some((second) => overlaps(base, second)))
}

/** `voice` (some rating or mood of the voices) overlaps with any one voice: it may be the same one. */
function overlaps(one: string, other: string): boolean {
  if (one === other) return true
  return (one === 'voice' && other.startsWith('voice:')) || (other === 'voice' && one.startsWith('voice:'))
}
