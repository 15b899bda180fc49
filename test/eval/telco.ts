import { join } from 'node:path'
import { learnTable } from '../../src/learning/learn.ts'
import { readTableFile } from '../../src/sources/table-file.ts'
import { type Findings, figure, type Options } from '../figures.ts'

const FILE = 'telco-churn.csv.gz'

/** A snapshot table of a telephone company through the code of `foreshock learn`, algorithm chosen by inner validation. */
export async function telco({ data, quick, seed }: Options): Promise<Findings> {
  const start = performance.now()
  const table = await readTableFile(join(data, FILE), new AbortController().signal)
  const report = await learnTable(table, {
    label: 'Churn',
    id: 'customerID',
    cv: quick ? 2 : 5,
    algorithm: quick ? 'logistic' : null,
    seed: Number(seed) || 1,
  })
  const { auc, metrics } = report.evaluation
  return {
    figures: [
      figure('telco.rows', report.rows, 'rows', '=7043'),
      figure('telco.model.auc', auc, 'auc', '>=0.845'),
      figure('telco.model.pr_auc', metrics.prAuc, 'auc'),
      figure('telco.model.brier', metrics.brier, 'score'),
      figure('telco.model.calibration_gap', metrics.calibrationGap, 'share'),
      figure('telco.model.top10_lift', metrics.top.lift, 'ratio'),
      figure('telco.seconds', (performance.now() - start) / 1000, 's'),
    ],
  }
}
