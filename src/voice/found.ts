import type { WordClass } from './entry.ts'
import type { StageRules } from './journey.ts'
import type { Label } from './sentiment-reader.ts'

/** What a search is narrowed to; null or absent: not. */
export interface VoiceFilter {
  /** As `queryOf` writes it. */
  readonly query?: string | null
  /** Any of these, as they are kept. */
  readonly sites?: readonly string[] | null
  readonly products?: readonly string[] | null
  readonly channels?: readonly string[] | null
  /** Ids; a topic does not stand for its parts here. */
  readonly topics?: readonly string[] | null
  /** Its id. */
  readonly tag?: string | null
  /** A churn word of this class counts in it. */
  readonly wordClass?: WordClass | null
  readonly label?: Label | null
  readonly language?: string | null
  /** Said at this stage of the journey. */
  readonly stage?: { readonly rules: StageRules; readonly id: string } | null
  /** Id of whoever said it. */
  readonly customer?: string | null
  /** From this instant on, and before this one. */
  readonly since?: Date | null
  readonly until?: Date | null
}

/** A voice with what was read out of it. */
export interface FoundVoice {
  readonly id: string
  /** V-12 */
  readonly no: number
  readonly at: Date
  readonly channel: string
  /** As far as it was read. */
  readonly text: string
  /** Id; null: nobody knows whose it is. */
  readonly customer: string | null
  readonly site: string | null
  readonly product: string | null
  readonly topics: readonly string[]
  readonly label: Label
  /** -1..1 */
  readonly strength: number
  /** A person said so. */
  readonly corrected: boolean
}

/** Of more hits the newest so many are ranked and counted: nobody reads on to the others. */
export const MOST_FOUND = 2_000

/** A stage is told voice by voice from what its customer did: of the newest so many that fit all else. */
export const MOST_STAGED = 10_000

export interface FoundVoices {
  readonly voices: readonly FoundVoice[]
  /** Over all pages; `MOST_FOUND` where there may be more. */
  readonly total: number
  /** Asked for a stage: nothing said before this was looked at; null: everything was. */
  readonly back: Date | null
}

/** What a voice wishes for. */
export interface WishedFor {
  readonly no: number
  readonly wish: string
  readonly at: Date
  readonly customer: string | null
  /** Minor units; null: not known, or nobody's. */
  readonly ltvMinor: number | null
}

/** The words that voices are kept under, the most frequent first. */
export interface KnownNames {
  readonly sites: readonly string[]
  readonly products: readonly string[]
  readonly channels: readonly string[]
}
