import type { Job } from '../src/job.ts'

/** Once a week the model in use is held against the customers as they are and against what became of its forecasts. */
export const drift: Job = {
  name: 'drift',
  cron: '7 7 * * 1',
  lane: 'learning',
  run: async (ctx, signal) => {
    const report = await ctx.models.drift(signal)
    if (report === null) return { seen: 0, changed: 0, failed: 0 }
    return {
      seen: report.customers,
      changed: 0,
      failed: 0,
      more: { shifted: report.features.length, biased: report.bias.length },
    }
  },
}
