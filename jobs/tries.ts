import type { Job } from '../src/job.ts'
import { keepersOf } from '../src/judging/announce.ts'
import { keepTries, readTries, TRIES_SETTING, triedOut } from '../src/judging/rule-try.ts'
import { FORESHOCK } from '../src/records/doer.ts'

/** Each morning: of rules whose silent try has ended, what they would have done differently. */
export const tries: Job = {
  name: 'tries',
  cron: '40 7 * * *',
  lane: 'learning',
  run: async (ctx, signal) => {
    const now = ctx.clock.now()
    const all = readTries((await ctx.store.settings.all()).get(TRIES_SETTING), (left) =>
      ctx.log.warn(
        { setting: TRIES_SETTING, left: JSON.stringify(left) },
        'a rule that is tried does not read and is left out',
      ),
    )
    const keepers = await keepersOf(ctx)
    const ended = all.filter(({ until }) => Date.parse(until) <= now.getTime())
    for (const trial of ended) {
      const notice = await triedOut(ctx, trial, signal)
      // The report and the end of the try are written together: a run that is done over tells nobody twice.
      await ctx.store.transaction(async ({ settings, outbox }) => {
        const stored = readTries(await settings.forUpdate(TRIES_SETTING))
        const left = stored.filter(({ name, from }) => name !== trial.name || from !== trial.from)
        if (left.length === stored.length) return
        await keepTries(settings, left, FORESHOCK, now)
        await outbox.announce(notice, keepers, now)
      })
    }
    if (ended.length > 0) ctx.wake()
    return { seen: ended.length, changed: ended.length, failed: 0 }
  },
}
