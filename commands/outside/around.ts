import type { Context } from '../../src/context.ts'
import { dayOf } from '../../src/records/moment.ts'
import { meets, type OutsideEvent, type Stretch, stretchOf } from '../../src/reports/outside-event.ts'

/** What happened outside in some time, by its first day. */
export async function outsideIn(ctx: Context, { from, to }: Stretch): Promise<readonly OutsideEvent[]> {
  const { timeZone } = ctx.config.company
  const events = await ctx.store.outsideEvents.between(dayOf(from, timeZone), dayOf(to, timeZone))
  return events.filter((event) => meets(stretchOf(event, timeZone), { from, to }))
}

/** What happened in either of two times, each once. */
export async function outsideInEither(
  ctx: Context,
  one: Stretch,
  other: Stretch,
): Promise<readonly OutsideEvent[]> {
  const events = [...(await outsideIn(ctx, one)), ...(await outsideIn(ctx, other))]
  const once = new Map(events.map((event) => [event.no, event]))
  return [...once.values()].sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : a.no - b.no))
}

/** Of each stretch between two neighbours of `starts`, the last one up to now: the numbers of what happened in it. */
export function outsideOf(
  ctx: Context,
  events: readonly OutsideEvent[],
  starts: readonly Date[],
): number[][] {
  const { timeZone } = ctx.config.company
  return starts.map((from, index) => {
    const within = { from, to: starts[index + 1] ?? ctx.clock.now() }
    return events.filter((event) => meets(stretchOf(event, timeZone), within)).map(({ no }) => no)
  })
}
