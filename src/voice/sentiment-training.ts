import { ForeshockError } from '../errors.ts'
import { platt } from '../learning/calibrate.ts'
import { chanceOf } from '../learning/chance.ts'
import { lowest } from '../learning/lbfgs.ts'
import { logistic } from '../learning/model.ts'
import { BUCKETS } from './features.ts'
import type { SentimentLexicon } from './sentiment-lexicon.ts'
import { domainWeights, type Example, type Rows, raritiesOf, rowsOf } from './sentiment-rows.ts'
import { packWeights, squeezed, type WeightsHead, type Zone } from './sentiment-weights.ts'
import { type Separation, separate, sideOf } from './separate.ts'

/** How much the lexicon's word counts: chosen on domains held out (test/eval/sentiment.ts); there is little English to learn from. */
export const LEXICON_SHARE: WeightsHead['lexicon'] = { han: 0.5, latin: 1 }
const COST = { mood: 0.2, neutral: 0.2, within: 1 }
/** Of the rows, one in so many is kept aside to calibrate on. */
const ASIDE = 5
/** Fewer neutral rows say nothing about what neutral is. */
const LEAST_NEUTRAL = 50
/** Without neutral examples: neutral is what leans to no side and has no word of mood. */
const PLAIN_ZONE: Zone = { base: 1, neutral: 0, size: -4, word: -1 }

export interface Lesson {
  readonly seed: number
  readonly progress?: (share: number) => void
  readonly signal?: AbortSignal
}

/**
 * Learns weights from judged texts; the bytes of their file. The same examples in the same order and seed give the same bytes.
 * Throws BAD_INPUT where they cannot teach: no text, or not both positive and negative ones.
 */
export async function trainSentiment(
  examples: readonly Example[],
  lexicon: SentimentLexicon,
  { seed, progress, signal }: Lesson,
): Promise<Uint8Array> {
  mustTeach(examples)
  const rows = rowsOf(examples, lexicon)
  const between = (from: number, to: number) => async (share: number) => {
    progress?.(from + (to - from) * share)
    await new Promise<void>((go) => setImmediate(go))
    signal?.throwIfAborted()
  }
  const chance = chanceOf(seed)
  const aside: number[] = []
  const taught: number[] = []
  for (let row = 0; row < rows.size; row += 1) (chance() < 1 / ASIDE ? aside : taught).push(row)
  const trial = await learn(rows, taught, seed, between(0, 0.45))
  const calibration = await calibrate(rows, trial, aside)
  const all = Array.from({ length: rows.size }, (_, row) => row)
  return packed(await learn(rows, all, seed, between(0.45, 1)), calibration)
}

/** What one round of learning gives: the rule of moods, and the two of neutral ones (null: too few to learn from). */
interface Learned {
  readonly rarities: Float64Array
  readonly mood: Separation
  /** Neutral against the rest everywhere, and within the domains that have both. */
  readonly neutral: Separation | null
  readonly within: Separation | null
}

async function learn(
  rows: Rows,
  from: readonly number[],
  seed: number,
  between: (share: number) => Promise<void>,
): Promise<Learned> {
  const rarities = raritiesOf(rows, from)
  const separated = (
    chosen: readonly number[],
    first: (row: number) => boolean,
    cost: number,
    part: number,
  ) =>
    separate(
      rows,
      rarities,
      {
        rows: chosen,
        sides: Int8Array.from(chosen, (row) => (first(row) ? 1 : -1)),
        weights: domainWeights(rows, chosen),
        cost,
        seed,
      },
      (share) => between((part + share) / 3),
    )
  const moody = from.filter((row) => rows.labels[row] !== 'neutral')
  const positive = (row: number) => rows.labels[row] === 'positive'
  const neutral = (row: number) => rows.labels[row] === 'neutral'
  const mood = await separated(inBothSided(rows, moody, positive), positive, COST.mood, 0)
  if (from.filter(neutral).length < LEAST_NEUTRAL) return { rarities, mood, neutral: null, within: null }
  return {
    rarities,
    mood,
    neutral: await separated(from, neutral, COST.neutral, 1),
    within: await separated(inBothSided(rows, from, neutral), neutral, COST.within, 2),
  }
}

/** Rows of the domains that have both sides: where all are of one mind, the words of the domain would pass for it. */
function inBothSided(rows: Rows, from: readonly number[], first: (row: number) => boolean): number[] {
  const [some, others] = [new Set<string>(), new Set<string>()]
  for (const row of from) (first(row) ? some : others).add(rows.domains[row]!)
  const both = from.filter((row) => some.has(rows.domains[row]!) && others.has(rows.domains[row]!))
  return both.length > 0 ? both : [...from]
}

