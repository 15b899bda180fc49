import type { Job } from '../src/job.ts'

/** Once a month a challenger is learned from what is known by then; whether it takes over is for people to say. */
export const retrain: Job = {
  name: 'retrain',
  cron: '0 3 1 * *',
  lane: 'learning',
  run: async (ctx, signal) => {
    const notice = await ctx.models.train('retrain', signal)
    const made = notice.kind === 'model-trained' ? 1 : 0
    const better = notice.kind === 'model-trained' && notice.data.trial.verdict === 'better' ? 1 : 0
    return { seen: 1, changed: made, failed: notice.kind === 'model-failed' ? 1 : 0, more: { better } }
  },
}
