import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Config } from '../config.ts'
import { ForeshockError } from '../errors.ts'
import { JOURNEY, TOPICS } from '../paths.ts'
import type { Store } from '../store/store.ts'
import { parseCues } from '../voice/cue-file.ts'
import { type Cues, compileCues } from '../voice/cues.ts'
import { type Journey, parseJourney } from '../voice/journey.ts'
import type { Lexicon } from '../voice/lexicon.ts'
import { LEXICON_SETTING, type PresentLexicon, readChanges } from '../voice/lexicon-changes.ts'
import type { VoiceReader } from '../voice/reading.ts'
import type { ToneOf } from '../voice/sentiment-reader.ts'
import type { Segmenter } from '../voice/terms.ts'
import { mergeTopics, parseTopics } from '../voice/topic-file.ts'
import { type LearnedTopics, parseLearned } from '../voice/topic-model.ts'
import { readWords } from '../voice/words.ts'
import {
  lexiconBy,
  type OpenedSense,
  senseBy,
  shippedLexicon,
  shippedSense,
  shippedTone,
  toneBy,
} from './shipped.ts'

/** Part of every reader's version: raise it when the same words and models come to read otherwise. */
const READER = 'reader 6'

/** What a company may say about its voices; null: only what is shipped. */
type Own = Pick<Config, 'folder' | 'voices'> | null

/** What voices are read with now; made anew when words were changed from chat or topics were learned. */
export function openReader(parts: {
  readonly config: Config
  /** What the words below rest on: its name is part of what read a voice. */
  readonly sense: OpenedSense
  /** The words of leaving with these changes from chat. */
  readonly present: PresentLexicon
  readonly store: Pick<Store, 'settings'>
  /** What cut the words of a voice is part of what read it. */
  readonly segmenter: Segmenter
}): () => Promise<VoiceReader> {
  const { config, sense, present, store, segmenter } = parts
  let fixed: Fixed | null = null
  // What a company wrote is checked at the start; what is shipped waits until it is asked for.
  if (config.voices.topics !== undefined) fixed = openFixed(config, sense)
  let made: { readonly key: string; readonly reader: VoiceReader } | null = null
  return async () => {
    const changes = readChanges((await store.settings.all()).get(LEXICON_SETTING))
    const learned = learnedSource(config)
    const key = `${learned}\n${JSON.stringify(changes)}`
    fixed ??= openFixed(config, sense)
    if (made?.key !== key) {
      const reader = readerOf(fixed, present(changes), learned, topicModelFile(config))
      made = { key, reader: { ...reader, version: digestOf(reader.version, segmenter.name) } }
    }
    return made.reader
  }
}

/** The same without a database: the words as shipped and configured. */
export function plainReader(own: Own, competitors: readonly string[]): VoiceReader {
  const sense = openSense(own)
  const lexicon = openLexicon(competitors, sense)
  const learned = own === null ? '' : learnedSource(own)
  return readerOf(openFixed(own, sense), lexicon, learned, own === null ? '' : topicModelFile(own))
}

/** Where the topics that were learned are kept. */
export function topicModelFile({ folder, voices }: NonNullable<Own>): string {
  return resolve(folder, voices.topicModel)
}

interface Fixed {
  readonly cues: Cues
  readonly sentiment: ToneOf
  /** Of the files it comes from. */
  readonly digest: string
}

function openFixed(own: Own, sense: OpenedSense): Fixed {
  const [topicsFile, cuesFile] = [join(TOPICS, 'topics.yaml'), join(TOPICS, 'cues.yaml')]
  const [topics, cues] = [readFileSync(topicsFile, 'utf8'), readFileSync(cuesFile, 'utf8')]
  const shipped = parseTopics(topics, topicsFile)
  const added = ownTopics(own)
  const merged =
    added === null ? shipped : mergeTopics(shipped, parseTopics(added.source, added.file), added.file)
  const sentiment = openSentiment(own)
  return {
    cues: compileCues(merged, parseCues(cues, cuesFile), added?.file ?? topicsFile),
    sentiment: sentiment.read,
    digest: digestOf(topics, cues, added?.source ?? '', sentiment.digest, sense.digest),
  }
}

/** How moods are read: by weights of the company's own where it has them. */
function openSentiment(own: Own): ReturnType<typeof toneBy> {
  const file = ownFile(own, 'weights', 'sentiment weights', 'Make it with `foreshock voices train`')
  return file === null ? shippedTone() : toneBy(file)
}

/** What whole sentences say of leaving: by weights of the company's own where it has them. */
export function openSense(own: Own): OpenedSense {
  const file = ownFile(own, 'leaving', 'weights of leaving', 'Make it with `foreshock voices leaving`')
  return file === null ? shippedSense() : senseBy(file)
}

/** The shipped words, the company's competitors by name, and what whole sentences say. */
export function openLexicon(competitors: readonly string[], sense: OpenedSense): Lexicon {
  return sense === shippedSense() ? shippedLexicon(competitors) : lexiconBy(sense.of, competitors)
}

/** The journey stages as configured or shipped. */
export function openJourney(own: NonNullable<Own>): Journey {
  const file = ownFile(own, 'journey', 'journey stages', 'Put it there') ?? JOURNEY
  return parseJourney(readFileSync(file, 'utf8'), file)
}

function ownTopics(own: Own): { source: string; file: string } | null {
  const file = ownFile(own, 'topics', 'topics', 'Put it there')
  return file === null ? null : { source: readFileSync(file, 'utf8'), file }
}

/** The file that the company names for it; null: none. Throws CONFIG_INVALID where there is none of that name. */
function ownFile(
  own: Own,
  key: 'weights' | 'leaving' | 'journey' | 'topics',
  what: string,
  make: string,
): string | null {
  const named = own?.voices[key]
  if (own === null || named === undefined) return null
  const file = resolve(own.folder, named)
  if (existsSync(file)) return file
  const mend = `mend voices.${key} in the configuration: a path relative to it.`
  throw new ForeshockError('CONFIG_INVALID', `There is no file of ${what} ${file}.`, `${make}, or ${mend}`)
}

function learnedSource(own: NonNullable<Own>): string {
  const file = topicModelFile(own)
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}

function readerOf(fixed: Fixed, lexicon: Lexicon, learned: string, file: string): VoiceReader {
  return {
    version: digestOf(READER, fixed.digest, JSON.stringify(lexicon.entries), learned),
    sentiment: fixed.sentiment,
    words: (text) => readWords(text, lexicon),
    cues: fixed.cues,
    learned: learned === '' ? null : learnedIn(learned, file),
  }
}

function learnedIn(source: string, file: string): LearnedTopics {
  const learned = parseLearned(source)
  if (learned !== null) return learned
  throw new ForeshockError(
    'CONFIG_INVALID',
    `${file} holds no learned topics.`,
    'Learn them again with `foreshock voices topics`, or remove the file.',
  )
}

function digestOf(...parts: readonly string[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(`${part.length}:${part}`)
  return hash.digest('hex').slice(0, 16)
}
