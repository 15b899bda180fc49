import type { Found } from './cue-finder.ts'
import { type Cues, KINDS, type TopicCue } from './cues.ts'
import { openText } from './open-text.ts'
import { partsOf, type TopicHit } from './parts.ts'
import type { Label, Tone, ToneOf } from './sentiment-reader.ts'

/** A topic of a voice, with the mood of what is said about it. */
export interface TopicReading {
  /** `service` or `service.waiting`. */
  readonly topic: string
  /** -1..1, of the part of the text that speaks of it. */
  readonly strength: number
  readonly label: Label
  /** Where it is named, UTF-16 units, end exclusive; null: a learned model takes the whole to be about it. */
  readonly span: { readonly start: number; readonly end: number } | null
}

/** How strong a mood is that only a word of the topic tells. */
const STATED = 0.5
const NONE: readonly TopicReading[] = []

/**
 * The topics of a text, each with the mood of its own part: "车很好但是服务太差" is content with the product and not with
 * the service. `whole` is how the whole text reads. Linear in the text.
 */
export function readTopics(
  text: string,
  found: Found,
  cues: Cues,
  sentiment: ToneOf,
  whole: Tone,
): readonly TopicReading[] {
  const hits: TopicHit[] = []
  const turns: number[] = []
  for (let index = 0; index < found.count; index += 1) {
    const value = found.values[index]!
    const kind = cues.kinds[value]!
    const start = found.starts[index]!
    if (kind === KINDS.topic) {
      const { topic, mood } = cues.meanings[value] as TopicCue
      hits.push({ topic, mood, start, end: found.ends[index]! })
    } else if (kind === KINDS.contrast) turns.push(start)
  }
  if (hits.length === 0) return NONE
  const readings: TopicReading[] = []
  for (const { start, end, first, after } of partsOf(openText(text), hits, turns)) {
    const isAll = start === 0 && end === text.length
    // Words that judge by themselves need no second reading: the whole text's says how strongly.
    const reading =
      isAll || judgeAlone(hits, first, after)
        ? whole
        : (sentiment.part?.(start, end) ?? sentiment(text.slice(start, end)))
    const given = parentsIn(hits, first, after)
    for (let index = first; index < after; index += 1) {
      const hit = hits[index]!
      // "服务态度" is about the attitude; that this is a matter of service goes without saying.
      if (given.includes(hit.topic.id)) continue
      keepStrongest(readings, readingOf(text, hit, reading))
    }
  }
  return readings
}

function judgeAlone(hits: readonly TopicHit[], first: number, after: number): boolean {
  for (let index = first; index < after; index += 1) if (hits[index]!.mood === 0) return false
  return true
}

const NO_PARENTS: readonly string[] = []

function parentsIn(hits: readonly TopicHit[], first: number, after: number): readonly string[] {
  if (after - first < 2) return NO_PARENTS
  const parents: string[] = []
  for (let index = first; index < after; index += 1) {
    const { parent } = hits[index]!.topic
    if (parent !== null && !parents.includes(parent)) parents.push(parent)
  }
  return parents
}

function keepStrongest(readings: TopicReading[], reading: TopicReading): void {
  for (let index = 0; index < readings.length; index += 1) {
    const other = readings[index]!
    if (other.topic !== reading.topic) continue
    if (Math.abs(reading.strength) > Math.abs(other.strength)) readings[index] = reading
    return
  }
  readings.push(reading)
}

function readingOf(text: string, hit: TopicHit, part: Tone): TopicReading {
  const { topic, start, end } = hit
  const span = { start, end }
  if (hit.mood === 0) return { topic: topic.id, strength: part.strength, label: part.label, span }
  const mood = isTurned(text, start) ? -hit.mood : hit.mood
  const strength = mood * Math.max(STATED, mood * part.strength)
  return { topic: topic.id, strength, label: mood > 0 ? 'positive' : 'negative', span }
}

const TURNS_ZH =
  /(?:不|没|没有|不太|不怎么|不够|不是|不算|谈不上|并不|并非)(?:太|很|怎么|那么|够|特别|那样|多)?$/
const TURNS_EN =
  /(?:\bnot|n't|n’t|\bnever|\bhardly|\bfar from)(?: (?:very|so|too|that|really|exactly|at all|be|been|being|a|the))? $/i
const REACH_ZH = 6
const REACH_EN = 20

/** One of 不没非谈, without which no negation stands there. */
function hasNegator(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const unit = text.charCodeAt(at)
    if (unit === 0x4e0d || unit === 0x6ca1 || unit === 0x975e || unit === 0x8c08) return true
  }
  return false
}

/** A negation stands right before the word: "不太热情", "not very friendly". */
function isTurned(text: string, start: number): boolean {
  if (text.charCodeAt(start) >= 0x2000) {
    const from = Math.max(0, start - REACH_ZH)
    return hasNegator(text, from, start) && TURNS_ZH.test(text.slice(from, start))
  }
  return text[start - 1] === ' ' && TURNS_EN.test(text.slice(Math.max(0, start - REACH_EN), start))
}
