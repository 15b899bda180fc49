import type { Context } from '../src/context.ts'
import { isExpected } from '../src/errors.ts'
import type { Job } from '../src/job.ts'
import type { JobReport } from '../src/records/job-report.ts'
import type { Batch, Source } from '../src/sources/source.ts'
import { text } from '../src/text.ts'

/** What one source's pull did; kept with the source and shown by `doctor`. */
export interface PullReport {
  readonly source: string
  readonly rows: number
  readonly created: number
  readonly changed: number
  readonly unchanged: number
  readonly removed: number
  readonly quarantined: number
  /** What went wrong, in one sentence; null when all went well. */
  readonly failure: string | null
}

export const pull: Job = {
  name: 'pull',
  cron: '5 * * * *',
  run: async (ctx, signal) => {
    const reports: PullReport[] = []
    // One failing source never stops another.
    for (const source of ctx.sources) reports.push(await pullSource(ctx, source, signal))
    ctx.progress(null)
    const report = summary(reports)
    return report.changed === 0
      ? report
      : { ...report, more: { ...report.more, ...(await missedTargets(ctx)) } }
  },
}

/** Reads what is new in one source, batch by batch, each stored with its cursor in one transaction. */
export async function pullSource(ctx: Context, source: Source, signal: AbortSignal): Promise<PullReport> {
  const report = {
    source: source.name,
    rows: 0,
    created: 0,
    changed: 0,
    unchanged: 0,
    removed: 0,
    quarantined: 0,
  }
  let failure: string | null = null
  const seen = new Map<string, Set<string>>()
  try {
    const cursor = await ctx.store.sources.cursor(source.name)
    for await (const batch of source.pull(cursor, signal)) {
      const written = await ctx.store.sources.store(source.name, batch, ctx.clock.now())
      report.rows += batch.records.length
      report.created += written.created
      report.changed += written.changed
      report.unchanged += written.unchanged
      report.quarantined += batch.rejected.length
      report.removed += await retireEnded(ctx, source.name, batch, seen)
      tellProgress(ctx, source.name, batch)
    }
  } catch (error) {
    if (!isExpected(error) && !signal.aborted)
      ctx.log.error({ error, source: source.name }, 'a source failed unexpectedly')
    failure = isExpected(error) ? error.explain('en') : String(error)
  }
  const done: PullReport = { ...report, failure }
  await ctx.store.sources.finish(source.name, done, ctx.clock.now())
  ctx.log.info({ ...done }, failure === null ? 'pulled' : 'a source could not be pulled')
  return done
}

/** A file without row ids that was read to its end: rows it no longer holds go. */
async function retireEnded(
  ctx: Context,
  source: string,
  batch: Batch,
  seen: Map<string, Set<string>>,
): Promise<number> {
  for (const record of batch.records) {
    const colon = record.sourceId.indexOf(':')
    if (record.type === 'customer' || colon < 0) continue
    const scope = record.sourceId.slice(0, colon)
    const ids = seen.get(scope) ?? new Set()
    seen.set(scope, ids.add(record.sourceId))
  }
  let removed = 0
  for (const scope of batch.ended ?? []) {
    removed += await ctx.store.sources.retire(source, scope, seen.get(scope) ?? new Set())
    seen.delete(scope)
  }
  return removed
}

function tellProgress(ctx: Context, source: string, batch: Batch): void {
  const { file, bytes, totalBytes } = batch.progress
  const share = totalBytes > 0 ? Math.min(1, bytes / totalBytes) : null
  ctx.progress({ label: text(`正在读取 ${source}：${file}`, `Reading ${source}: ${file}`), share })
}

/** Data quality after a pull that brought something: each target that was missed is told, and how many there are. */
async function missedTargets(ctx: Context): Promise<{ targetsMissed: number }> {
  const missed = (await ctx.quality()).filter(({ ok }) => !ok)
  for (const { group, value, target, says } of missed) ctx.log.info({ group, value, target }, says.en)
  return { targetsMissed: missed.length }
}

function summary(reports: readonly PullReport[]): JobReport {
  const sum = (of: (report: PullReport) => number): number =>
    reports.reduce((total, report) => total + of(report), 0)
  return {
    seen: sum((report) => report.rows),
    changed: sum((report) => report.created + report.changed + report.removed),
    failed: sum((report) => report.quarantined + (report.failure === null ? 0 : 1)),
    more: {
      quarantined: sum((report) => report.quarantined),
      sourcesFailed: sum((report) => (report.failure === null ? 0 : 1)),
    },
  }
}
