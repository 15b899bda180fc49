import type { Job } from '../src/job.ts'
import { announceForWeek } from '../src/judging/announce.ts'
import { weekReport } from '../src/judging/week.ts'

/** Monday morning: the week's report goes to the channels that take what is about no case. */
export const digest: Job = {
  name: 'digest',
  cron: '36 8 * * 1',
  run: async (ctx) => {
    const report = await weekReport(ctx)
    const { currency } = ctx.config.company
    const data = {
      ...report,
      from: report.from.toISOString(),
      to: report.to.toISOString(),
      currency,
      weeks: report.weeks.map(({ at, count }) => ({ at: at.toISOString(), count })),
    }
    await announceForWeek(ctx, { kind: 'week', data })
    return { seen: 1, changed: 1, failed: 0 }
  },
}
