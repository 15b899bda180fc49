import type { AlertState, Result } from '../alerts/alert.ts'
import type { AlertTier } from '../risk/assessment.ts'
import type { StageRules } from '../voice/journey.ts'

/** By what voices and customers are put into groups. */
export type VoiceGrouping = 'all' | 'site' | 'product' | 'region' | 'segment' | 'stage'

export interface Groups {
  readonly by: VoiceGrouping
  /** For `segment`: each customer's. */
  readonly members?: readonly { readonly customer: string; readonly segment: string }[]
  /** For `stage`. */
  readonly stages?: StageRules
}

/** Something of one group; null: rows that belong to none. */
export type OfGroup<T> = T & { readonly key: string | null }

/** Somebody's words on a topic. */
export interface TopicQuote {
  readonly topic: string
  readonly at: Date
  /** Its first 400 characters. */
  readonly text: string
  readonly strength: number
  /** Null: the author is not known. */
  readonly customer: string | null
  readonly customerNo: number | null
  readonly customerName: string | null
  readonly site: string | null
}

/** A customer who spoke badly of a topic and may be written to. */
export interface Complainant {
  readonly customer: string
  readonly no: number
  readonly name: string | null
  readonly owner: string | null
  readonly language: string | null
  /** When they last did. */
  readonly at: Date
}

/** A case that was opened after its customer complained of a topic. */
export interface TopicAlert {
  readonly no: number
  readonly tier: AlertTier
  readonly state: AlertState
  /** As its outcome says; null: none was written. */
  readonly result: Result | null
  readonly customerNo: number
}

export interface TopicAlerts {
  readonly total: number
  /** Of all, those whose customer was lost. */
  readonly lost: number
  /** The newest. */
  readonly rows: readonly TopicAlert[]
}
