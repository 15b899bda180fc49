import { EMOTION, type EmotionTerms } from './emotion.ts'
import { SILENCE, type SilenceTerms } from './silence.ts'

/** Figures of the signals that an admin can set. */
export interface SignalTerms {
  readonly silence: SilenceTerms
  readonly emotion: EmotionTerms
}

export const SIGNAL_TERMS: SignalTerms = { silence: SILENCE, emotion: EMOTION }
