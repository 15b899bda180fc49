import type { Algorithm, Model } from './model.ts'
import type { Table } from './table.ts'

/** What every trainer takes; each has its own settings beside it. */
export interface Training {
  /** What chance is drawn from: the same table, settings and seed give the same model, bit by bit. */
  readonly seed: number
  /** Weight of a row that left; 1 when not given. */
  readonly positiveWeight?: number
  /** Threads; they change the time, never the model. */
  readonly threads?: number
  /** Later rows on which to stop early, for trainers that add as they go. */
  readonly stopOn?: Table
  /** By column: +1 where a larger value may only raise the score, -1 only lower it, 0 either. */
  readonly monotone?: readonly number[]
  /** Told how far it has come, 0..1. */
  readonly progress?: (share: number) => void
  readonly signal?: AbortSignal
}

/** Learns a model. Rejects with BAD_INPUT when the table cannot teach anything: no rows, one class only. */
export interface Trainer {
  readonly algorithm: Algorithm
  train(table: Table, training: Training): Promise<Model>
}
