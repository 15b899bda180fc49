import type { Job } from '../src/job.ts'
import { adviceNow } from '../src/judging/advice.ts'
import { announceForWeek } from '../src/judging/announce.ts'

/** Once a week: what was judged to be no risk too often, and what might be tried. Nothing is changed by it. */
export const advise: Job = {
  name: 'advise',
  cron: '37 7 * * 1',
  lane: 'learning',
  run: async (ctx) => {
    const advice = await adviceNow(ctx)
    if (advice.length > 0) await announceForWeek(ctx, { kind: 'advice', data: { advice } })
    return { seen: advice.length, changed: 0, failed: 0 }
  },
}
