import type { Economics } from './thresholds.ts'

/** How well one judge told leavers from the others in a window. Shares are 0..1. */
export interface Showing {
  readonly auc: number
  readonly prAuc: number
  /** Share of the leavers among the tenth with the highest scores. */
  readonly recallAtTenth: number
  /** Mean squared error of the probability; null: the score is no probability. */
  readonly brier: number | null
}

/** A challenger on months it has not learned from, beside the rules and the model in use on the same customers. */
export interface Trial {
  /** First and last as-of date of the window, milliseconds. */
  readonly from: number
  readonly to: number
  readonly rows: number
  readonly leavers: number
  readonly model: Showing
  readonly rules: Showing
  /** The model in use then; null: none was. */
  readonly champion: { readonly no: number; readonly showing: Showing } | null
  readonly verdict: Verdict
  /** From which probability acting pays; null: nobody was there to act on; absent: it was not asked then. */
  readonly advice?: Advice | null
}

/** A suggested threshold, and what it rests on. Money in any one unit. */
export interface Advice {
  /** Act from this probability on; over 1: never. */
  readonly threshold: number
  /** What set it: a contact below costs more than it brings, or nobody would have time for it. */
  readonly because: 'cost' | 'capacity'
  /** Customers on the trial's dates who had been active within the days the model looks ahead: whom a card can be about. */
  readonly cases: number
  readonly flagged: number
  /** Share of the flagged who left; null: nobody is flagged. */
  readonly precision: number | null
  /** Share of the leavers who are flagged. */
  readonly recall: number
  /** Value kept less the cost of all contacts, expected over the trial. */
  readonly gain: number
  readonly economics: Economics
}

export type Verdict = 'better' | 'too-few-leavers' | 'not-better-than-rules' | 'not-better-than-champion'

/** Below this, who is better is chance. */
export const FEWEST_LEAVERS = 20

/** Whether the challenger may take over: only when it ranks better than both the rules and the model in use. */
export function verdictOf(trial: Omit<Trial, 'verdict'>): Verdict {
  const { leavers, rows, model, rules, champion } = trial
  if (leavers < FEWEST_LEAVERS || rows - leavers < FEWEST_LEAVERS) return 'too-few-leavers'
  // `>` is false for an unknown AUC, which so never wins.
  if (!(model.auc > rules.auc)) return 'not-better-than-rules'
  if (champion !== null && !(model.auc > champion.showing.auc)) return 'not-better-than-champion'
  return 'better'
}
