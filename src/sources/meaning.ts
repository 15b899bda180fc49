import { didYouMean } from '../nearest.ts'
import { VOICE_CHANNELS } from '../records/label.ts'
import type { Field, RowMapping } from './row-mapping.ts'

/** Kinds and channels the mapping itself names but nobody knows: no row could ever be right. */
export function meaningProblems(mapping: RowMapping, kinds: ReadonlySet<string>): string[] {
  if (mapping.record === 'event') {
    return unknown('kind', used(mapping.fields.kind, mapping.kinds), kinds, "the profile's kinds")
  }
  if (mapping.record === 'feedback') {
    return unknown(
      'channel',
      used(mapping.fields.channel, mapping.channels),
      new Set(VOICE_CHANNELS),
      'the channels',
    )
  }
  return []
}

/** What the mapping can turn a row into: the targets of its translations, and its constant once translated. */
function used(field: Field, meanings: Readonly<Record<string, string>> = {}): string[] {
  const constant = typeof field === 'object' ? String(field.value) : null
  const targets = Object.values(meanings)
  return [...new Set(constant === null ? targets : [...targets, meanings[constant] ?? constant])]
}

function unknown(
  what: string,
  named: readonly string[],
  known: ReadonlySet<string>,
  whose: string,
): string[] {
  return named
    .filter((name) => !known.has(name))
    .map(
      (name) =>
        `the mapping names the ${what} "${name}", which is not one of ${whose}: ${[...known].join(', ')}.${didYouMean(name, known)}`,
    )
}