interface Calibrated {
  readonly certainty: WeightsHead['certainty']
  readonly zones: WeightsHead['zones']
  /** Shares of the two neutral rules in the one that is kept. */
  readonly neutral: number
  readonly within: number
}

/** What evidence is worth in probability, on rows that were kept aside. */
async function calibrate(rows: Rows, trial: Learned, aside: readonly number[]): Promise<Calibrated> {
  const { rarities, mood, neutral, within } = trial
  const evidence = (row: number) =>
    sideOf(rows, rarities, mood, row) +
    LEXICON_SHARE[rows.latin[row] === 1 ? 'latin' : 'han'] * rows.lexicon[row]!
  const moody = aside.filter((row) => rows.labels[row] !== 'neutral')
  const curve = platt(
    moody.map(evidence),
    moody.map((row) => (rows.labels[row] === 'positive' ? 1 : 0)),
  )
  if (curve.kind !== 'platt') throw new Error('a logistic curve was asked for')
  const certainty = { slope: curve.slope, offset: curve.offset }
  if (neutral === null || within === null || !aside.some((row) => rows.labels[row] === 'neutral')) {
    return { certainty, zones: { han: PLAIN_ZONE, latin: PLAIN_ZONE }, neutral: 0, within: 0 }
  }
  const sure = (row: number) => [Math.abs(evidence(row)), rows.spoken[row]!]
  const isNeutral = (row: number) => rows.labels[row] === 'neutral'
  const rules = (row: number) => [
    sideOf(rows, rarities, neutral, row),
    sideOf(rows, rarities, within, row),
    ...sure(row),
  ]
  const full = await oddsOf(aside.map(rules), aside.map(isNeutral), null)
  // Where the words of neutral texts were not learned (another script), size and mood words must do.
  const plain = await oddsOf(aside.map(sure), aside.map(isNeutral), NEUTRAL_SHARE)
  return {
    certainty,
    zones: {
      han: { base: full[4]!, neutral: 1, size: Math.min(0, full[2]!), word: Math.min(0, full[3]!) },
      latin: { base: plain[2]!, neutral: 0, size: Math.min(0, plain[0]!), word: Math.min(0, plain[1]!) },
    },
    neutral: Math.max(0, full[0]!),
    within: Math.max(0, full[1]!),
  }
}

/** How many of the texts in an unknown domain may be neutral. */
const NEUTRAL_SHARE = 0.25

/** Weights of a logistic regression, the base last; `share`: how many are to count as true, null: as many as are. */
async function oddsOf(
  clues: readonly (readonly number[])[],
  truths: readonly boolean[],
  share: number | null,
): Promise<Float64Array> {
  const size = clues[0]!.length
  const count = truths.filter(Boolean).length
  const weight = {
    true: share === null ? 1 : (share * truths.length) / Math.max(1, count),
    false: share === null ? 1 : ((1 - share) * truths.length) / Math.max(1, truths.length - count),
  }
  return lowest(
    size + 1,
    (point, gradient) => {
      gradient.fill(0)
      let loss = 0
      clues.forEach((row, at) => {
        let odds = point[size]!
        for (let clue = 0; clue < size; clue += 1) odds += point[clue]! * row[clue]!
        const truth = truths[at]!
        const counts = truth ? weight.true : weight.false
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

function packed({ rarities, mood, neutral, within }: Learned, calibrated: Calibrated): Uint8Array {
  const moods = squeezed(mood.weights)
  const together = new Float64Array(BUCKETS)
  for (let at = 0; at < BUCKETS; at += 1) {
    together[at] =
      calibrated.neutral * (neutral?.weights[at] ?? 0) + calibrated.within * (within?.weights[at] ?? 0)
  }
  const neutrals = squeezed(together)
  const rarest = rarities.reduce((most, rarity) => Math.max(most, rarity), 0) || 1
  return packWeights(
    {
      scales: { mood: moods.scale, neutral: neutrals.scale, rarity: rarest },
      bias: {
        mood: mood.bias,
        neutral: calibrated.neutral * (neutral?.bias ?? 0) + calibrated.within * (within?.bias ?? 0),
      },
      lexicon: LEXICON_SHARE,
      certainty: calibrated.certainty,
      zones: calibrated.zones,
    },
    {
      mood: moods.bytes,
      neutral: neutrals.bytes,
      rarity: Uint8Array.from(rarities, (rarity) => Math.round((rarity / rarest) * 255)),
    },
  )
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
