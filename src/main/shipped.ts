import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadProfile } from '../features/load-profile.ts'
import type { Profile } from '../features/profile.ts'
import { LEAVING, LEXICONS, PROFILES, SENTIMENT } from '../paths.ts'
import { once } from '../signals/once.ts'
import { featuredBy } from '../voice/clues.ts'
import { compileLexicon, type Lexicon, parseLexicon } from '../voice/lexicon.ts'
import { openSense, parseSense, type Sense } from '../voice/sense.ts'
import { loadSentiment } from '../voice/sentiment-lexicon.ts'
import { openToneReader, type ToneOf } from '../voice/sentiment-reader.ts'
import { unpackWeights } from '../voice/sentiment-weights.ts'
import { SENSE_FILE, WEIGHTS_FILE } from './weights-files.ts'

/** Files that come with the program, each read once a process: a package does not change under what runs from it. */

/** The words of mood, and a name that changes with them. */
export const shippedMoodWords = once(() => {
  const file = join(LEXICONS, 'sentiment.yaml')
  const source = readFileSync(file, 'utf8')
  return { lexicon: loadSentiment(source, file), digest: digestOf(source) }
})

/** One reader of features for all that ask for them, so that each text is read once. */
const shippedFeatured = once(() => featuredBy(shippedMoodWords().lexicon))

/** A rule for whole sentences, and a name that changes with it. */
export interface OpenedSense {
  readonly of: Sense
  readonly digest: string
}

/** What is learned of leaving, and a name that changes with it. */
export const shippedSense = once(() => senseBy(join(LEAVING, SENSE_FILE)))

/** The same with weights of a company's own. */
export function senseBy(file: string): OpenedSense {
  const source = readFileSync(file, 'utf8')
  return { of: openSense(parseSense(source, file), shippedFeatured()), digest: digestOf(source) }
}

/** How moods that no word names are read, and a name that changes with it and with the words. */
export const shippedTone = once(() => toneBy(join(SENTIMENT, WEIGHTS_FILE)))

/** The same with weights of a company's own. */
export function toneBy(file: string): { readonly read: ToneOf; readonly digest: string } {
  const words = shippedMoodWords()
  const bytes = readFileSync(file)
  return {
    read: openToneReader(unpackWeights(bytes, file), words.lexicon, shippedFeatured()),
    digest: digestOf(words.digest, digestOf(bytes)),
  }
}

const shippedTerms = once(() => {
  const file = join(LEXICONS, 'churn.yaml')
  return parseLexicon(readFileSync(file, 'utf8'), file).map((entry) => ({ ...entry, shipped: true as const }))
})

/** The words of leaving by themselves. */
export const shippedWords = once(() => compileLexicon(shippedTerms()))

/** The words of leaving, and these competitors; and what whole sentences say. */
export const shippedLexicon = onceEach((competitors: readonly string[]) =>
  lexiconBy(shippedSense().of, competitors),
)

/** The same with another rule for whole sentences. */
export function lexiconBy(sense: Sense, competitors: readonly string[]): Lexicon {
  const rivals = competitors.map((term) => ({
    term,
    class: 'competitor' as const,
    not: [],
    asked: false,
    closing: false,
  }))
  return compileLexicon([...shippedTerms(), ...rivals], undefined, sense)
}

/** A profile that is shipped, by its name. */
export const shippedProfile = onceEach((name: string): Profile => {
  const file = join(PROFILES, `${name}.yaml`)
  return loadProfile(readFileSync(file, 'utf8'), file)
})

/** Makes each thing once; `of` is plain data. */
function onceEach<Of, Thing>(make: (of: Of) => Thing): (of: Of) => Thing {
  const made = new Map<string, Thing>()
  return (of) => {
    const key = JSON.stringify(of)
    const known = made.get(key)
    if (known !== undefined) return known
    const thing = make(of)
    made.set(key, thing)
    return thing
  }
}

function digestOf(...parts: readonly (string | Buffer)[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}
