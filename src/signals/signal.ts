import type { Text } from '../text.ts'
import type { History } from '../timeline/history.ts'

export type SignalName = 'emotion' | 'words' | 'silence' | 'change' | 'rules' | 'model'

/** Classes of the churn lexicon, strongest first. */
export type WordClass = 'strong-churn' | 'competitor' | 'strong-negative'

/** What a card shows as "why now": numbers, dates, the quoted sentence. Templates turn it into words. */
export type Evidence =
  | {
      readonly kind: 'quote'
      readonly voice: string
      readonly at: number
      readonly channel: string
      readonly sentence: string
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
    }
  | {
      /** The customer's own beat was missed. */
      readonly kind: 'rhythm'
      readonly event: string
      readonly label: Text
      readonly usualDays: number
      readonly quietDays: number
    }
  | {
      readonly kind: 'rule'
      readonly rule: string
      /** The rule's sentence with the customer's own numbers filled in. */
      readonly sentence: Text
    }

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
  /**
   * What the evidence rests on: `voice:<id>` or an event kind such as `visit`. Two readings whose bases
   * overlap are one signal seen twice.
   */
  readonly basis: readonly string[]
  readonly evidence: readonly Evidence[]
}

/** A pure function of one customer's history. Null means unknown (no data to judge by), never "fine". */
export interface Signal {
  readonly name: SignalName
  read(history: History): Reading | null
}
