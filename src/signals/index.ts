import type { Profile } from '../features/profile.ts'
import type { Lexicon } from '../voice/lexicon.ts'
import type { MoodOf } from '../voice/mood.ts'
import type { MoodPrior } from './baseline.ts'
import { changeSignal } from './change.ts'
import { emotionSignal } from './emotion.ts'
import { rulesSignal } from './rules.ts'
import type { Signal } from './signal.ts'
import { SILENCE, type SilenceTerms, silenceSignal } from './silence.ts'
import { SIGNAL_TERMS, type SignalTerms } from './terms.ts'
import { wordsSignal } from './words.ts'

/** What the signals need to know that no single customer's history tells. */
export interface Background {
  /** Reads the mood of a voice; without it there is no emotion signal. */
  readonly mood?: MoodOf
  /** How moods usually are among those similar to a customer, by id. */
  readonly priorOf?: (customer: string) => MoodPrior
  /** Event kinds whose feed is stale or has collapsed: nothing is concluded from their absence. */
  readonly unhealthy?: ReadonlySet<string>
  /** As an admin has set them; default SIGNAL_TERMS. */
  readonly terms?: SignalTerms | undefined
}

/** The signals that need no learned model, in the order in which a card shows them. */
export function coldStartSignals(
  profile: Profile,
  lexicon: Lexicon,
  timeZone = 'UTC',
  wordsDays = 14,
  { mood, priorOf, unhealthy, terms = SIGNAL_TERMS }: Background = {},
): Signal[] {
  return [
    wordsSignal(lexicon, wordsDays, mood),
    ...(mood === undefined ? [] : [emotionSignal(mood, priorOf, terms.emotion)]),
    ...wordlessSignals(profile, timeZone, unhealthy, terms.silence),
  ]
}

/** Those of them that say something of a customer who has said nothing lately. The same ones night after night. */
export function wordlessSignals(
  profile: Profile,
  timeZone: string,
  unhealthy: ReadonlySet<string> = new Set(),
  silence: SilenceTerms = SILENCE,
): readonly Signal[] {
  const terms = [timeZone, JSON.stringify(silence), ...[...unhealthy].sort()].join('\n')
  const known = wordless.get(profile)
  if (known?.terms === terms) return known.signals
  const signals = [
    silenceSignal(profile, unhealthy, silence),
    rulesSignal(profile, timeZone, unhealthy),
    changeSignal(profile, timeZone, unhealthy),
  ]
  wordless.set(profile, { terms, signals })
  return signals
}

/** Those used last: what they are made of is dear to make, and made anew it would start slowly each night. */
const wordless = new WeakMap<Profile, { readonly terms: string; readonly signals: readonly Signal[] }>()
