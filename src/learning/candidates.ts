import type { Balance } from './balance.ts'
import { forestWith } from './forest.ts'
import { gbdtWith } from './gbdt.ts'
import { logisticWith } from './logistic.ts'
import type { Algorithm, Model } from './model.ts'
import type { Table } from './table.ts'
import type { Training } from './trainer.ts'
import { alone, type Hire } from './trees/crew.ts'

/** A trainer with its settings fixed, by the name reports call it. */
export interface Candidate {
  readonly name: string
  readonly algorithm: Algorithm
  /** What is done about leavers being few; default none, as probabilities are calibrated anyway. */
  readonly balance?: Balance
  train(table: Table, training: Training): Promise<Model>
}

/** Small steps on part of the data: on customers' habits, which are mostly chance, these hold better than the trainer's defaults. */
const SMALL_STEPS = { learningRate: 0.02, subsample: 0.6, columnShare: 0.3, minChildWeight: 30, lambda: 5 }

/** Of the logistic regression, for each row. */
const PENALTY = 0.002

/** What inner validation chooses from, the smoothest first: the earlier one wins a tie. One of each kind: more would be chosen by chance. */
export const CANDIDATES: readonly Candidate[] = candidatesWith(alone)

/** The same, with threads hired for whoever can use them: sooner, never other models. */
export function candidatesWith(hire: Hire): readonly Candidate[] {
  return [
    { name: 'logistic', algorithm: 'logistic', train: steadyLogistic },
    { name: 'gbdt', ...gbdtWith({ ...SMALL_STEPS, depth: 3, rounds: 300 }, hire) },
    { name: 'forest', ...forestWith({ trees: 120, depth: 7, minLeaf: 20 }) },
  ]
}

/**
 * A penalty in proportion to the rows: where there are many, they are mostly the same customers on other dates, who tell little
 * more than once, and a bolder fit would follow the dates.
 */
function steadyLogistic(table: Table, training: Training): Promise<Model> {
  return logisticWith({ l2: Math.max(1, PENALTY * table.rows) }).train(table, training)
}

/** The candidates of one algorithm. */
export function candidatesOf(algorithm: Algorithm, among = CANDIDATES): readonly Candidate[] {
  return among.filter((candidate) => candidate.algorithm === algorithm)
}
