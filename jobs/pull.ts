import type { Context } from '../src/context.ts'
import type { Job } from '../src/job.ts'
import type { JobReport } from '../src/records/job-report.ts'
import type { PullReport } from '../src/records/pull-report.ts'
import { joinLinked } from './pull/join-linked.ts'
import { type Pulled, pullSources } from './pull/side-by-side.ts'

/** So long the scoring, and sources that wait for a place, wait for one source. */
const PATIENCE_MS = 10 * 60_000

export const pull: Job = {
  name: 'pull',
  cron: '5 * * * *',
  // Two processes at once would keep nothing twice, and use up what a vendor lets us ask.
  needs: ['pull'],
  run: async (ctx, signal) => {
    // Whom requests have linked since, and who waited for a case to be closed.
    const before = await joinLinked(ctx)
    const pulled = await pullSources(ctx, signal, PATIENCE_MS)
    ctx.progress(null)
    const report = summary(pulled, before)
    return report.changed === 0 ? report : await withQuality(ctx, report)
  },
}

/** How whole the data is after a pull that brought something, field by field; each target that was missed is told. */
async function withQuality(ctx: Context, report: JobReport): Promise<JobReport> {
  const found = await ctx.quality()
  const missed = found.filter(({ ok }) => !ok)
  for (const { group, value, target, says } of missed) ctx.log.info({ group, value, target }, says.en)
  return {
    ...report,
    more: { ...report.more, targetsMissed: missed.length },
    fields: found.flatMap(({ fields }) => fields),
  }
}

export function summary(pulled: readonly Pulled[], mergedBefore = 0): JobReport {
  const reports = pulled.flatMap(({ report }) => (report === null ? [] : [report]))
  const slow = pulled.length - reports.length
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
      ...(slow === 0 ? {} : { sourcesSlow: slow }),
    },
  }
}
