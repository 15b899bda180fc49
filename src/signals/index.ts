import type { Profile } from '../features/profile.ts'
import type { Lexicon } from '../voice/lexicon.ts'
import { changeSignal } from './change.ts'
import { rulesSignal } from './rules.ts'
import type { Signal } from './signal.ts'
import { wordsSignal } from './words.ts'

/** The signals that need no learned model, in the order in which a card shows them. */
export function coldStartSignals(
  profile: Profile,
  lexicon: Lexicon,
  timeZone = 'UTC',
  wordsDays = 14,
): Signal[] {
  return [wordsSignal(lexicon, wordsDays), rulesSignal(profile, timeZone), changeSignal(profile, timeZone)]
}
