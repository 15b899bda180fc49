import { type Cues, KINDS, type Tag, type TagCue } from './cues.ts'
import type { Hit } from './hit.ts'
import { languageOf, type VoiceLanguage } from './language.ts'
import type { Tone, ToneOf } from './sentiment-reader.ts'
import { type LearnedTopics, withLearned } from './topic-model.ts'
import { readTopics, type TopicReading } from './topics.ts'
import { type Urgency, urgencyIn } from './urgency.ts'
import { type Wish, wishIn } from './wish.ts'

/** Everything that voices are read with. */
export interface VoiceReader {
  /** Names words, topics and models it reads with: readings of another version are read again. */
  readonly version: string
  readonly sentiment: ToneOf
  readonly words: (text: string) => readonly Hit[]
  readonly cues: Cues
  /** Learned from the company's own labels; null: none. */
  readonly learned: LearnedTopics | null
}

/** All that is read out of one voice. */
export interface VoiceReading extends Tone {
  readonly language: VoiceLanguage
  /** Of the text, in UTF-16 units. */
  readonly length: number
  readonly topics: readonly TopicReading[]
  readonly tags: readonly Tag[]
  readonly urgency: Urgency
  readonly wish: Wish | null
  readonly hits: readonly Hit[]
  /** The competitor that is spoken of, as the lexicon writes it; null: none. */
  readonly competitor: string | null
  readonly severity: Severity
}

/** 0 nothing to worry about, 1 discontent, 2 has had enough or looks elsewhere, 3 ends it or is in danger. */
export type Severity = 0 | 1 | 2 | 3

/** Longer texts are read to here: what a voice is about, it says by then, and no text holds up the others. */
export const MOST_READ = 8_000

/** Reads one voice. Linear in the text; any string is safe. */
export function readVoice(words: string, reader: VoiceReader): VoiceReading {
  const text = words.length > MOST_READ ? words.slice(0, MOST_READ) : words
  const { cues } = reader
  const hits = reader.words(text)
  const mood = withHits(reader.sentiment(text), hits)
  const found = cues.finder.scan(text)
  const urgency = urgencyIn(found, cues)
  const wish = wishIn(text, found, cues)
  const tags = tagsIn(found, cues)
  const topics = readTopics(text, found, cues, reader.sentiment, mood)
  return {
    language: languageOf(text),
    length: words.length,
    strength: mood.strength,
    label: mood.label,
    confidence: mood.confidence,
    topics: reader.learned === null ? topics : withLearned(text, topics, reader.learned, mood),
    tags,
    urgency,
    wish,
    hits,
    competitor: hits.find((hit) => hit.counted && hit.class === 'competitor')?.term ?? null,
    severity: severityOf(mood, hits, urgency),
  }
}

/** How sure a word of "has had enough" is that counts, and how bitter: as often right in sentences kept aside. */
const HAD_ENOUGH = 0.8

/** Who has had enough is not neutral, however few words they say it in: "这是在割韭菜". */
function withHits(tone: Tone, hits: readonly Hit[]): Tone {
  if (tone.label !== 'neutral') return tone
  if (!hits.some((hit) => hit.counted && hit.class === 'strong-negative')) return tone
  return { strength: Math.min(tone.strength, -HAD_ENOUGH), label: 'negative', confidence: HAD_ENOUGH }
}

/** Whether the severity of a voice is 3, with nothing else read of it. */
export function isGravest(words: string, { cues, words: wordsIn }: VoiceReader): boolean {
  const text = words.length > MOST_READ ? words.slice(0, MOST_READ) : words
  return (
    wordsIn(text).some(({ counted, severity }) => counted && severity === 3) ||
    urgencyIn(cues.finder.scan(text), cues).why === 'danger'
  )
}

const NO_TAGS: readonly Tag[] = []

function tagsIn(found: ReturnType<Cues['finder']['scan']>, cues: Cues): readonly Tag[] {
  let tags: Tag[] | null = null
  for (let index = 0; index < found.count; index += 1) {
    const value = found.values[index]!
    if (cues.kinds[value] !== KINDS.tag) continue
    const { tag } = cues.meanings[value] as TagCue
    tags ??= []
    if (!tags.includes(tag)) tags.push(tag)
  }
  return tags ?? NO_TAGS
}

function severityOf(mood: Tone, hits: readonly Hit[], urgency: Urgency): Severity {
  if (urgency.why === 'danger') return 3
  // What sounds bitter in "I do not want a refund" is the very word that does not count.
  const calm = mood.label !== 'negative' || (hits.length > 0 && hits.every((hit) => !hit.counted))
  let severity: Severity = calm ? 0 : 1
  for (const hit of hits) {
    if (hit.counted && hit.severity > severity) severity = hit.severity
  }
  return severity
}
