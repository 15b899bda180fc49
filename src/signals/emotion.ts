import { DAY } from '../clock.ts'
import type { History, Voice } from '../timeline/history.ts'
import type { Mood, MoodOf } from '../voice/mood.ts'
import { sentenceAround } from '../voice/sentence.ts'
import { average, type Baseline, baselineOf, breakOf, type MoodPrior, USUAL_MOODS } from './baseline.ts'
import { type Evidence, type IsMuted, nothingMuted, type Reading, type Signal } from './signal.ts'
import { turnAt } from './turn.ts'

/** What makes a break. Moods are -1..1, `sigmas` standard deviations of what was to be expected. */
export interface EmotionTerms {
  /** Days that count as now. */
  readonly days: number
  readonly sigmas: number
  /** Least fall, and the mood that this week must be below: a little less delight is no break. */
  readonly fall: number
  readonly below: number
  /** A fall that began up to so many days before this week is one fall; what began earlier is how the customer is. */
  readonly fallDays: number
  /** The fall in sigmas that is strong on its own, of someone with at least so many voices before. */
  readonly strong: { readonly sigmas: number; readonly voices: number }
  /** A fan: the latest NPS, or the share of positive voices. */
  readonly fan: { readonly nps: number; readonly positive: number }
}

export const EMOTION: EmotionTerms = {
  days: 7,
  sigmas: 2,
  fall: 0.5,
  below: -0.3,
  fallDays: 56,
  strong: { sigmas: 3, voices: 3 },
  fan: { nps: 9, positive: 0.8 },
}

/** Voices among which a share of positive ones makes a fan, and days that an NPS is good for. */
const FAN = { voices: 3, npsDays: 365 }
/** A voice counts as a fan's disappointment only when it does not end in praise after all. */
const NOT_BELOW = 0.2
/** A fan who is let down is worse than any break of someone else. */
const FAN_STRENGTH = 0.95
const MOST = 0.85
/** Moods that lie no further apart are as bitter as each other. */
const AS_BITTER = 0.2

interface Heard {
  readonly voice: Voice
  readonly mood: Mood
}

/**
 * The mood of the last days against the customer's own half year. Fires where it breaks from the baseline, and where a
 * fan says that they had expected better. Null when nothing was said lately, or nothing ever before to break from.
 */
export function emotionSignal(
  moodOf: MoodOf,
  priorOf: (customer: string) => MoodPrior = () => USUAL_MOODS,
  terms: EmotionTerms = EMOTION,
): Signal {
  return {
    name: 'emotion',
    isCalm: ({ voices }) => voices.length === 0,
    read: (history, isMuted = nothingMuted) =>
      read(history, moodOf, priorOf(history.customer.id), terms, isMuted),
  }
}

function read(
  history: History,
  moodOf: MoodOf,
  prior: MoodPrior,
  terms: EmotionTerms,
  isMuted: IsMuted,
): Reading | null {
  const from = history.asOf - terms.days * DAY
  const heard = history.voices.flatMap((voice): Heard[] => {
    const mood = moodOf(voice)
    return mood === null ? [] : [{ voice, mood }]
  })
  const all = heard.filter(({ voice }) => voice.at >= from)
  const nps = latestNps(history, from)
  if (all.length === 0 || (all.length === heard.length && nps === null)) return null
  const usual = usualOf(heard, heard.length - all.length, from - terms.fallDays * DAY, prior)
  const { baseline } = usual
  const pieceOf = (said: Heard, week: readonly Heard[], fan: boolean) =>
    evidenceOf(said, week, usual, nps, fan)

  // A voice someone has judged to be no risk is out of it; a newer one speaks anew.
  const week = all.filter((one) => !isMuted(pieceOf(one, all, false)))
  const muted = all.filter((one) => !week.includes(one)).map((one) => pieceOf(one, all, false))
  const fan = isFan(baseline, nps, terms) && week.some(saysLetDown)
  const said = fan ? darkest(week.filter(saysLetDown)) : breaks(baseline, week, terms) ? darkest(week) : null
  const dark = said === null ? week : week.filter((one) => one === said || one.mood.score < 0)
  return {
    signal: 'emotion',
    fired: said !== null,
    strong: said !== null && (fan || isStrong(usual, week, terms)),
    strength: said === null ? 0 : strengthOf(baseline, week, fan),
    at: Math.max(...(dark.length > 0 ? dark : all).map(({ voice }) => voice.at)),
    basis: said === null ? [] : dark.map(({ voice }) => `voice:${voice.id}`),
    evidence: said === null ? [] : [pieceOf(said, week, fan)],
    ...(muted.length > 0 ? { muted } : {}),
  }
}

