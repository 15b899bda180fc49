import type { Balance } from './balance.ts'
import { logisticWith } from './logistic.ts'
import type { Algorithm, Model } from './model.ts'
import type { Table } from './table.ts'
import type { Training } from './trainer.ts'

/** A trainer with its settings fixed, by the name reports call it. */
export interface Candidate {
  readonly name: string
  readonly algorithm: Algorithm
  /** What is done about leavers being few; default none, as probabilities are calibrated anyway. */
  readonly balance?: Balance
  train(table: Table, training: Training): Promise<Model>
}

/** What inner validation chooses from; the earlier one wins a tie. */
export const CANDIDATES: readonly Candidate[] = [
  { name: 'logistic l2=3', ...logisticWith({ l2: 3 }) },
  { name: 'logistic l2=30', ...logisticWith({ l2: 30 }) },
  { name: 'logistic l2=300', ...logisticWith({ l2: 300 }) },
]

/** The candidates of one algorithm. */
export function candidatesOf(algorithm: Algorithm): readonly Candidate[] {
  return CANDIDATES.filter((candidate) => candidate.algorithm === algorithm)
}
