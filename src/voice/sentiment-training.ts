import { ForeshockError } from '../errors.ts'
import { platt } from '../learning/calibrate.ts'
import { chanceOf, shuffled } from '../learning/chance.ts'
import { lowest } from '../learning/lbfgs.ts'
import { logistic } from '../learning/model.ts'
import { BUCKETS } from './features.ts'
import { type Confusion, confusionOf } from './sentiment-figures.ts'
import type { SentimentLexicon } from './sentiment-lexicon.ts'
import { LABELS, type Label, openToneReader } from './sentiment-reader.ts'
import { domainWeights, type Example, type Rows, rowsOf } from './sentiment-rows.ts'
import { packWeights, squeezed, unpackWeights, type WeightsHead, type Zone } from './sentiment-weights.ts'
import { type Separation, separate, sideOf } from './separate.ts'

/** How much the lexicon's word counts: chosen on domains held out (test/eval/sentiment.ts); there is little English to learn from. */
export const LEXICON_SHARE: WeightsHead['lexicon'] = { han: 0.4, latin: 2 }
const COST = { mood: 0.4, neutral: 0.7 }
/** Of the rows, one in so many is kept aside to calibrate on. */
const ASIDE = 5
/** Fewer neutral rows say nothing about what neutral is. */
const LEAST_NEUTRAL = 50
/** And fewer of a script among those kept aside say nothing about it there. */
const LEAST_ASIDE = 20
/**
 * How many of the texts a company gets may be neutral, where no more of the examples are. Shares, since no set of texts was drawn as a company's are: reviews take a
 * side, and in the one set with neutral texts they are six of seven.
 */
const NEUTRAL_SHARE = { han: 0.25, latin: 0.2, unknown: 0.1 }
/** Without neutral examples: neutral is what leans to no side and has no word of mood. */
const PLAIN_ZONE: Zone = { base: 1, neutral: 0, size: -4, word: -1, asks: 1 }

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

/**
 * Learns weights from judged texts. The same examples in the same order and the same seed give the same bytes.
 * Throws BAD_INPUT where they cannot teach: no text, or not both positive and negative ones.
 */
export async function trainSentiment(
  examples: readonly Example[],
  lexicon: SentimentLexicon,
  { seed, progress, signal }: Lesson,
): Promise<Taught> {
  mustTeach(examples)
  const rows = rowsOf(examples, lexicon)
  const between = (from: number, to: number) => async (share: number) => {
    progress?.(from + (to - from) * share)
    await new Promise<void>((go) => setImmediate(go))
    signal?.throwIfAborted()
  }
  const { taught, aside } = split(rows, seed)
  const trial = await learn(rows, taught, seed, between(0, 0.45))
  const calibration = await calibrate(rows, trial, aside)
  const tried = openToneReader(unpackWeights(packed(trial, calibration), 'the trial'), lexicon)
  const all = Array.from({ length: rows.size }, (_, row) => row)
  return {
    bytes: packed(await learn(rows, all, seed, between(0.45, 1)), calibration),
    aside: confusionOf(
      aside.map((row) => examples[row]!),
      tried,
    ),
  }
}

/** Rows kept aside, one in `ASIDE`, at least one of each side where there are several. */
function split({ size, labels }: Rows, seed: number): { taught: number[]; aside: number[] } {
  const chance = chanceOf(seed, 1)
  const [taught, aside]: [number[], number[]] = [[], []]
  for (const label of LABELS) {
    const rows = Array.from({ length: size }, (_, row) => row).filter((row) => labels[row] === label)
    const order = shuffled(rows, chance)
    const first = rows.length < 2 ? 0 : Math.max(1, Math.floor(rows.length / ASIDE))
    aside.push(...order.subarray(0, first))
    taught.push(...order.subarray(first))
  }
  return { taught: taught.sort((a, b) => a - b), aside: aside.sort((a, b) => a - b) }
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
  const apart = (chosen: readonly number[], label: Label, cost: number, part: number) =>
    separate(
      rows,
      {
        rows: chosen,
        sides: Int8Array.from(chosen, (row) => (rows.labels[row] === label ? 1 : -1)),
        weights: domainWeights(rows, chosen),
        cost,
        seed,
      },
      (share) => between((part + share) / 2),
    )
  const moody = from.filter((row) => rows.labels[row] !== 'neutral')
  const mood = await apart(inBothSided(rows, moody), 'positive', COST.mood, 0)
  if (from.length - moody.length < LEAST_NEUTRAL) return { mood, neutral: null }
  return { mood, neutral: await apart(from, 'neutral', COST.neutral, 1) }
}

/** Rows of the domains that have both sides: where all are of one mind, the words of the domain would pass for it. */
function inBothSided({ labels, domains }: Rows, from: readonly number[]): number[] {
  const [glad, bitter] = [new Set<string>(), new Set<string>()]
  for (const row of from) (labels[row] === 'positive' ? glad : bitter).add(domains[row]!)
  const both = from.filter((row) => glad.has(domains[row]!) && bitter.has(domains[row]!))
  return both.length > 0 ? both : [...from]
}

interface Calibrated {
  readonly certainty: WeightsHead['certainty']
  readonly zones: WeightsHead['zones']
}

