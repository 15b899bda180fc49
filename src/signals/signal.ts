import type { Text } from '../text.ts'
import type { History } from '../timeline/history.ts'

export type SignalName = 'emotion' | 'words' | 'silence' | 'change' | 'rules' | 'model'

/** Classes of the churn lexicon, strongest first. */
export type WordClass = 'strong-churn' | 'life-change' | 'competitor' | 'strong-negative'

/** What a card shows as "why now": numbers, dates, the quoted sentence. Templates turn it into words. */
export type Evidence =
  | {
      readonly kind: 'quote'
      readonly voice: string
      readonly at: number
      readonly channel: string
      readonly sentence: string
      /** The words that count, as they were written. */
      readonly terms: readonly string[]
      readonly wordClass: WordClass
    }
  | {
      /** A measure that moved. `how` names the zero-denominator cases instead of inventing a number. */
      readonly kind: 'change'
      readonly feature: string
      readonly label: Text
      readonly before: number
      readonly after: number
      readonly how: 'down' | 'up' | 'to-nothing' | 'from-nothing'
      readonly days: number
      /** Since when it holds, milliseconds. */
      readonly at?: number
    }
  | {
      /** The customer's own beat was missed. */
      readonly kind: 'rhythm'
      readonly event: string
      readonly label: Text
      readonly usualDays: number
      readonly quietDays: number
      /** Chance of a silence as long as this, 0..1, had nothing changed. */
      readonly chance?: number
      /** Since when it holds, milliseconds. */
      readonly at?: number
    }
  | {
      readonly kind: 'rule'
      readonly rule: string
      /** The rule's sentence with the customer's own numbers filled in. */
      readonly sentence: Text
      /** Since when it holds, or its newest fact, milliseconds. */
      readonly at?: number
    }
  | {
      /** This week's mood broke from what is usual for the customer. Moods are on the scale of ratings, 0-10. */
      readonly kind: 'emotion'
      readonly voice: string
      readonly at: number
      readonly channel: string
      readonly sentence: string
      readonly before: number
      readonly after: number
      /** Earlier voices the baseline rests on, and how many of them were positive. */
      readonly voicesBefore: number
      readonly positiveBefore: number
      /** Voices of this week with a mood. */
      readonly voicesAfter: number
      /** Since when the mood has been falling, milliseconds; null: this week is the first of it. */
      readonly since: number | null
      /** The latest NPS before this week; null: never asked. */
      readonly nps: number | null
      /** Someone who used to praise us and now says they had expected better. */
      readonly fan: boolean
    }

/** Why a signal does not say anything although it could: event kinds whose feed cannot be trusted now. */
export interface Held {
  readonly reason: 'feed-unhealthy'
  readonly kinds: readonly string[]
}

/** True for evidence that a person has judged to be no risk and that has not changed since. */
export type IsMuted = (piece: Evidence) => boolean

export const nothingMuted: IsMuted = () => false

export interface Reading {
  readonly signal: SignalName
  /** True when the signal counts towards the tier. A reading that did not fire still carries its strength. */
  readonly fired: boolean
  /** True when the signal alone is enough for P2. */
  readonly strong: boolean
  /** 0 (nothing) to 1 (as bad as it gets); comparable between customers, used to rank without a model. */
  readonly strength: number
  /** Instant of the newest fact it rests on, milliseconds: what is newer than a retained mark is a relapse. */
  readonly at: number
  /** Of rules: how many hit that rest on different evidence. */
  readonly independent?: number
  /**
   * What the evidence rests on: `voice:<id>` or an event kind such as `visit`. Two readings whose bases
   * overlap are one signal seen twice.
   */
  readonly basis: readonly string[]
  readonly evidence: readonly Evidence[]
  /** Evidence left out because someone judged it to be no risk. It counts neither here nor in the score. */
  readonly muted?: readonly Evidence[]
  /** Set: the verdict is unknown for a named reason. Such a reading has never fired. */
  readonly held?: Held
}

/** A pure function of one customer's history. Null means unknown (no data to judge by), never "fine". */
export interface Signal {
  readonly name: SignalName
  read(history: History, isMuted?: IsMuted): Reading | null
  /**
   * True: whatever is muted, `read` would give null or a reading that neither fired nor was held. Told at a glance, so
   * false says nothing. Absent: only `read` can tell.
   */
  isCalm?(history: History): boolean
}
