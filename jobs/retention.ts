import { DAY } from '../src/clock.ts'
import type { Context } from '../src/context.ts'
import type { Job } from '../src/job.ts'
import { KEPT_KINDS, type KeptKind } from '../src/records/kept.ts'

/** Rows erased by one statement, so that nobody waits long for it, and statements of one night. */
const [BATCH, MOST_BATCHES] = [1_000, 500]

/** What the configuration lets be kept for so long only, and how much of it is older. */
export interface Expired {
  readonly kind: KeptKind
  readonly days: number
  readonly before: Date
  readonly rows: number
}

export async function expired(ctx: Pick<Context, 'config' | 'store' | 'clock'>): Promise<Expired[]> {
  const due: Expired[] = []
  for (const kind of KEPT_KINDS) {
    const days = ctx.config.keep[kind]
    if (days === undefined) continue
    const before = new Date(ctx.clock.now().getTime() - days * DAY)
    due.push({ kind, days, before, rows: await ctx.store.keep.older(kind, before) })
  }
  return due
}

/** Whom an e-mail told is looked up while what it told of is news, two days at most. */
const MAILED_DAYS = 7

/** Each night: what is older than the configuration lets it be kept is erased, bit by bit. Without `keep`, only our own notes are. */
export const retention: Job = {
  name: 'retention',
  cron: '30 3 * * *',
  lane: 'learning',
  run: async (ctx, signal) => {
    await ctx.store.mailed.forget(new Date(ctx.clock.now().getTime() - MAILED_DAYS * DAY))
    const due = await expired(ctx)
    const more: Record<string, number> = {}
    for (const { kind, before } of due) {
      let erased = 0
      for (let batch = 0; batch < MOST_BATCHES && !signal.aborted; batch += 1) {
        const count = await ctx.store.keep.erase(kind, before, BATCH)
        erased += count
        if (count < BATCH) break
      }
      more[kind] = erased
    }
    const changed = Object.values(more).reduce((sum, count) => sum + count, 0)
    return { seen: due.reduce((sum, { rows }) => sum + rows, 0), changed, failed: 0, more }
  },
}
