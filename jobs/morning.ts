import type { ChannelRef } from '../src/chat/chat.ts'
import type { Context } from '../src/context.ts'
import { uuidOf } from '../src/ids.ts'
import type { Job } from '../src/job.ts'
import { placeOf } from '../src/judging/accounts.ts'
import { asksNothing, morningCases, morningOf } from '../src/judging/morning.ts'
import { dayOf } from '../src/records/moment.ts'
import { mayActAs } from '../src/records/person.ts'
import { MORNING_OFF_SETTING, offIn } from '../src/records/route.ts'
import { isWorkingDay } from '../src/records/working-time.ts'

/** On working days, everyone whom today asks something is told so by themselves, once a day whatever crashes. */
export const morning: Job = {
  name: 'morning',
  cron: '7 8 * * *',
  run: async (ctx, signal) => {
    const now = ctx.clock.now()
    if (!isWorkingDay(now, (await ctx.settings()).working)) return { seen: 0, changed: 0, failed: 0 }
    const day = dayOf(now, ctx.config.company.timeZone)
    const off = offIn((await ctx.store.settings.all()).get(MORNING_OFF_SETTING))
    const people = ctx.people.all.filter(({ id, role }) => mayActAs(role, 'csm') && !off.includes(id))
    const cases = await morningCases(ctx)
    let changed = 0
    for (const person of people) {
      if (signal.aborted) break
      const id = uuidOf('notice', 'morning', person.id, day)
      if (await ctx.store.outbox.announced(id)) continue
      if (asksNothing(await morningOf(ctx, person, cases))) continue
      const to = (await placeOf(ctx, person.id)) ?? onConsole(ctx, person.id)
      if (to === null) continue
      const data = { person: person.id, bare: to.chat === 'mail' }
      await ctx.store.transaction(({ outbox }) => outbox.announce({ kind: 'morning', data }, [to], now, id))
      changed += 1
    }
    if (changed > 0) ctx.wake()
    return { seen: people.length, changed, failed: 0 }
  },
}

/** Whom neither a platform nor a mailbox knows finds it on the console's first channel, seen by them alone; null: there is none. */
function onConsole({ config }: Context, person: string): ChannelRef | null {
  const channel = config.channels.find(({ chat }) => chat === 'console')
  return channel === undefined ? null : { chat: 'console', channel: `${channel.id}@${person}` }
}
