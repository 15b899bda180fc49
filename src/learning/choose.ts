import { areaUnderCurve } from './auc.ts'
import { evenWeight, resampled } from './balance.ts'
import { calibrate } from './calibrate.ts'
import type { Candidate } from './candidates.ts'
import { columnsOf, type Examples } from './examples.ts'
import { gbdtWith } from './gbdt.ts'
import { importanceOf, rawScores } from './importance.ts'
import { innerSplits } from './inner.ts'
import { logistic } from './logistic.ts'
import type { Calibration, Model } from './model.ts'
import type { Table } from './table.ts'
import type { Trainer } from './trainer.ts'

/** How a model is learned from examples. */
export interface Choosing {
  readonly candidates: readonly Candidate[]
  readonly seed: number
  /** Which way a feature may move the score: more of it only raises (1) or lowers (-1) it; 0: either. Default 0 for all. */
  readonly monotone?: (feature: string) => -1 | 0 | 1
  /** Most features kept; default 20. */
  readonly keep?: number
  readonly threads?: number
  readonly signal?: AbortSignal
  /** Told after each model trained. */
  readonly trained?: () => void
}

/** A model, what it reads, and what its scores mean. */
export interface Learned {
  readonly candidate: Candidate
  readonly model: Model
  readonly calibration: Calibration
  /** Mean AUC over the inner folds, by candidate. */
  readonly tried: readonly { readonly name: string; readonly auc: number }[]
  /** Rows of the examples as the model reads them. */
  table(rows: ArrayLike<number>): Table
}

const INNER_FOLDS = 3
const PROBES: readonly Trainer[] = [
  logistic,
  gbdtWith({
    rounds: 120,
    depth: 3,
    learningRate: 0.08,
    subsample: 0.7,
    columnShare: 0.5,
    minChildWeight: 20,
    lambda: 5,
  }),
]

/** How many models `learnFrom` trains, for a progress bar. */
export function trainingsOf({ candidates }: Choosing): number {
  return candidates.length * INNER_FOLDS + 1
}

/**
 * Learns from the given rows alone: the best features are kept, inner folds choose the candidate with the best AUC, its
 * out-of-fold scores give the calibration, and it is trained again on all the rows.
 */
export async function learnFrom(
  examples: Examples,
  training: Int32Array,
  choosing: Choosing,
): Promise<Learned> {
  const names = await bestFeatures(examples, training, choosing)
  const tried = await innerScores(examples, training, names, choosing)
  const best = bestOf(tried, examples.newest !== undefined)
  const tableOf = encodingOf(examples, training, names)
  const model = await trainOn(best.candidate, tableOf, examples.labels, training, choosing)
  return {
    candidate: best.candidate,
    model,
    calibration: calibrate(best.raw, best.labels, choosing.seed, best.groups),
    tried: tried.map(({ candidate, auc }) => ({ name: candidate.name, auc })),
    table: tableOf,
  }
}

/** Where rows have dates, candidates this close count as equal, and the smoothest wins: the days to come will differ again. */
const CLOSE = 0.001

function bestOf(tried: readonly Tried[], dated: boolean): Tried {
  const most = Math.max(...tried.map(({ auc }) => auc))
  return tried.find(({ auc }) => auc >= most - (dated ? CLOSE : 0)) ?? tried[0]!
}

interface Tried {
  readonly candidate: Candidate
  readonly auc: number
  /** Out-of-fold raw scores, labels and groups of the rows held out. */
  readonly raw: number[]
  readonly labels: number[]
  readonly groups: number[]
}

async function innerScores(
  examples: Examples,
  training: Int32Array,
  names: readonly string[],
  choosing: Choosing,
): Promise<Tried[]> {
  const splits = innerSplits(examples, training, INNER_FOLDS, choosing.seed + 1)
  const tried = choosing.candidates.map((candidate) => ({
    candidate,
    auc: 0,
    raw: [] as number[],
    labels: [] as number[],
    groups: [] as number[],
  }))
  for (const { taught, held } of splits) {
    const tableOf = encodingOf(examples, taught, names)
    const test = tableOf(held)
    for (const one of tried) {
      const model = await trainOn(one.candidate, tableOf, examples.labels, taught, choosing)
      const scores = rawScores(model, test)
      one.raw.push(...scores)
      one.labels.push(...test.labels)
      for (const row of held) one.groups.push(examples.groups[row]!)
      one.auc += areaUnderCurve(scores, test.labels) / splits.length
    }
  }
  return tried
}

function encodingOf(examples: Examples, training: Int32Array, names: readonly string[]): Learned['table'] {
  const encoded = examples.encoding(training)
  return names.length === examples.names.length ? encoded : (rows) => columnsOf(encoded(rows), names)
}

async function trainOn(
  candidate: Candidate,
  tableOf: Learned['table'],
  labels: Uint8Array,
  training: Int32Array,
  { seed, monotone, threads, signal, trained }: Choosing,
): Promise<Model> {
  const balance = candidate.balance ?? 'none'
  const table = tableOf(resampled(labels, training, balance, seed))
  const model = await candidate.train(table, {
    seed,
    ...(balance === 'weight' ? { positiveWeight: evenWeight(table.labels) } : {}),
    ...(monotone === undefined ? {} : { monotone: table.names.map(monotone) }),
    ...(threads === undefined ? {} : { threads }),
    ...(signal === undefined ? {} : { signal }),
  })
  trained?.()
  return model
}

/**
 * The features worth keeping, best first, judged inside the training rows: two probes, a line and trees, learn from three quarters and
 * are tested on the rest; what matters to either is kept. All of them, in their order, when there are no more than are kept.
 */
async function bestFeatures(
  examples: Examples,
  training: Int32Array,
  { keep = 20, seed, signal }: Choosing,
): Promise<readonly string[]> {
  if (examples.names.length <= keep) return examples.names
  const { taught, held } = innerSplits(examples, training, 4, seed + 2)[0]!
  const tableOf = examples.encoding(taught)
  const [lesson, test] = [tableOf(taught), tableOf(held)]
  const importance = new Float64Array(examples.names.length)
  for (const probe of PROBES) {
    const model = await probe.train(lesson, { seed, ...(signal === undefined ? {} : { signal }) })
    importanceOf(model, test, seed).forEach((lost, feature) => {
      importance[feature] = Math.max(importance[feature]!, lost)
    })
  }
  const order = examples.names.map((_, feature) => feature)
  order.sort((a, b) => importance[b]! - importance[a]! || a - b)
  return order.slice(0, keep).map((feature) => examples.names[feature]!)
}
