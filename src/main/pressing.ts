import type { Context } from '../context.ts'
import type { IsPressing } from '../ingest/ports.ts'
import { isGravest, type VoiceReader } from '../voice/reading.ts'

/** Words changed from chat count here so long after. Milliseconds. */
const KNOWN_FOR_MS = 60_000

/** Who ends it or is in danger is judged before those who came earlier: a look at the words, before any at the customer. */
export function openPressing({ voice, log }: Pick<Context, 'voice' | 'log'>): () => Promise<IsPressing> {
  let reader: Promise<VoiceReader | null> = Promise.resolve(null)
  let since = Number.NEGATIVE_INFINITY
  return async () => {
    if (performance.now() - since > KNOWN_FOR_MS) {
      since = performance.now()
      // What is kept must not depend on it.
      reader = voice.reader().catch((error: unknown) => {
        log.warn({ error }, 'voices cannot be read; they are judged in the order they came')
        return null
      })
    }
    const now = await reader
    return (record) => now !== null && record.type === 'feedback' && isGravest(record.text, now)
  }
}
