import { fingerprint } from './fingerprint.ts'
import { inSteps } from './in-steps.ts'
import { type LearnedTopic, type LearnedTopics, scoreOf } from './topic-model.ts'
import { piecesOf } from './topic-pieces.ts'

/** A voice and the topics that a person says it is about. */
export interface TopicLabels {
  readonly text: string
  readonly topics: readonly string[]
}

/** How well a topic is met on labels that were held back: the rules beside the model. */
export interface TopicTrial {
  readonly topic: string
  /** Voices that are labelled with it. */
  readonly labelled: number
  readonly rulesF1: number
  /** Null: too few labels to learn from. */
  readonly f1: number | null
  /** The model reads this topic from now on. */
  readonly used: boolean
}

const BUCKETS = 1 << 14
const FOLDS = 5
/** Fewer labels of one kind teach nothing. */
const LEAST = 15
/** The model takes over where it is better by this much: rules can be read and mended, so they are kept when in doubt. */
const MARGIN = 0.02
const ROUNDS = 12
const RATE = 0.4
/** How much weight is pulled to 0 in one round. */
const PULL = 1e-4

/**
 * Learns topics from labels, one linear model each, and keeps those that beat the rules on labels held back (five folds;
 * the same text is always in one). The same labels give the same models. `rules` gives the topics of a text by rules alone;
 * topics outside `known` are left out.
 */
export function learnTopics(
  labels: readonly TopicLabels[],
  known: readonly string[],
  rules: (text: string) => ReadonlySet<string>,
): { readonly learned: LearnedTopics; readonly trials: readonly TopicTrial[] } {
  const voices = labels.map(({ text }): Voice => {
    const { buckets, count } = piecesOf(text, BUCKETS)
    return { pieces: buckets.slice(0, count), fold: (fingerprint(text) >>> 8) % FOLDS }
  })
  const ruled = labels.map(({ text }) => rules(text))
  const topics: LearnedTopic[] = []
  const trials: TopicTrial[] = []
  for (const topic of known) {
    const truth = labels.map((one) => one.topics.includes(topic))
    const labelled = truth.filter(Boolean).length
    if (labelled === 0) continue
    const rulesF1 = f1Of(
      truth,
      ruled.map((found) => found.has(topic)),
    )
    const teaches = Math.min(labelled, labels.length - labelled) >= LEAST
    const f1 = teaches ? f1Of(truth, heldBack(voices, truth)) : null
    const used = f1 !== null && f1 > rulesF1 + MARGIN
    trials.push({ topic, labelled, rulesF1, f1, used })
    if (used) topics.push({ topic, f1, rulesF1, ...fitted(voices, truth, -1) })
  }
  return { learned: { buckets: BUCKETS, topics }, trials }
}

interface Voice {
  readonly pieces: Int32Array
  readonly fold: number
}

type Weights = Pick<LearnedTopic, 'bias' | 'weights' | 'scale'>

/** What models say of voices that they have not seen. */
function heldBack(voices: readonly Voice[], truth: readonly boolean[]): boolean[] {
  const said = truth.map(() => false)
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const model = fitted(voices, truth, fold)
    for (const [index, voice] of voices.entries()) {
      if (voice.fold === fold) said[index] = scoreOf(model, voice.pieces, voice.pieces.length) > 0
    }
  }
  return said
}

/** Logistic regression by AdaGrad over all voices outside the fold; the rarer answer weighs as much as the other. */
function fitted(voices: readonly Voice[], truth: readonly boolean[], without: number): Weights {
  const weights = new Float64Array(BUCKETS)
  const spent = new Float64Array(BUCKETS).fill(1e-6)
  const taught = voices.flatMap((voice, index) => (voice.fold === without ? [] : [index]))
  const yes = taught.filter((index) => truth[index]).length
  const balance = Math.sqrt((taught.length - yes) / Math.max(1, yes))
  let bias = 0
  let biasSpent = 1e-6
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let turn = 0; turn < taught.length; turn += 1) {
      // Another order each round, the same in every run.
      const index = taught[(turn * STRIDE + round * 7) % taught.length]!
      const { pieces } = voices[index]!
      const size = 1 / Math.sqrt(Math.max(1, pieces.length))
      let score = bias
      for (const piece of pieces) score += weights[piece]! * size
      const error = 1 / (1 + Math.exp(-score)) - (truth[index] ? 1 : 0)
      const step = truth[index] ? error * balance : error
      biasSpent += step * step
      bias -= (RATE * step) / Math.sqrt(biasSpent)
      for (const piece of pieces) {
        const slope = step * size + PULL * weights[piece]!
        spent[piece]! += slope * slope
        weights[piece]! -= (RATE * slope) / Math.sqrt(spent[piece]!)
      }
    }
  }
  return { bias, ...inSteps(weights) }
}

/** A prime that is no divisor of any likely number of labels. */
const STRIDE = 7919

function f1Of(truth: readonly boolean[], said: readonly boolean[]): number {
  let [right, sum] = [0, 0]
  for (const [index, is] of truth.entries()) {
    if (is && said[index]) right += 1
    sum += Number(is) + Number(said[index])
  }
  return sum === 0 ? 1 : (2 * right) / sum
}
