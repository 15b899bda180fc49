import { ForeshockError } from '../errors.ts'
import { chanceOf, shuffled } from '../learning/chance.ts'
import { coded, decoded } from './coded-rule.ts'
import { BUCKETS } from './features.ts'
import {
  type Calibrated,
  calibrate,
  type Heard,
  heardBy,
  LEXICON_SHARE,
  toneHeard,
} from './sentiment-calibration.ts'
import { type Confusion, confusionIn } from './sentiment-figures.ts'
import type { SentimentLexicon } from './sentiment-lexicon.ts'
import { LABELS, type Label } from './sentiment-reader.ts'
import { type Example, inBothSided, ofBothKinds, type Rows, rowsOf } from './sentiment-rows.ts'
import { type CodedRule, packWeights } from './sentiment-weights.ts'
import { type Separation, separate } from './separate.ts'

const COST = { mood: 0.25, neutral: 2 }
/** How much a text counts for what neutral is where its domain has none or nothing else: it tells the domain from others. */
const ONE_KIND = 0.1
/** One in so many rows is kept aside to calibrate on; of few rows every one in its turn. */
const ASIDE = 5
const FEW = 15_000
/** Fewer neutral rows say nothing about what neutral is. */
const LEAST_NEUTRAL = 50

export interface Lesson {
  readonly seed: number
  readonly progress?: (share: number) => void
  readonly signal?: AbortSignal
}

/** What training gives. */
export interface Taught {
  /** The weights as their file holds them. */
  readonly bytes: Uint8Array
  /** How the same recipe did on rows it had not learned from. */
  readonly aside: Confusion
}

/** Learns weights from judged texts. The same examples in the same order and the same seed give the same bytes. */
export function trainSentiment(
  examples: readonly Example[],
  lexicon: SentimentLexicon,
  lesson: Lesson,
): Promise<Taught> {
  return trainFrom(
    rowsOf(examples, lexicon),
    examples.map((_, row) => row),
    lesson,
  )
}

/**
 * Learns weights from some of the rows, by their places in ascending order.
 * Throws BAD_INPUT where they cannot teach: no text, or not both positive and negative ones.
 */
export async function trainFrom(
  rows: Rows,
  from: readonly number[],
  { seed, progress, signal }: Lesson,
): Promise<Taught> {
  mustTeach(from.map((row) => rows.labels[row]!))
  const folds = foldsOf(rows, from, seed)
  const between = (part: number) => async (share: number) => {
    progress?.((part + share) / (folds.length + 1))
    await new Promise<void>((go) => setImmediate(go))
    signal?.throwIfAborted()
  }
  const heard: Heard[] = []
  for (const [part, { taught, aside }] of folds.entries()) {
    const learned = await learn(rows, taught, seed, between(part))
    const { mood, neutral } = told(rows, taught, learned)
    heard.push(...heardBy(rows, { mood: decoded(mood), neutral: neutral && decoded(neutral) }, aside))
  }
  const calibration = await calibrate(rows, heard)
  return {
    bytes: packed(rows, told(rows, from, await learn(rows, from, seed, between(folds.length))), calibration),
    aside: confusionIn(
      heard.map((one) => ({ label: rows.labels[one.row]!, tone: toneHeard(rows, one, calibration) })),
    ),
  }
}

interface Fold {
  readonly taught: readonly number[]
  readonly aside: readonly number[]
}

/** The rows in `ASIDE` parts of equal mixture, each once kept aside; of many rows one part is enough. */
function foldsOf({ labels }: Rows, from: readonly number[], seed: number): Fold[] {
  const chance = chanceOf(seed, 1)
  const parts = Array.from({ length: ASIDE }, (): number[] => [])
  for (const [first, label] of LABELS.entries()) {
    const order = shuffled(
      from.filter((row) => labels[row] === label),
      chance,
    )
    for (const [at, row] of order.entries()) parts[(first + at) % ASIDE]!.push(row)
  }
  const kept = parts.slice(0, from.length > FEW ? 1 : ASIDE).map((part) => new Set(part))
  return kept.map((aside) => ({
    taught: from.filter((row) => !aside.has(row)),
    aside: from.filter((row) => aside.has(row)),
  }))
}

/** What one round of learning gives; `neutral` is null where too few rows are neutral. */
interface Learned {
  readonly mood: Separation
  readonly neutral: Separation | null
}

async function learn(
  rows: Rows,
  from: readonly number[],
  seed: number,
  between: (share: number) => Promise<void>,
): Promise<Learned> {
  const apart = (chosen: readonly number[], label: Label, cost: number, countOf: (row: number) => number) =>
    separate(
      rows,
      {
        rows: chosen,
        sides: Int8Array.from(chosen, (row) => (rows.labels[row] === label ? 1 : -1)),
        weights: Float64Array.from(chosen, (row) => rows.importance[row]! * countOf(row)),
        cost,
        seed,
      },
      (share) => between(((label === 'neutral' ? 1 : 0) + share) / 2),
    )
  const isNeutral = (row: number) => rows.labels[row] === 'neutral'
  const moody = from.filter((row) => !isNeutral(row))
  const mood = await apart(inBothSided(rows, moody), 'positive', COST.mood, () => 1)
  if (from.length - moody.length < LEAST_NEUTRAL) return { mood, neutral: null }
  const mixed = new Set(ofBothKinds(rows, from, isNeutral))
  const countOf = (row: number) => (mixed.size === 0 || mixed.has(row) ? 1 : ONE_KIND)
  return { mood, neutral: await apart(from, 'neutral', COST.neutral, countOf) }
}

/** The rules as the reader knows them, with a byte for each feature. */
interface Told {
  readonly mood: CodedRule
  readonly neutral: CodedRule | null
}

function told(
  { buckets, starts, features }: Rows,
  from: readonly number[],
  { mood, neutral }: Learned,
): Told {
  const uses = new Float64Array(buckets.length).fill(1)
  for (const row of from)
    for (let at = starts[row]!; at < starts[row + 1]!; at += 1) uses[features[at]!]! += 1
  return { mood: coded(mood, uses), neutral: neutral && coded(neutral, uses) }
}

function packed({ buckets }: Rows, { mood, neutral }: Told, calibrated: Calibrated): Uint8Array {
  const sides = [mood, neutral ?? coded(NO_RULE, new Float64Array(0))].map((side): CodedRule => {
    const codes = new Uint8Array(BUCKETS)
    for (const [feature, code] of side.codes.entries()) codes[buckets[feature]!] = code
    return { ...side, codes }
  })
  return packWeights({ ...calibrated, lexicon: LEXICON_SHARE }, sides[0]!, sides[1]!)
}

const NO_RULE: Separation = { weights: new Float64Array(0), telling: new Float64Array(0), bias: 0 }

function mustTeach(all: readonly Label[]): void {
  const labels = new Set(all)
  if (labels.has('positive') && labels.has('negative')) return
  const there = [...labels].join(', ')
  throw new ForeshockError(
    'BAD_INPUT',
    there === '' ? 'There is no labelled text to learn from.' : `All texts are labelled ${there}.`,
    'Give texts of both kinds, positive and negative.',
  )
}
