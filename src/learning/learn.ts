import { ForeshockError } from '../errors.ts'
import { didYouMean } from '../nearest.ts'
import { candidatesOf, candidatesWith } from './candidates.ts'
import type { Frame } from './encode.ts'
import { crossValidate, type FoldResult, type OutOfFold } from './evaluate.ts'
import { examplesOfFrame } from './examples.ts'
import { stratifiedFolds } from './folds.ts'
import { readColumn } from './frame.ts'
import { readLabels } from './label.ts'
import { positivesOf } from './metrics.ts'
import type { Algorithm } from './model.ts'
import { type Helpers, NOBODY } from './trees/crew.ts'

/** A table of words, as read from a file. */
export interface Words {
  readonly columns: readonly string[]
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[]
}

export interface LearnOptions {
  /** Column that says who left. */
  readonly label: string
  /** Its value for those who did. */
  readonly positive?: string
  /** Column that names rows, not to be learned from. */
  readonly id?: string
  /** Folds, 2 to 20. */
  readonly cv: number
  /** Null: inner validation chooses. */
  readonly algorithm: Algorithm | null
  readonly seed: number
  /** Absent: the caller's thread does all itself. */
  readonly helpers?: Helpers
  readonly progress?: (share: number) => void
  readonly signal?: AbortSignal
}

/** What can be learned from a table, as measured on rows that were not learned from. */
export interface LearnReport {
  readonly rows: number
  readonly label: string
  readonly positive: string
  readonly positives: number
  readonly cv: number
  /** Chosen in most folds. */
  readonly algorithm: Algorithm
  readonly evaluation: OutOfFold
  /** What was left out or is odd, one sentence each. */
  readonly notes: readonly string[]
}

const LEAST_ROWS = 10
const MOST_FOLDS = 20

/**
 * Judges what a table can teach: K-fold, in each fold everything learned from the other rows. Rejects with BAD_INPUT where a column
 * is missing or the rows do not suffice.
 */
export async function learnTable(words: Words, options: LearnOptions): Promise<LearnReport> {
  const { label, id, cv, seed, algorithm, helpers = NOBODY, progress, signal } = options
  requireFolds(cv)
  const labelled = readLabels(label, cellsOf(words, label, '--label'), options.positive)
  if (id !== undefined) cellsOf(words, id, '--id')
  requireRows(labelled.labels, cv, label)
  const { frame, notes } = frameOf(words, labelled.rows, [label, ...(id === undefined ? [] : [id])])
  const unlabelled = words.rows.length - labelled.rows.length
  const candidates = candidatesWith(helpers.hire)
  const evaluation = await crossValidate(
    examplesOfFrame(frame, labelled.labels),
    stratifiedFolds(labelled.labels, cv, seed),
    {
      candidates: algorithm === null ? candidates : candidatesOf(algorithm, candidates),
      threads: helpers.threads,
      seed,
      ...(progress === undefined ? {} : { progress }),
      ...(signal === undefined ? {} : { signal }),
    },
  )
  return {
    rows: labelled.rows.length,
    label,
    positive: labelled.positive,
    positives: positivesOf(labelled.labels),
    cv,
    algorithm: mostChosen(evaluation.folds),
    evaluation,
    notes: unlabelled === 0 ? notes : [`${unlabelled} rows have no label and were left out.`, ...notes],
  }
}

function cellsOf({ columns, rows }: Words, name: string, option: string): string[] {
  const at = columns.indexOf(name)
  if (at >= 0) return rows.map(({ cells }) => cells[at]!)
  const near = didYouMean(name, columns)
  throw wrong(
    `There is no column "${name}" (${option}).${near}`,
    `The columns are: ${columns.slice(0, 40).join(', ')}${columns.length > 40 ? ' ...' : ''}.`,
  )
}

function frameOf(
  { columns, rows }: Words,
  picked: Int32Array,
  without: readonly string[],
): { frame: Frame; notes: string[] } {
  const lines = Array.from(picked, (row) => rows[row]!.line)
  const read = columns.flatMap((name, at) =>
    without.includes(name)
      ? []
      : [readColumn({ name, lines, cells: Array.from(picked, (row) => rows[row]!.cells[at]!) })],
  )
  const kept = read.flatMap(({ column }) => (column === null ? [] : [column]))
  const notes = read.flatMap((one) => one.notes)
  if (kept.length === 0) {
    throw wrong('No column is left to learn from.', notes.join(' ') || 'Add columns besides the label.')
  }
  return { frame: { rows: picked.length, columns: kept }, notes }
}

function requireFolds(cv: number): void {
  if (Number.isInteger(cv) && cv >= 2 && cv <= MOST_FOLDS) return
  throw wrong(`--cv must be a whole number from 2 to ${MOST_FOLDS}.`, 'Five is usual.')
}

function requireRows(labels: Uint8Array, cv: number, label: string): void {
  if (labels.length < LEAST_ROWS) {
    throw wrong(
      `There are ${labels.length} rows with a label; at least ${LEAST_ROWS} are needed.`,
      'Give more rows; hundreds of each class make figures one can rely on.',
    )
  }
  const positives = positivesOf(labels)
  const fewer = Math.min(positives, labels.length - positives)
  // In each fold the others teach and choose: three inner folds need a row of each class as well.
  const least = Math.max(cv, 4)
  if (fewer >= least) return
  throw wrong(
    `Only ${fewer} rows of one class of "${label}", which is too few for ${cv} folds (at least ${least}).`,
    fewer >= 4 ? `Use --cv ${fewer} or less, or give more rows.` : 'Give more rows of that class.',
  )
}

function mostChosen(folds: readonly FoldResult[]): Algorithm {
  const count = (algorithm: Algorithm) => folds.filter((fold) => fold.algorithm === algorithm).length
  return folds
    .map(({ algorithm }) => algorithm)
    .reduce((most, one) => (count(one) > count(most) ? one : most))
}

function wrong(what: string, hint: string): ForeshockError {
  return new ForeshockError('BAD_INPUT', what, hint)
}
