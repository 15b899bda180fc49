import type { StaffCall } from '../alerts/calls.ts'
import type { HeldFile } from '../records/pull-report.ts'
import type { Advice, RuleTried } from '../reports/advice.ts'
import type { ChurnReview } from '../reports/churn-review.ts'
import type { PlaybookReview } from '../reports/playbook-review.ts'
import type { Missed } from '../reports/unwarned.ts'
import type { WeekReport } from '../reports/week.ts'
import type { StormKind } from '../sentinel/detect.ts'
import type { SeriesName } from '../sentinel/series.ts'
import type { Text } from '../text.ts'
import type { DriftReport } from './drift.ts'
import type { Trial } from './trial.ts'

/** Drift, and with it the leavers nobody warned of. */
export type WeeksLook = DriftReport & { readonly unwarned?: Missed | null }

/** What the program tells its keepers, as it is stored. */
export type Notice =
  | {
      readonly kind: 'model-trained'
      readonly data: { readonly no: number; readonly algorithm: string; readonly trial: Trial }
    }
  | { readonly kind: 'model-not-yet'; readonly data: { readonly says: Text } }
  | { readonly kind: 'model-failed'; readonly data: { readonly why: Text } }
  | {
      readonly kind: 'model-in-use'
      readonly data: { readonly no: number | null; readonly before: number | null; readonly by: Text }
    }
  | { readonly kind: 'theme-given'; readonly data: GivenTheme }
  /** Their day for it has passed. */
  | { readonly kind: 'theme-late'; readonly data: GivenTheme }
  | {
      readonly kind: 'theme-mended'
      readonly data: {
        readonly no: number
        readonly topic: Text
        readonly fixed: string
        readonly by: Text
        /** Who keeps customers that complained of it and may be told, and how many; null: nobody keeps them. */
        readonly tellers: readonly { readonly name: Text | null; readonly count: number }[]
      }
    }
  /** A storm has begun; told to who answers for what it is about. */
  | { readonly kind: 'storm-asked'; readonly data: StormAsked }
  /** The week's look at the model in use, and at those nobody warned of; the latter alone while rules judge. */
  | { readonly kind: 'drift'; readonly data: WeeksLook }
  | { readonly kind: 'unwarned'; readonly data: Missed }
  /** The week's report; instants as ISO. */
  | { readonly kind: 'week'; readonly data: KeptWeek }
  /** The quarter's look back on ways of working, and the half-year's on churn and return. */
  | {
      readonly kind: 'playbook-review'
      readonly data: { readonly review: PlaybookReview; readonly currency: string }
    }
  | { readonly kind: 'churn-review'; readonly data: ChurnReview }
  /** A source can no longer be read. */
  | { readonly kind: 'source-failed'; readonly data: { readonly source: string; readonly says: Text } }
  /** It can be read again; `since`: from when on it could not, ISO. */
  | { readonly kind: 'source-back'; readonly data: { readonly source: string; readonly since: string } }
  /** What was dismissed too often, and what might be tried. */
  | { readonly kind: 'advice'; readonly data: { readonly advice: readonly Advice[] } }
  /** A changed rule was tried silently. */
  | { readonly kind: 'rule-tried'; readonly data: RuleTried }
  /** Calls to one person whom no chat reached, by e-mail. */
  | { readonly kind: 'staff-mail'; readonly data: StaffMail }
  /** Its try has ended without a result: one of its two conditions no longer reads. */
  | {
      readonly kind: 'rule-unreadable'
      readonly data: {
        readonly name: string
        readonly when: string
        readonly what: Text
        readonly hint: Text
      }
    }
  | {
      readonly kind: 'file-held'
      readonly data: { readonly source: string; readonly files: readonly HeldFile[]; readonly more: number }
    }

/** Also one person's list of the day, which is made when it is sent. `bare`: it goes where no customer is named. */
export type AnyNotice =
  | Notice
  | { readonly kind: 'morning'; readonly data: { readonly person: string; readonly bare: boolean } }

/** Calls as they are stored; an instant as ISO. */
export interface StaffMail {
  readonly calls: readonly (Pick<StaffCall, 'verb' | 'no' | 'customerNo' | 'tier' | 'reason' | 'clock'> & {
    readonly dueAt: string | null
  })[]
  /** Address of the console. */
  readonly console: string
}

/** A week's report as it is stored. */
export type KeptWeek = Omit<WeekReport, 'from' | 'to' | 'weeks'> & {
  readonly from: string
  readonly to: string
  readonly weeks: readonly { readonly at: string; readonly count: number }[]
  readonly currency: string
}

/** A storm as it began. */
export interface StormAsked extends SeriesName {
  readonly no: number
  readonly what: StormKind
  readonly about: Text
  /** Voices in the last 24 hours, of 'negative' the negative ones; customers behind them since it began. */
  readonly count: number
  readonly customers: number
}

/** A topic that somebody was given to mend. */
export interface GivenTheme {
  readonly no: number
  readonly topic: Text
  readonly department: string | null
  readonly owner: Text | null
  /** `2026-12-01` */
  readonly due: string | null
}
