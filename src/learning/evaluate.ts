import { areaUnderCurve } from './auc.ts'
import { type Choosing, type Learned, learnFrom, trainingsOf } from './choose.ts'
import type { Examples } from './examples.ts'
import { type Folds, rowsOfFold } from './folds.ts'
import { importanceOf, rawScores } from './importance.ts'
import { type Metrics, metricsOf } from './metrics.ts'
import { calibrated } from './model.ts'

/** What came out when every row was scored by a model that had not seen it. */
export interface OutOfFold {
  /** Mean over the folds of the AUC of the raw scores. */
  readonly auc: number
  readonly folds: readonly FoldResult[]
  /** Of the probabilities of all tested rows together. */
  readonly metrics: Metrics
  /** Tested rows, ascending, and the probability each was given. */
  readonly rows: Int32Array
  readonly probability: Float64Array
  /** Mean AUC lost without the feature, over all folds (0 where a fold did not keep it); most important first. */
  readonly importance: readonly { readonly name: string; readonly importance: number }[]
}

export interface FoldResult {
  readonly auc: number
  readonly rows: number
  readonly candidate: string
  readonly algorithm: Learned['candidate']['algorithm']
  readonly calibration: 'platt' | 'isotonic'
  readonly tried: Learned['tried']
}

export type Evaluating = Choosing & { readonly progress?: (share: number) => void }

/** K-fold evaluation: in each fold everything (codes, features, algorithm, calibration) is learned from the other rows alone. */
export async function crossValidate(
  examples: Examples,
  folds: Folds,
  evaluating: Evaluating,
): Promise<OutOfFold> {
  const count = 1 + folds.reduce((most, fold) => Math.max(most, fold), 0)
  const splits = Array.from({ length: count }, (_, fold) => rowsOfFold(folds, fold))
  return evaluateSplits(examples, splits, evaluating)
}

export interface Split {
  readonly training: Int32Array
  readonly test: Int32Array
}

/** The same for given splits, such as a single one in time. */
export async function evaluateSplits(
  examples: Examples,
  splits: readonly Split[],
  evaluating: Evaluating,
): Promise<OutOfFold> {
  const total = splits.length * trainingsOf(evaluating)
  let done = 0
  const choosing = {
    ...evaluating,
    trained: () => {
      done += 1
      evaluating.progress?.(done / total)
    },
  }
  const given = new Map<number, number>()
  const lost = new Map(examples.names.map((name) => [name, 0]))
  const results: FoldResult[] = []
  for (const { training, test } of splits) {
    const learned = await learnFrom(examples, training, choosing)
    const table = learned.table(test)
    const raw = rawScores(learned.model, table)
    test.forEach((row, at) => void given.set(row, calibrated(learned.calibration, raw[at]!)))
    importanceOf(learned.model, table, evaluating.seed).forEach((drop, feature) => {
      const name = table.names[feature]!
      lost.set(name, lost.get(name)! + drop / splits.length)
    })
    results.push(resultOf(learned, areaUnderCurve(raw, table.labels), test.length))
  }
  const rows = Int32Array.from(given.keys()).sort()
  const probability = Float64Array.from(rows, (row) => given.get(row)!)
  return {
    auc: results.reduce((sum, { auc }) => sum + auc / results.length, 0),
    folds: results,
    metrics: metricsOf(
      probability,
      Uint8Array.from(rows, (row) => examples.labels[row]!),
    ),
    rows,
    probability,
    importance: [...lost]
      .map(([name, importance]) => ({ name, importance }))
      .sort((a, b) => b.importance - a.importance),
  }
}

function resultOf({ candidate, calibration, tried }: Learned, auc: number, rows: number): FoldResult {
  const { name, algorithm } = candidate
  return { auc, rows, candidate: name, algorithm, calibration: calibration.kind, tried }
}
