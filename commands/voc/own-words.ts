import type { Context } from '../../src/context.ts'
import { asWritten } from '../../src/judging/as-written.ts'
import { type Characteristic, OF_WORDS, ownTerms } from '../../src/reports/characteristic.ts'
import type { Stretch } from '../../src/reports/outside-event.ts'
import type { Groups } from '../../src/reports/voice-rows.ts'
import type { Text } from '../../src/text.ts'

/** Words shown of a group, and how many are looked at to find them. */
const SHOWN = 4
const LOOKED_AT = 12
/** Voices whose words are counted: the newest tell what is said now, and a click must not wait for millions. */
const MOST_VOICES = 10_000

/** The words each group uses more than the others, as people write them; its own name is none of them. */
export async function ownWords(
  ctx: Context,
  groups: Groups,
  stretches: readonly Stretch[],
  shown: readonly { readonly key: string; readonly name: Text }[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const counts = await ctx.store.voiceFigures.words(groups, stretches, MOST_VOICES, OF_WORDS.least)
  const found = ownTerms(counts, LOOKED_AT, OF_WORDS)
  const words = new Map<string, readonly string[]>()
  for (const { key, name } of shown) {
    const own: string[] = []
    for (const term of distinct(found.get(key) ?? [], [name.zh, name.en])) {
      own.push((await asWritten(ctx, term)).toLowerCase())
    }
    words.set(key, own)
  }
  return words
}

/** The clearest words, none of which is a part of another or of the names. */
function distinct(found: readonly Characteristic[], names: readonly string[]): string[] {
  const folded = names.map((name) => name.toLowerCase())
  const chosen: string[] = []
  for (const { term } of found) {
    const known = [...folded, ...chosen].some((other) => other.includes(term) || term.includes(other))
    if (!known) chosen.push(term)
    if (chosen.length === SHOWN) break
  }
  return chosen
}
