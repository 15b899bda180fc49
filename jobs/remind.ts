import type { Context } from '../src/context.ts'
import type { Job } from '../src/job.ts'
import { keepersOf } from '../src/judging/announce.ts'
import { dayOf } from '../src/records/moment.ts'
import type { Theme } from '../src/reports/theme-effect.ts'
import { same } from '../src/text.ts'
import { topicNames } from '../src/voice/topic-name.ts'

/** Each morning: whose day for mending a theme has passed is reminded of it, once. */
export const remind: Job = {
  name: 'remind',
  cron: '7 9 * * *',
  run: async (ctx) => {
    const late = await ctx.store.themes.late(dayOf(ctx.clock.now(), ctx.config.company.timeZone))
    if (late.length === 0) return { seen: 0, changed: 0, failed: 0 }
    const nameOf = topicNames((await ctx.voice.reader()).cues.topics)
    for (const theme of late) await remindOf(ctx, theme, nameOf)
    ctx.wake()
    return { seen: late.length, changed: late.length, failed: 0 }
  },
}

/** The notice and the note that it was given are written together: a run that is done over tells nobody twice. */
async function remindOf(ctx: Context, theme: Theme, nameOf: ReturnType<typeof topicNames>): Promise<void> {
  const { no, department, due } = theme
  // Who has left the team is still named, by their id.
  const owner = theme.owner === null ? null : (ctx.people.get(theme.owner)?.name ?? same(theme.owner))
  const now = ctx.clock.now()
  const data = { no, topic: nameOf(theme.topic), department, owner, due }
  const keepers = await keepersOf(ctx)
  await ctx.store.transaction(async ({ themes, outbox }) => {
    await themes.reminded(no, now)
    await outbox.announce({ kind: 'theme-late', data }, keepers, now)
  })
}
