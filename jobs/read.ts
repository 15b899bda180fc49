import type { Context } from '../src/context.ts'
import type { Job } from '../src/job.ts'
import type { JobReport } from '../src/records/job-report.ts'
import { pauses } from '../src/risk/pause.ts'
import { ownWords } from '../src/voice/first-hand.ts'
import type { ReadVoice } from '../src/voice/kept.ts'
import { MOST_READ, readVoice } from '../src/voice/reading.ts'
import { termsOf, vectorOf } from '../src/voice/terms.ts'

/** What every voice is about: reads what is new, what was corrected, and all of it where the reader has changed. */
export const read: Job = {
  name: 'read',
  cron: '5 * * * *',
  run: (ctx, signal) => readVoices(ctx, signal),
}

/** Voices read between two commits: a stop or crash repeats no more. */
const VOICES_A_PAGE = 400

/** Reads whatever voices are unread now. Stopped, it keeps what it has and goes on there the next time. */
export async function readVoices(ctx: Context, signal: AbortSignal): Promise<JobReport> {
  const reader = await ctx.voice.reader()
  const pause = pauses(signal)
  let at = await ctx.store.readings.begin(reader.version)
  let seen = 0
  while (!signal.aborted) {
    const { voices, next } = await ctx.store.readings.unread(at, VOICES_A_PAGE, MOST_READ)
    if (next === null) {
      await ctx.store.readings.finish(at)
      break
    }
    const done: ReadVoice[] = []
    for (const voice of voices) {
      const reading = readVoice(ownWords(voice.text, voice.channel), reader)
      done.push({ voice, reading, terms: vectorOf(termsOf(voice.text, ctx.voice.segmenter)) })
      const turn = pause()
      if (turn !== null) await turn
    }
    if (done.length > 0) await ctx.store.readings.keep(done, next)
    at = next
    seen += done.length
  }
  return { seen, changed: seen, failed: 0 }
}
