import type { FeatureMatrix } from '../features/kernel.ts'
import type { Profile } from '../features/profile.ts'
import type { SegmentPlan } from '../features/segment-plan.ts'
import type { Background } from '../signals/index.ts'
import type { RuleChange } from '../signals/rule-changes.ts'
import type { Signal } from '../signals/signal.ts'
import type { SignalTerms } from '../signals/terms.ts'
import type { History } from '../timeline/history.ts'
import type { LexiconChange } from '../voice/lexicon-changes.ts'
import type { Assessment } from './assessment.ts'
import type { BackgroundParts } from './background.ts'
import type { Bands } from './bands.ts'
import type { Forecaster, Forecasts } from './forecaster.ts'
import type { Mute } from './mute.ts'
import type { Odds } from './priority.ts'
import type { HistoriesAt } from './snapshot.ts'
import { forecastAll } from './unspoken.ts'

/** What the scorer asks of the timeline. */
export interface Histories {
  /** A customer's place among all. */
  indexOf(customer: string): number | undefined
  refresh(signal?: AbortSignal): Promise<unknown>
  /**
   * @param voicesOf whose voices are seen; absent: everyone's
   * @param earlier everyone's features a little earlier: those of others than these customers may stay so, and new rows of
   *   theirs count, refreshed or not
   */
  at(
    asOf: number,
    signal?: AbortSignal,
    voicesOf?: readonly string[],
    earlier?: FeatureMatrix,
  ): Promise<HistoriesAt>
  history(index: number, asOf: number): History
}

/** Figures an admin can set that scoring depends on. */
export interface ScoringTerms {
  readonly wordsDays: number
  readonly topShare: number
  /** What a silence and a break of mood are; default SIGNAL_TERMS. */
  readonly signalTerms?: SignalTerms
  /** What people have judged to be no risk, by customer id. */
  readonly mutes?: ReadonlyMap<string, readonly Mute[]>
  /** Words added and switched off from chat. */
  readonly lexicon?: readonly LexiconChange[]
  /** Rules added and changed from chat. */
  readonly rules?: readonly RuleChange[]
  /** From which probability on a customer is in which tier; default DEFAULT_BANDS. */
  readonly bands?: Bands
  /** What outcomes have taught of each likely reason; absent: the starting values. */
  readonly odds?: Odds
  /** True: as if no model were in use. */
  readonly rulesOnly?: boolean
}

export interface ScorerParts extends BackgroundParts {
  readonly profile: Profile
  readonly histories: Histories
  /** Those of `coldStartSignals`, in the histories' time zone: threads that judge make their own. */
  readonly signals: (terms: ScoringTerms, background: Background) => readonly Signal[]
  /** How customers are sorted; similar customers are those of one RFM class. Without it, of one declared value tier. */
  readonly plan?: SegmentPlan
  /** The model in use; null: there is none, or it cannot be used. */
  readonly forecaster?: () => Promise<Forecaster | null>
}

/** Some judged at one instant. */
export interface SomeJudged {
  /** By customer, in the order they were asked for; whom nobody knows is left out. */
  readonly assessments: ReadonlyMap<string, Assessment>
  /** Of those who were asked for; null when unknown. */
  historyOf(customer: string): History | null
}

/** What the model in use says of everyone, or of some; null: there is none. */
export async function forecastsOf(
  snapshot: HistoriesAt,
  { profile, forecaster }: Pick<ScorerParts, 'profile' | 'forecaster'>,
  { bands, rulesOnly }: ScoringTerms,
  signal?: AbortSignal,
  only?: readonly number[],
): Promise<Forecasts | null> {
  const inUse = rulesOnly === true ? null : ((await forecaster?.()) ?? null)
  return inUse === null ? null : await forecastAll(inUse, snapshot, profile, bands, signal, only)
}
