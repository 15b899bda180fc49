/** One number a row: the calibrated probability, 0..1, and the score before calibration. */
export interface Scores {
  readonly probability: Float32Array
  readonly raw: Float32Array
}

/** Rows `from..to`, in the memory of some that were scored where they fit there. */
export type RowsOf = (
  from: number,
  to: number,
  spent?: Float32Array<ArrayBuffer>,
) => Float32Array<ArrayBuffer>

/** A model ready to score, in a thread of its own. */
export interface ModelScorer {
  /** Columns it reads. */
  readonly width: number
  /**
   * Scores rows that lie one after the other, NaN where unknown. Rejects with BAD_INPUT when the numbers are not
   * `rows` x `width`, and with the signal's reason when it is aborted.
   */
  score(values: Float32Array, rows: number, signal?: AbortSignal): Promise<Scores>
  /** The same of rows that are asked for some at a time, so that not all need to be held; what is handed over is gone. */
  scoreRows(valuesOf: RowsOf, rows: number, signal?: AbortSignal): Promise<Scores>
  /** Lets what was asked of the thread finish, then ends it; nothing further is scored. */
  close(): Promise<void>
}
