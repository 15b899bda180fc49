import type { VoiceReading } from './reading.ts'
import type { Label } from './sentiment-reader.ts'

/** A voice that was not read yet, or not as it now stands, or not by this version of the reader. */
export interface UnreadVoice {
  readonly id: string
  /** The transaction that wrote it. */
  readonly xid: string
  readonly channel: string
  /** Cut where asked; `length` is that of the whole, in characters. */
  readonly text: string
  readonly length: number
}

export interface UnreadPage {
  /** May be none, where all of a page had been read. */
  readonly voices: readonly UnreadVoice[]
  /** Behind this page; null: there is nothing more. */
  readonly next: ReadPosition | null
}

/** How far a pass over the voices is. */
export interface ReadPosition {
  readonly version: string
  /** The oldest transaction still running when the pass began: what younger ones wrote is looked at once more. */
  readonly until: string
  readonly xid: string
  readonly id: string
}

/** What a person says a voice is. What is absent stays as it was said before, or read. */
export interface VoiceLabel {
  readonly label?: Label
  readonly topics?: readonly string[]
}

export interface LabelledVoice {
  readonly text: string
  readonly label: Label | null
  readonly topics: readonly string[] | null
}

export interface ReadVoice {
  readonly voice: UnreadVoice
  readonly reading: VoiceReading
  /** What it is found by, as `vectorOf` writes it. */
  readonly terms: string
}
