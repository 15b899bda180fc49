import { ForeshockError } from '../errors.ts'
import { CANDIDATES } from '../learning/candidates.ts'
import { type LearnReport, learnTable } from '../learning/learn.ts'
import type { Algorithm } from '../learning/model.ts'
import { spareHelpers } from '../learning/threads/hire.ts'
import { didYouMean } from '../nearest.ts'
import { readTableFile } from '../sources/table-file.ts'
import { text } from '../text.ts'
import { columns } from './tables.ts'
import type { Terminal } from './terminal.ts'
import { unlessStopped } from './unless-stopped.ts'

/** What `foreshock learn` is asked, as typed. */
export interface LearnWords {
  table?: string
  label?: string
  positive?: string
  id?: string
  cv?: string
  algo?: string
  seed?: string
}

const ALGORITHMS: readonly Algorithm[] = [...new Set(CANDIDATES.map(({ algorithm }) => algorithm))]
const LEARNING = text('正在学习', 'learning')

/**
 * Learns from a table file and prints what the model is worth on rows it had not seen. Stopped by the signal, it rejects with
 * CONFLICT.
 */
export async function learn(words: LearnWords, terminal: Terminal, signal: AbortSignal): Promise<void> {
  await unlessStopped(signal, 'the figures', async () => {
    const report = await reportOf(words, terminal, signal)
    terminal.done()
    terminal.result(dataOf(report), wordsOf(report))
  })
}

async function reportOf(words: LearnWords, terminal: Terminal, signal: AbortSignal): Promise<LearnReport> {
  const { table = '', label = '', positive, id, cv = '5', seed = '1' } = words
  const settings = { label, cv: Number(cv), seed: seedOf(seed), algorithm: algorithmOf(words.algo) }
  return learnTable(await readTableFile(table, signal), {
    ...settings,
    helpers: spareHelpers(),
    ...(positive === undefined ? {} : { positive }),
    ...(id === undefined ? {} : { id }),
    progress: (share) => terminal.progress({ label: LEARNING, share }),
    signal,
  })
}

function algorithmOf(algo: string | undefined): Algorithm | null {
  if (algo === undefined) return null
  const found = ALGORITHMS.find((name) => name === algo)
  if (found !== undefined) return found
  throw new ForeshockError(
    'BAD_INPUT',
    `There is no algorithm "${algo}".${didYouMean(algo, ALGORITHMS)}`,
    `Use one of: ${ALGORITHMS.join(', ')}.`,
  )
}

function seedOf(seed: string): number {
  if (/^\d{1,9}$/.test(seed)) return Number(seed)
  throw new ForeshockError('BAD_INPUT', `--seed "${seed}" is not a whole number.`, 'One to nine digits.')
}

/** The report as JSON prints it. */
export function dataOf({ evaluation, ...report }: LearnReport): object {
  const { auc, metrics, folds, importance } = evaluation
  const { prAuc, brier, logLoss, top, reliability, calibrationGap } = metrics
  return {
    ...report,
    auc,
    prAuc,
    brier,
    logLoss,
    top10: { rows: top.rows, recall: top.recall, precision: top.precision, lift: top.lift },
    calibrationGap,
    reliability,
    folds,
    features: importance,
  }
}

function wordsOf({ evaluation, ...report }: LearnReport): string {
  const { auc, metrics, folds, importance } = evaluation
  const { top } = metrics
  const share = (part: number) => `${(100 * part).toFixed(1)}%`
  const figures = [
    ['rows', `${report.rows}, of which ${report.positives} are "${report.positive}" in ${report.label}`],
    ['algorithm', `${report.algorithm} (${folds.map(({ candidate }) => candidate).join('; ')})`],
    ['AUC', `${auc.toFixed(4)} (folds: ${folds.map((fold) => fold.auc.toFixed(3)).join(' ')})`],
    ['PR-AUC', metrics.prAuc.toFixed(4)],
    ['Brier', metrics.brier.toFixed(4)],
    [
      'top 10%',
      `recall ${share(top.recall)}, precision ${share(top.precision)}, lift ${top.lift.toFixed(2)}`,
    ],
  ]
  const reliability = metrics.reliability.map(({ rows, predicted, observed }) => [
    String(rows),
    share(predicted),
    share(observed),
  ])
  return [
    `Out of fold, ${report.cv} folds:`,
    columns(figures),
    '',
    columns([['rows', 'predicted', 'observed'], ...reliability]),
    '',
    columns([
      ['feature', 'AUC lost without it'],
      ...importance.map((one) => [one.name, one.importance.toFixed(4)]),
    ]),
    ...(report.notes.length === 0 ? [] : ['', ...report.notes]),
  ].join('\n')
}
