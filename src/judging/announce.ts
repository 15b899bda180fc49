import type { ChannelRef } from '../chat/chat.ts'
import { DAY } from '../clock.ts'
import type { Context } from '../context.ts'
import { uuidOf } from '../ids.ts'
import type { Notice } from '../learning/notice.ts'
import { midnightBefore } from '../records/zone.ts'

/** Tells the keepers something that is about no case. */
export function announce(ctx: Context, notice: Notice): Promise<void> {
  return tell(ctx, notice)
}

/** The same, one of a kind in each of the company's weeks: a run that is done over, because its process died, tells nobody twice. */
export function announceForWeek(ctx: Context, notice: Notice): Promise<void> {
  const monday = mondayBefore(ctx.clock.now(), ctx.config.company.timeZone)
  return tell(ctx, notice, uuidOf('notice', notice.kind, monday))
}

/** The same, one of a kind in each `period` of the company's calendar; what is told is only made where it was not told yet. */
export async function announceForPeriod(
  ctx: Context,
  kind: Notice['kind'],
  period: string,
  make: () => Promise<Notice | null>,
): Promise<boolean> {
  const id = uuidOf('notice', kind, period)
  if (await ctx.store.outbox.announced(id)) return false
  const notice = await make()
  if (notice === null) return false
  await tell(ctx, notice, id)
  return true
}

async function tell(ctx: Context, notice: Notice, id?: string): Promise<void> {
  const keepers = await keepersOf(ctx)
  await ctx.store.transaction((tables) => tables.outbox.announce(notice, keepers, ctx.clock.now(), id))
  ctx.wake()
}

/** Channels that take what is about no case. Asked before a transaction, never within one. */
export async function keepersOf({ routes }: Pick<Context, 'routes'>): Promise<ChannelRef[]> {
  return (await routes()).filter(({ notices }) => notices).map(({ chat, channel }) => ({ chat, channel }))
}

/** `2026-11-16`: the day on which the week of an instant began. */
function mondayBefore(at: Date, timeZone: string): string {
  const midnight = midnightBefore(at.getTime(), timeZone)
  const since = (new Date(midnight).getUTCDay() + 6) % 7
  return new Date(midnight - since * DAY).toISOString().slice(0, 10)
}
