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
  run: async (ctx, signal) => {
    // Whom requests have linked since, and who waited for a case to be closed.
    const before = await joinLinked(ctx)
    const pulled = await pullSources(ctx, signal, PATIENCE_MS)
    ctx.progress(null)
    const report = summary(pulled, before)
    return report.changed === 0
      ? report
      : { ...report, more: { ...report.more, ...(await missedTargets(ctx)) } }
  },
}

/** Data quality after a pull that brought something: each target that was missed is told, and how many there are. */
async function missedTargets(ctx: Context): Promise<{ targetsMissed: number }> {
  const missed = (await ctx.quality()).filter(({ ok }) => !ok)
  for (const { group, value, target, says } of missed) ctx.log.info({ group, value, target }, says.en)
  return { targetsMissed: missed.length }
}

function summary(pulled: readonly Pulled[], mergedBefore: number): JobReport {
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
