import { DAY } from '../../src/clock.ts'
import { type Columns, firstFrom } from '../../src/features/columns.ts'
import type { FeatureList } from '../../src/features/feature-list.ts'
import { areaUnderCurve } from '../../src/learning/auc.ts'
import type { Candidate } from '../../src/learning/candidates.ts'
import { type Dataset, type DatasetOptions, datasetOf } from '../../src/learning/dataset.ts'
import { evaluateSplits, type OutOfFold } from '../../src/learning/evaluate.ts'
import { columnsOf, type Examples, examplesOfTable } from '../../src/learning/examples.ts'
import { groupedFolds, rowsOfFold } from '../../src/learning/folds.ts'
import { logisticWith } from '../../src/learning/logistic.ts'
import { type Figure, figure } from '../figures.ts'
import { type Buyer, expectedPurchases, fitBgNbd } from './bgnbd.ts'
import { OUTCOME_KNOWN } from './cdnow-data.ts'

const SEED = 1
/** Recency, frequency and monetary value, as the retail profile calls them. */
const RFM = ['quiet_days', 'order_days', 'spend_total']
/** What is customary: a logistic regression on the three logarithms, nothing chosen. */
const RFM_LOGISTIC: readonly Candidate[] = [{ name: 'rfm', ...logisticWith({ l2: 1, terms: 'plain' }) }]

/**
 * Who buys again in the 39 weeks after 1997-09-30, out of fold over customers: the learned model, RFM logistic regression (plain, and with our
 * own choice of terms) and BG/NBD, all on the same folds.
 */
export async function outOfFold(
  list: FeatureList,
  columns: Columns,
  candidates: readonly Candidate[],
): Promise<Figure[]> {
  const data = built(list, columns, { horizonDays: 273, everyDays: 9_999, keepGone: true })
  const folds = groupedFolds(data.table.labels, data.customers, 5, SEED)
  const splits = Array.from({ length: 5 }, (_, fold) => rowsOfFold(folds, fold))
  const evaluate = (examples: Examples, tried: readonly Candidate[]) =>
    evaluateSplits(examples, splits, { candidates: tried, seed: SEED })
  const model = await evaluate(data.examples, candidates)
  const rfm = await evaluate(logRfm(data), RFM_LOGISTIC)
  const bent = await evaluate(
    examplesOfTable(columnsOf(data.table, RFM), data.customers),
    candidates.filter(({ algorithm }) => algorithm === 'logistic'),
  )
  return [
    figure('cdnow.model.auc', model.auc, 'auc'),
    figure('cdnow.rfm.auc', rfm.auc, 'auc'),
    figure('cdnow.rfm_chosen_terms.auc', bent.auc, 'auc'),
    figure('cdnow.bgnbd.auc', bgNbdAuc(columns, data, splits), 'auc'),
    figure('cdnow.model.over_rfm', model.auc - rfm.auc, 'auc', '>=0.002'),
    figure('cdnow.model.calibration_gap', model.metrics.calibrationGap, 'share'),
  ]
}

/**
 * Forward in time: as of 1998-03-31, who buys nothing in the next 91 days. Learned from dates of the half year before whose outcome was known
 * by then. `active`: the same for those who had bought within the profile's inactive days; a decile of them is 600 customers, so
 * chance alone moves a decile by three points.
 */
export async function forward(
  list: FeatureList,
  columns: Columns,
  candidates: readonly Candidate[],
): Promise<Figure[]> {
  const options = { horizonDays: 91, testAt: Date.UTC(1998, 3, 1), learnDays: 183 }
  const everyone = await forwardOf(built(list, columns, { ...options, keepGone: true }), candidates)
  const active = await forwardOf(built(list, columns, options), candidates)
  return [
    figure('cdnow.forward.customers', everyone.customers, 'customers'),
    figure('cdnow.forward.model.auc', everyone.model.auc, 'auc'),
    figure('cdnow.forward.rfm.auc', everyone.rfm.auc, 'auc'),
    figure('cdnow.forward.model.over_rfm', everyone.model.auc - everyone.rfm.auc, 'auc', '>=0'),
    figure('cdnow.forward.model.calibration_gap', everyone.model.metrics.calibrationGap, 'share', '<=0.03'),
    figure('cdnow.forward.rfm.calibration_gap', everyone.rfm.metrics.calibrationGap, 'share'),
    figure('cdnow.forward.active.customers', active.customers, 'customers'),
    figure('cdnow.forward.active.model.auc', active.model.auc, 'auc'),
    figure('cdnow.forward.active.rfm.auc', active.rfm.auc, 'auc'),
    figure('cdnow.forward.active.model.calibration_gap', active.model.metrics.calibrationGap, 'share'),
    figure('cdnow.forward.active.rfm.calibration_gap', active.rfm.metrics.calibrationGap, 'share'),
  ]
}

async function forwardOf(
  data: Dataset,
  candidates: readonly Candidate[],
): Promise<{ customers: number; model: OutOfFold; rfm: OutOfFold }> {
  return {
    customers: data.test.length,
    model: await evaluateSplits(data.examples, [data], { candidates, seed: SEED }),
    rfm: await evaluateSplits(logRfm(data), [data], { candidates: RFM_LOGISTIC, seed: SEED }),
  }
}

function built(list: FeatureList, columns: Columns, options: DatasetOptions): Dataset {
  const data = datasetOf(list, columns, OUTCOME_KNOWN, { label: 'no-activity', ...options })
  if ('reason' in data) throw new Error(data.says.en)
  return data
}

function logRfm(data: Dataset): Examples {
  const table = columnsOf(data.table, RFM)
  const logs = examplesOfTable({ ...table, values: table.values.map(Math.log1p) }, data.customers)
  return data.examples.newest === undefined ? logs : { ...logs, newest: data.examples.newest }
}

/** BG/NBD fitted on each fold's training customers ranks the others by purchases expected; fewer expected, likelier gone. */
function bgNbdAuc(
  columns: Columns,
  data: Dataset,
  splits: readonly { training: Int32Array; test: Int32Array }[],
): number {
  const horizon = 39
  const buyers = Array.from(data.customers, (customer, row) => buyerOf(columns, customer, data.asOf[row]!))
  return splits.reduce((sum, { training, test }) => {
    const model = fitBgNbd(Array.from(training, (row) => buyers[row]!))
    const scores = Array.from(test, (row) => -expectedPurchases(model, buyers[row]!, horizon))
    const labels = Array.from(test, (row) => data.table.labels[row]!)
    return sum + areaUnderCurve(scores, labels) / splits.length
  }, 0)
}

/** In weeks; several orders of one day are one purchase. */
function buyerOf(columns: Columns, customer: number, asOf: number): Buyer {
  const { at, offsets } = columns.blocks.get('order')!
  const low = offsets[customer]!
  const days = [...new Set(at.subarray(low, firstFrom(at, low, offsets[customer + 1]!, asOf)))]
  const [first, last] = [days[0]!, days.at(-1)!]
  const weeks = (milliseconds: number) => milliseconds / (7 * DAY)
  return { repeats: days.length - 1, lastAt: weeks(last - first), watched: weeks(asOf - first) }
}
