import type { Context } from '../src/context.ts'
import { isExpected } from '../src/errors.ts'
import type { Job } from '../src/job.ts'
import { keepersOf } from '../src/judging/announce.ts'
import type { Notice } from '../src/learning/notice.ts'
import type { JobReport } from '../src/records/job-report.ts'
import type { HeldFile, PullReport } from '../src/records/pull-report.ts'
import type { Batch, Source } from '../src/sources/source.ts'
import { same, type Text, text } from '../src/text.ts'

export const pull: Job = {
  name: 'pull',
  cron: '5 * * * *',
  run: async (ctx, signal) => {
    const reports: PullReport[] = []
    // Whom requests have linked since, and who waited for a case to be closed.
    const before = await joinLinked(ctx)
    // One failing source never stops another.
    for (const source of ctx.sources) {
      if (signal.aborted) break
      reports.push(await pullSource(ctx, source, signal))
    }
    ctx.progress(null)
    const report = summary(reports, before)
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
    merged: 0,
  }
  let said: { readonly failure: string; readonly says: Text } | null = null
  const held: HeldFile[] = []
  const seen = new Map<string, Set<string>>()
  try {
    const cursor = await ctx.store.sources.cursor(source.name)
    for await (const batch of source.pull(cursor, signal)) {
      const written = await ctx.store.sources.store(source.name, batch, ctx.clock.now())
      report.rows += batch.records.length
      report.created += written.created
      report.changed += written.changed
      report.unchanged += written.unchanged
      report.removed += written.removed
      report.quarantined += batch.rejected.length
      for (const { file, reason, held: isHeld } of batch.rejected) if (isHeld) held.push({ file, reason })
      report.removed += await retireEnded(ctx, source.name, batch, seen)
      tellProgress(ctx, source.name, batch)
    }
    report.merged = await joinLinked(ctx)
  } catch (error) {
    if (!isExpected(error) && !signal.aborted)
      ctx.log.error({ error, source: source.name }, 'a source failed unexpectedly')
    said = isExpected(error)
      ? { failure: error.explain('en'), says: text(error.explain('zh'), error.explain('en')) }
      : { failure: String(error), says: same(String(error)) }
  }
  const { failure = null, says = null } = said ?? {}
  const since = await failingSince(ctx, source.name)
  const now = ctx.clock.now()
  const done: PullReport = {
    ...report,
    ...{ failure, says, failingSince: failure === null ? null : (since ?? now.toISOString()) },
  }
  // What was stopped on the way is neither read nor failing: the report of the pull before it stands.
  if (!signal.aborted) {
    await tellKeepers(ctx, done, held, since)
    await ctx.store.sources.finish(source.name, done, now)
  }
  ctx.log.info({ ...done }, failure === null ? 'pulled' : 'a source could not be pulled')
  return done
}

/** Merges customers whom records name as one; how many. */
async function joinLinked(ctx: Context): Promise<number> {
  let merged = 0
  for (let joined = 1; joined > 0; merged += joined) {
    joined = await ctx.store.transaction(({ merges }) => merges.joinLinked(ctx.clock.now()))
  }
  if (merged > 0) ctx.wake()
  return merged
}

async function failingSince(ctx: Context, source: string): Promise<string | null> {
  const before = (await ctx.store.sources.reports()).find((each) => each.source === source)
  return (before?.report as PullReport | null | undefined)?.failingSince ?? null
}

/** A source that stops and one that works again are told once, as is each file held back: nobody looks at what still seems to run. */
async function tellKeepers(
  ctx: Context,
  { source, says = null, failingSince: failing = null }: PullReport,
  held: readonly HeldFile[],
  before: string | null,
): Promise<void> {
  const notices: Notice[] = [
    ...(says !== null && before === null ? [{ kind: 'source-failed' as const, data: { source, says } }] : []),
    ...(failing === null && before !== null
      ? [{ kind: 'source-back' as const, data: { source, since: before } }]
      : []),
    ...(held.length > 0
      ? [
          {
            kind: 'file-held' as const,
            data: { source, files: held.slice(0, MOST_HELD), more: Math.max(0, held.length - MOST_HELD) },
          },
        ]
      : []),
  ]
  if (notices.length === 0) return
  const now = ctx.clock.now()
  await ctx.store.transaction(async ({ outbox }) => {
    for (const notice of notices) await outbox.announce(notice, keepersOf(ctx), now)
  })
  ctx.wake()
}

/** Files named in one notice. */
const MOST_HELD = 5

/** An id that a file's row got from us; any other is not kept in mind. */
const SCOPED = /^([0-9a-f]{12}):/

/** A file without row ids that was read to its end: rows it no longer holds go. */
async function retireEnded(
  ctx: Context,
  source: string,
  batch: Batch,
  seen: Map<string, Set<string>>,
): Promise<number> {
  for (const record of batch.records) {
    const [, scope] = SCOPED.exec(record.sourceId) ?? []
    if (record.type === 'customer' || scope === undefined) continue
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

function summary(reports: readonly PullReport[], mergedBefore: number): JobReport {
  const sum = (of: (report: PullReport) => number): number =>
    reports.reduce((total, report) => total + of(report), 0)
  return {
    seen: sum((report) => report.rows),
    changed: sum((report) => report.created + report.changed + report.removed),
    failed: sum((report) => report.quarantined + (report.failure === null ? 0 : 1)),
    more: {
      quarantined: sum((report) => report.quarantined),
      sourcesFailed: sum((report) => (report.failure === null ? 0 : 1)),
      merged: mergedBefore + sum((report) => report.merged ?? 0),
    },
  }
}
