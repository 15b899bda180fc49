import { DAY } from '../../src/clock.ts'
import type { Context } from '../../src/context.ts'
import type { SourceRecord } from '../../src/records/record.ts'
import { isGravest } from '../../src/voice/reading.ts'

/**
 * Tells which voices of a pull cannot wait for the night: the gravest ones of the days for which churn words count. In the
 * first pull of a source there are none: it brings a whole past, and half of one would alarm for nothing.
 */
export async function pressingIn(ctx: Context, source: string): Promise<(record: SourceRecord) => boolean> {
  const before = (await ctx.store.sources.reports()).find((each) => each.source === source)
  if ((before?.pulledAt ?? null) === null) return () => false
  const { wordsDays } = await ctx.settings()
  const since = ctx.clock.now().getTime() - wordsDays * DAY
  // What is kept must not depend on it.
  const reader = await ctx.voice.reader().catch((error: unknown) => {
    ctx.log.warn({ error, source }, 'voices cannot be read; whoever speaks in them is judged by night')
    return null
  })
  return (record) =>
    reader !== null &&
    record.type === 'feedback' &&
    record.at.getTime() >= since &&
    isGravest(record.text, reader)
}
