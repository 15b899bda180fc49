import { DAY } from '../clock.ts'
import { clean, clip } from '../text.ts'
import type { History, Voice } from '../timeline/history.ts'
import { USUAL_SEVERITY } from '../voice/entry.ts'
import { ownWords } from '../voice/first-hand.ts'
import type { Hit } from '../voice/hit.ts'
import type { Lexicon, WordClass } from '../voice/lexicon.ts'
import { WORD_CLASSES } from '../voice/lexicon.ts'
import type { MoodOf } from '../voice/mood.ts'
import { sentenceAround } from '../voice/sentence.ts'
import { readWords } from '../voice/words.ts'
import { isSettled } from './settled.ts'
import { type Evidence, nothingMuted, type Signal } from './signal.ts'

/** How bad one voice with a word of the class is, alone. */
const WEIGHTS: Readonly<Record<WordClass, number>> = {
  'strong-churn': 0.85,
  'life-change': 0.5,
  competitor: 0.45,
  'strong-negative': 0.4,
}
/** Classes that are enough for a look on their own. */
const STRONG: ReadonlySet<WordClass> = new Set(['strong-churn', 'life-change'])
/** Classes of someone who is up in arms. */
const HARD: readonly WordClass[] = ['strong-churn', 'strong-negative']
/** A voice at the far end of the window weighs this much less than one of today. */
const FADES = 0.25
const QUOTES = 3
/** Graphemes of a term as it was written; two words of one may stand apart. */
const TERM = 40
/** A move or a sold car is as true two months later as on the day it was told. */
const LIFE_DAYS = 60
/** Hard words older than this belong to another matter. */
const OTHER_MATTER_DAYS = 30

/** A voice with the words in it that count, the strongest class first. */
interface Spoken {
  readonly voice: Voice
  readonly hits: readonly Hit[]
  readonly strongest: Hit
}

/**
 * Churn words in the voices of the last `days` days (a history shows 180). A strong churn word
 * or a life that changes is strong on its own; a competitor or a strong negative fires. What has
 * been put right since, and so heard from the customer, no longer counts. Who spoke as hard before, was put at ease and
 * stayed is not taken at the first word: one threat of theirs fires, the next is strong. Null when nothing was said:
 * silence is no signal.
 */
export function wordsSignal(lexicon: Lexicon, days = 14, moodOf?: MoodOf): Signal {
  return {
    name: 'words',
    isCalm: ({ voices }) => voices.length === 0,
    read(history, isMuted = nothingMuted) {
      const voices = history.voices.filter((voice) => voice.at >= history.asOf - days * DAY)
      const heard = [...voices.flatMap((voice) => listen(voice, lexicon)), ...earlier(history, lexicon, days)]
      if (voices.length === 0 && heard.length === 0) return null
      heard.sort(byWeight)
      const all = areSettled(heard, history, moodOf) ? [] : heard
      const spoken = all.filter((one) => !isMuted(quote(one)))
      const muted = all.filter((one) => !spoken.includes(one))
      const voicesHeard = spoken.length > 0 ? spoken.map(({ voice }) => voice) : voices
      return {
        signal: 'words',
        fired: spoken.length > 0,
        strong: isStrong(spoken, () => hasStayedBefore(spoken[0]!.voice, lexicon, history, moodOf)),
        strength: strengthOf(spoken, history, days),
        at: Math.max(...voicesHeard.map(({ at }) => at)),
        basis: spoken.map(({ voice }) => `voice:${voice.id}`),
        evidence: spoken.slice(0, QUOTES).map(quote),
        ...(muted.length > 0 ? { muted: muted.map(quote) } : {}),
      }
    },
  }
}

/** What was told before these days and still holds: a life that changed. */
function earlier({ asOf, voices }: History, lexicon: Lexicon, days: number): Spoken[] {
  const old = voices.filter(({ at }) => at < asOf - days * DAY && at >= asOf - LIFE_DAYS * DAY)
  return old.flatMap((voice) => listen(voice, lexicon, ['life-change']))
}

function listen(voice: Voice, lexicon: Lexicon, classes: readonly WordClass[] = WORD_CLASSES): Spoken[] {
  const words = ownWords(voice.text, voice.channel)
  const hits = readWords(words, lexicon).filter((hit) => hit.counted && classes.includes(hit.class))
  if (hits.length === 0) return []
  const strongest = hits.reduce((best, hit) => (rank(hit) < rank(best) ? hit : best))
  return [{ voice, hits, strongest }]
}

function rank(hit: Hit): number {
  return WORD_CLASSES.indexOf(hit.class)
}

/** Only as a whole: whoever is content for a day and threatens again has not been put at ease. */
function areSettled(heard: readonly Spoken[], history: History, moodOf: MoodOf | undefined): boolean {
  return heard.every(
    ({ voice, strongest }) => strongest.class !== 'life-change' && isSettled(voice, history, moodOf),
  )
}

/** Strongest class first, then newest, then by id, so that the same voices give the same order. */
function byWeight(a: Spoken, b: Spoken): number {
  return (
    rank(a.strongest) - rank(b.strongest) || b.voice.at - a.voice.at || (a.voice.id < b.voice.id ? -1 : 1)
  )
}

function isStrong(spoken: readonly Spoken[], hasStayedBefore: () => boolean): boolean {
  // A word graded mild is no reason to act on its own.
  if (!spoken.some(({ strongest }) => STRONG.has(strongest.class) && strongest.severity > 1)) return false
  const isOneThreat = spoken.length === 1 && spoken[0]!.strongest.class === 'strong-churn'
  return !(isOneThreat && hasStayedBefore())
}

/** True when hard words about another matter were put right before this voice. */
function hasStayedBefore(
  { at }: Voice,
  lexicon: Lexicon,
  history: History,
  moodOf: MoodOf | undefined,
): boolean {
  const earlier = history.voices.filter((voice) => voice.at < at - OTHER_MATTER_DAYS * DAY)
  const hard = earlier.filter((voice) => listen(voice, lexicon, HARD).length > 0)
  return hard.some((voice) => isSettled(voice, history, moodOf, at))
}

function strengthOf(spoken: readonly Spoken[], history: History, days: number): number {
  const calm = spoken.reduce((left, { voice, strongest }) => {
    const age = Math.min(1, (history.asOf - voice.at) / (days * DAY))
    return left * (1 - WEIGHTS[strongest.class] * graveness(strongest) * (1 - FADES * age))
  }, 1)
  return 1 - calm
}

/** A word that was graded milder than its class weighs less. */
function graveness({ class: wordClass, severity }: Hit): number {
  return Math.min(1, severity / USUAL_SEVERITY[wordClass])
}

function quote({ voice, hits, strongest }: Spoken): Evidence {
  return {
    kind: 'quote',
    voice: voice.id,
    at: voice.at,
    channel: voice.channel,
    sentence: sentenceAround(voice.text, strongest.span),
    // The ones of its class first: lists name one, and a rival's name is no wish to leave.
    terms: writtenIn(
      voice,
      [...hits].sort((a, b) => rank(a) - rank(b)),
    ),
    wordClass: strongest.class,
  }
}

/** Each term once, as the customer wrote it: "曝光你们" and not "12315", under which the lexicon lists it. */
function writtenIn({ text }: Voice, hits: readonly Hit[]): string[] {
  const written = new Map<string, string>()
  for (const { term, span } of hits) {
    if (written.has(term)) continue
    const words = clean(text.slice(span.start, span.end)).replace(/\s+/g, ' ').trim()
    written.set(term, words === '' ? term : clip(words, TERM))
  }
  return [...new Set(written.values())]
}