/** What evidence is worth in probability, on rows that were kept aside. */
async function calibrate(rows: Rows, trial: Learned, aside: readonly number[]): Promise<Calibrated> {
  const { mood, neutral } = trial
  const evidence = (row: number) =>
    sideOf(rows, mood, row) + LEXICON_SHARE[rows.latin[row] === 1 ? 'latin' : 'han'] * rows.lexicon[row]!
  const isNeutral = (row: number) => rows.labels[row] === 'neutral'
  const moody = aside.filter((row) => !isNeutral(row))
  const curve = platt(
    moody.map(evidence),
    moody.map((row) => (rows.labels[row] === 'positive' ? 1 : 0)),
  )
  if (curve.kind !== 'platt') throw new Error('a logistic curve was asked for')
  const certainty = { slope: curve.slope, offset: curve.offset }
  if (neutral === null || moody.length === aside.length) {
    return { certainty, zones: { han: PLAIN_ZONE, latin: PLAIN_ZONE } }
  }
  const zone = async (script: keyof typeof NEUTRAL_SHARE): Promise<Zone> => {
    const own = aside.filter((row) => rows.latin[row] === (script === 'latin' ? 1 : 0))
    const knows = own.filter(isNeutral).length >= LEAST_ASIDE
    // Where the words of neutral texts were not learned (another script), size and mood words must do.
    const chosen = knows ? own : aside
    const clues = (row: number) => [
      Math.abs(evidence(row)),
      rows.spoken[row]!,
      rows.asks[row]!,
      knows ? sideOf(rows, neutral, row) : 0,
    ]
    const weights = chosen.map((row) => rows.importance[row]!)
    const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0)
    const there = sum(weights.filter((_, at) => isNeutral(chosen[at]!))) / sum(weights)
    const share = knows ? Math.max(NEUTRAL_SHARE[script], there) : NEUTRAL_SHARE.unknown
    return zoneOf(await oddsOf(chosen.map(clues), chosen.map(isNeutral), weights, share))
  }
  return { certainty, zones: { han: await zone('han'), latin: await zone('latin') } }
}

/** Weights as a zone: size, mood word, question, the neutral rule, base. Evidence and moods never speak for neutral. */
function zoneOf(weights: Float64Array): Zone {
  const [size, word, asks, neutral, base] = weights as unknown as [number, number, number, number, number]
  return { base, neutral, size: Math.min(0, size), word: Math.min(0, word), asks: Math.max(0, asks) }
}

/** Weights of a logistic regression, the base last; the share `neutral` is to be true. */
async function oddsOf(
  clues: readonly (readonly number[])[],
  truths: readonly boolean[],
  weights: readonly number[],
  neutral: number,
): Promise<Float64Array> {
  const size = clues[0]!.length
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  const true_ = weights.reduce((sum, weight, at) => sum + (truths[at] ? weight : 0), 0)
  const factor = { true: (neutral * all) / true_, false: ((1 - neutral) * all) / Math.max(1, all - true_) }
  return lowest(
    size + 1,
    (point, gradient) => {
      gradient.fill(0)
      let loss = 0
      clues.forEach((row, at) => {
        let odds = point[size]!
        for (let clue = 0; clue < size; clue += 1) odds += point[clue]! * row[clue]!
        const truth = truths[at]!
        const counts = weights[at]! * (truth ? factor.true : factor.false)
        loss += counts * Math.log1p(Math.exp(truth ? -odds : odds))
        const error = counts * (logistic(odds) - (truth ? 1 : 0))
        for (let clue = 0; clue < size; clue += 1) gradient[clue]! += error * row[clue]!
        gradient[size]! += error
      })
      for (let clue = 0; clue < size; clue += 1) {
        loss += point[clue]! ** 2 / 2
        gradient[clue]! += point[clue]!
      }
      return loss
    },
    1e-4 * truths.length,
    async () => {},
  )
}

function packed({ mood, neutral }: Learned, calibrated: Calibrated): Uint8Array {
  const sides = [mood, neutral ?? NO_RULE].map(({ weights, telling, bias }) => {
    const squeezedWeights = squeezed(weights)
    const most = telling.reduce((a, b) => Math.max(a, b), 0) || 1
    return {
      rule: { bias, scale: squeezedWeights.scale, telling: most },
      weights: squeezedWeights.bytes,
      telling: Uint8Array.from(telling, (value) => Math.round((value / most) * 255)),
    }
  })
  return packWeights({ ...calibrated, lexicon: LEXICON_SHARE }, sides[0]!, sides[1]!)
}

const NO_RULE: Separation = {
  weights: new Float64Array(BUCKETS),
  telling: new Float64Array(BUCKETS),
  bias: 0,
}

function mustTeach(examples: readonly Example[]): void {
  const labels = new Set(examples.map(({ label }) => label))
  if (labels.has('positive') && labels.has('negative')) return
  const there = [...labels].join(', ')
  throw new ForeshockError(
    'BAD_INPUT',
    there === '' ? 'There is no labelled text to learn from.' : `All texts are labelled ${there}.`,
    'Give texts of both kinds, positive and negative.',
  )
}
