import { careLeaving, firstCare, lightTouch, type Piece, reminder, type Stays } from '../src/alerts/care.ts'
import { DAY } from '../src/clock.ts'
import type { Context } from '../src/context.ts'
import type { Job } from '../src/job.ts'
import { startOfDay } from '../src/judging/capacity.ts'
import { careOf } from '../src/judging/care-course.ts'
import { recipientsOf } from '../src/judging/recipients.ts'
import { dayOf } from '../src/records/moment.ts'
import { TIERS } from '../src/risk/assessment.ts'

/** Automated care that is due is decided on, kept and handed to its receiver: each occasion of a customer once. */
export const care: Job = {
  name: 'care',
  cron: '*/10 * * * *',
  run: async (ctx) => {
    const { care: receiver } = ctx.config
    if (receiver === undefined) return { seen: 0, changed: 0, failed: 0 }
    const now = ctx.clock.now()
    const { care: terms } = await ctx.settings()
    const today = await ctx.store.care.countSince(startOfDay(now, ctx.config.company.timeZone))
    const room = Math.max(0, terms.daily - today)
    const wishes = [...(await fromCases(ctx, now)), ...(await reminders(ctx, now, { ...terms, room }))]
    const recipients = await recipientsOf(
      ctx,
      wishes.map(({ customer }) => customer),
    )
    const { leaving, staying } = careLeaving(wishes, recipients, { ...terms, room }, now)
    const kept = await keep(ctx, leaving, receiver.folder === undefined ? 'webhook' : 'folder', now)
    return { seen: wishes.length, changed: kept, failed: 0, more: counted(staying) }
  },
}

/** First care and light touches, the oldest case first. */
async function fromCases(ctx: Context, now: Date): Promise<Piece[]> {
  const openedSince = new Date(now.getTime() - ctx.carePlan.weeks * 7 * DAY)
  const cases = await ctx.store.alerts.list({
    states: ['open', 'claimed', 'contacted', 'watch', 'retained'],
    openedSince,
  })
  const wishes: Piece[] = []
  for (const alert of cases) {
    // Whom it may leave for is asked of all of them together, further on.
    const wish =
      firstCare(alert, now) ?? lightTouch(alert, await careOf(ctx, alert, { contactConsent: null }))
    if (wish !== null) wishes.push(wish)
  }
  return wishes
}

/** For customers on watch, the most pressing first, as far as there is room today. */
async function reminders(
  ctx: Context,
  now: Date,
  { room, reminderDays }: { readonly room: number; readonly reminderDays: number },
): Promise<Piece[]> {
  const [run] = await ctx.store.assessments.runs(1)
  if (run === undefined || room === 0) return []
  const watch = TIERS.indexOf('watch')
  const places = [...run.tiers.keys()]
    .filter((place) => run.tiers[place] === watch)
    .sort((a, b) => run.priorities[b]! - run.priorities[a]!)
  const since = new Date(now.getTime() - reminderDays * DAY)
  const numbers = places.map((place) => run.customers[place]!)
  const customers = await ctx.store.care.reminderDue(numbers, since, now, room)
  const newest = await ctx.store.assessments.latestOf(customers)
  const today = dayOf(now, ctx.config.company.timeZone)
  return customers.flatMap((customer) => {
    const judged = newest.get(customer)
    // Judged again since the night.
    return judged?.tier === 'watch' ? [reminder(customer, judged.cause, today)] : []
  })
}

async function keep(
  ctx: Context,
  pieces: readonly Piece[],
  channel: 'webhook' | 'folder',
  now: Date,
): Promise<number> {
  if (pieces.length === 0) return 0
  const kept = await ctx.store.transaction(async ({ care, outbox }) => {
    const added = await care.add(pieces, channel === 'folder', now)
    const batches = [...new Set(added.map(({ batch }) => batch))]
    await outbox.handOver(batches, { chat: 'care', channel }, now)
    return added.length
  })
  ctx.wake()
  return kept
}

/** How many stay for which reason. */
function counted(staying: readonly Stays[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const why of staying) counts[why] = (counts[why] ?? 0) + 1
  return counts
}
