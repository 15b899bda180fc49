import type { Context } from '../../src/context.ts'
import { clip } from '../../src/text.ts'
import type { FoundVoice } from '../../src/voice/found.ts'
import { sentenceAround } from '../../src/voice/sentence.ts'
import { type Sought, spansOf } from '../../src/voice/sought.ts'
import type { VoiceLine } from '../../templates/voices.ts'
import { topicTexts } from './topic-names.ts'

/** Voices as cards show them, the words that were looked for marked. `whole`: not only the sentence around them. */
export async function linesOf(
  ctx: Context,
  voices: readonly FoundVoice[],
  sought: readonly Sought[],
  whole = false,
): Promise<VoiceLine[]> {
  const named = await topicTexts(ctx)
  const people = await ctx.store.customers.many(voices.flatMap(({ customer }) => customer ?? []))
  return voices.map((voice) => {
    const { text: words } = voice
    const spans = spansOf(words, sought, ctx.voice.segmenter)
    const around = spans[0] ?? { start: 0, end: 0 }
    return {
      no: voice.no,
      at: voice.at,
      channel: voice.channel,
      said: whole ? clip(words, 1_200) : sentenceAround(words, around),
      marked: [...new Set(spans.map(({ start, end }) => words.slice(start, end)))],
      customer: voice.customer === null ? null : (people.get(voice.customer) ?? null),
      site: voice.site,
      product: voice.product,
      topics: outermost(voice.topics).map(named),
      label: voice.label,
      corrected: voice.corrected,
    }
  })
}

/** A topic says no more beside a part of it. */
function outermost(topics: readonly string[]): readonly string[] {
  return topics.filter((topic) => !topics.some((other) => other.startsWith(`${topic}.`)))
}