/** The mood as it was before it turned. */
interface Usual {
  readonly baseline: Baseline
  /** Moods before the turn, oldest first. */
  readonly before: readonly number[]
  /** The first voice of the new mood when it is older than this week; null: this week is the first of it. */
  readonly since: number | null
}

/** @param week place of this week's first voice. A mood that has been falling for weeks is not taken for the usual one. */
function usualOf(heard: readonly Heard[], week: number, earliestAt: number, prior: MoodPrior): Usual {
  const moods = heard.map(({ mood }) => mood.score)
  const earlier = baselineOf(moods.slice(0, week), prior)
  // Nobody asks since when a mood has been good.
  if (average(moods.slice(week)) >= NOT_BELOW)
    return { baseline: earlier, before: moods.slice(0, week), since: null }
  const earliest = heard.findIndex(({ voice }) => voice.at >= earliestAt)
  const turn = turnAt(moods, week, earliest, earlier.spread)
  const before = moods.slice(0, turn)
  if (turn === week) return { baseline: earlier, before, since: null }
  return { baseline: baselineOf(before, prior), before, since: heard[turn]!.voice.at }
}

function breaks(baseline: Baseline, week: readonly Heard[], terms: EmotionTerms): boolean {
  if (week.length === 0) return false
  const now = moodNow(week)
  if (now >= terms.below || baseline.mean - now < terms.fall) return false
  return breakOf(baseline, now, week.length) >= terms.sigmas
}

/** Whoever was as bitter before and came round is not taken at the first word. */
function isStrong({ baseline, before }: Usual, week: readonly Heard[], { strong }: EmotionTerms): boolean {
  const now = moodNow(week)
  if (baseline.voices < strong.voices || breakOf(baseline, now, week.length) < strong.sigmas) return false
  const bitter = before.findIndex((mood) => mood <= now + AS_BITTER)
  return bitter < 0 || !before.slice(bitter + 1).some((mood) => mood >= NOT_BELOW)
}

/** 0.5 at the edge of a break, rising with its size; a fan who is let down stands above all others. */
function strengthOf(baseline: Baseline, week: readonly Heard[], fan: boolean): number {
  const sigmas = Math.max(0, breakOf(baseline, moodNow(week), week.length))
  const size = 1 - 2 ** (-sigmas / 2)
  return fan ? FAN_STRENGTH + (1 - FAN_STRENGTH) * size : MOST * size
}

function moodNow(week: readonly Heard[]): number {
  return average(week.map(({ mood }) => mood.score))
}

function isFan({ positive, voices }: Baseline, nps: number | null, { fan }: EmotionTerms): boolean {
  if (nps !== null && nps >= fan.nps) return true
  return positive !== null && voices >= FAN.voices && positive >= fan.positive
}

function saysLetDown({ mood }: Heard): boolean {
  return mood.disappointed !== null && mood.score < NOT_BELOW
}

/** The darkest voice; of equals the newest, then by id. */
function darkest(heard: readonly Heard[]): Heard | null {
  const [first] = [...heard].sort(
    (a, b) => a.mood.score - b.mood.score || b.voice.at - a.voice.at || (a.voice.id < b.voice.id ? -1 : 1),
  )
  return first ?? null
}

function latestNps(history: History, before: number): number | null {
  const column = history.events('voice')
  const values = column.measure('nps')
  if (values === null) return null
  for (let index = values.length - 1; index >= 0; index -= 1) {
    const at = column.at[index]!
    if (at < before - FAN.npsDays * DAY) return null
    if (at < before && !Number.isNaN(values[index]!)) return values[index]!
  }
  return null
}

function evidenceOf(
  { voice, mood }: Heard,
  week: readonly Heard[],
  { baseline, before, since }: Usual,
  nps: number | null,
  fan: boolean,
): Evidence {
  const span = (fan ? mood.disappointed : mood.darkest) ?? { start: 0, end: 0 }
  return {
    kind: 'emotion',
    voice: voice.id,
    at: voice.at,
    channel: voice.channel,
    sentence: sentenceAround(voice.text, span),
    before: asRating(baseline.mean),
    after: asRating(moodNow(week)),
    voicesBefore: before.length,
    positiveBefore: Math.round((baseline.positive ?? 0) * before.length),
    voicesAfter: week.length,
    since,
    nps,
    fan,
  }
}

/** A mood on the scale of ratings, 0-10, one decimal. */
function asRating(mood: number): number {
  return Math.round((mood + 1) * 50) / 10
}
