import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { shippedLexicon } from '../../src/main/shipped.ts'
import { PACKAGE_ROOT } from '../../src/paths.ts'
import { parseCues } from '../../src/voice/cue-file.ts'
import { compileCues } from '../../src/voice/cues.ts'
import type { VoiceReader } from '../../src/voice/reading.ts'
import { loadSentiment } from '../../src/voice/sentiment-lexicon.ts'
import { openToneReader } from '../../src/voice/sentiment-reader.ts'
import { unpackWeights } from '../../src/voice/sentiment-weights.ts'
import { parseTopics } from '../../src/voice/topic-file.ts'
import { readWords } from '../../src/voice/words.ts'

const bytesOf = (file: string): Buffer => readFileSync(join(PACKAGE_ROOT, 'models', file))
const source = (file: string): string => bytesOf(file).toString()

export const TOPICS = parseTopics(source('topics/topics.yaml'), 'topics.yaml')
export const CUES = parseCues(source('topics/cues.yaml'), 'cues.yaml')
export const CHURN = shippedLexicon([])
export const LEXICON = loadSentiment(source('lexicons/sentiment.yaml'), 'sentiment.yaml')

/** Reads with what is shipped. */
export const READER: VoiceReader = {
  version: 'test',
  sentiment: openToneReader(unpackWeights(bytesOf('sentiment/weights.bin'), 'weights.bin'), LEXICON),
  words: (text) => readWords(text, CHURN),
  cues: compileCues(TOPICS, CUES, 'topics.yaml'),
  learned: null,
}
