import { platt } from '../learning/calibrate.ts'
import { lowest } from '../learning/lbfgs.ts'
import { logistic } from '../learning/model.ts'
import { type Tone, toneOf } from './sentiment-reader.ts'
import { inBothSided, type Rows } from './sentiment-rows.ts'
import { lexiconShare, type WeightsHead, type Zone } from './sentiment-weights.ts'
import { type Separation, sideOf } from './separate.ts'

/**
 * How much the lexicon's word counts: chosen on domains held out (test/eval/sentiment.ts). There is little English to learn from,
 * and little to go by in a short text, where one word of the list says most.
 */
export const LEXICON_SHARE: WeightsHead['lexicon'] = {
  han: { least: 0.4, short: 4 },
  latin: { least: 2, short: 0 },
}
/** And fewer of a script among those kept aside say nothing about it there. */
const LEAST_ASIDE = 20
/**
 * How many of the texts a company gets may be neutral, where no more of the examples are. Shares, since no set of texts was drawn as a company's are: reviews take a
 * side, and in the one set with neutral texts they are six of seven.
 */
const NEUTRAL_SHARE = { han: 1 / 3, latin: 0.2, unknown: 0.1 }
/** Without neutral examples: neutral is what leans to no side and has no word of mood. */
const PLAIN_ZONE: Zone = { base: 1, neutral: 0, size: -4, word: -1, asks: 1 }

export interface Calibrated {
  readonly certainty: WeightsHead['certainty']
  readonly zones: WeightsHead['zones']
}

/** What trials say of a row that they had not learned from: for or against, the word list's mood included; and of "neutral". */
export interface Heard {
  readonly row: number
  readonly evidence: number
  /** Null where too few rows were neutral to learn it. */
  readonly neutral: number | null
}

/** Has a trial judge rows that were kept aside from it. */
export function heardBy(
  rows: Rows,
  trial: { readonly mood: Separation; readonly neutral: Separation | null },
  aside: readonly number[],
): Heard[] {
  const share = (row: number) =>
    lexiconShare(LEXICON_SHARE[rows.latin[row] === 1 ? 'latin' : 'han'], rows.lengths[row]!)
  return aside.map((row) => ({
    row,
    evidence: sideOf(rows, trial.mood, row) + share(row) * rows.lexicon[row]!,
    neutral: trial.neutral === null ? null : sideOf(rows, trial.neutral, row),
  }))
}

/** What evidence is worth in probability, by what trials said of rows that were kept aside. */
export async function calibrate(rows: Rows, heard: readonly Heard[]): Promise<Calibrated> {
  const isNeutral = ({ row }: Heard) => rows.labels[row] === 'neutral'
  const moody = heard.filter((one) => !isNeutral(one))
  const sided = new Set(
    inBothSided(
      rows,
      moody.map(({ row }) => row),
    ),
  )
  const telling = moody.filter(({ row }) => sided.has(row))
  const curve = platt(
    telling.map(({ evidence }) => evidence),
    telling.map(({ row }) => (rows.labels[row] === 'positive' ? 1 : 0)),
  )
  if (curve.kind !== 'platt') throw new Error('a logistic curve was asked for')
  const certainty = { slope: curve.slope, offset: curve.offset }
  if (moody.length === heard.length || heard.some(({ neutral }) => neutral === null)) {
    return { certainty, zones: { han: PLAIN_ZONE, latin: PLAIN_ZONE } }
  }
  const zone = async (script: keyof typeof NEUTRAL_SHARE): Promise<Zone> => {
    const own = heard.filter(({ row }) => rows.latin[row] === (script === 'latin' ? 1 : 0))
    const knows = own.filter(isNeutral).length >= LEAST_ASIDE
    // Where the words of neutral texts were not learned (another script), size and mood words must do.
    const chosen = knows ? own : heard
    const clues = ({ row, evidence, neutral }: Heard) => [
      Math.abs(evidence),
      rows.spoken[row]!,
      rows.asks[row]!,
      knows ? neutral! : 0,
    ]
    const weights = chosen.map(({ row }) => rows.importance[row]!)
    const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0)
    const there = sum(weights.filter((_, at) => isNeutral(chosen[at]!))) / sum(weights)
    const share = knows ? Math.max(NEUTRAL_SHARE[script], there) : NEUTRAL_SHARE.unknown
    return zoneOf(await oddsOf(chosen.map(clues), chosen.map(isNeutral), weights, share))
  }
  return { certainty, zones: { han: await zone('han'), latin: await zone('latin') } }
}

/** How such a row would be read. Without a rule of "neutral" its part in the zone is 0. */
export function toneHeard(rows: Rows, { row, evidence, neutral }: Heard, calibrated: Calibrated): Tone {
  const signs = { spoken: rows.spoken[row] === 1, asks: rows.asks[row] === 1 }
  return toneOf(calibrated, rows.latin[row] === 1 ? 'latin' : 'han', evidence, neutral ?? 0, signs)
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
