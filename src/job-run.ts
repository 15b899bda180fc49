import type { Context } from './context.ts'
import { isExpected } from './errors.ts'
import type { Job } from './job.ts'
import { correlated } from './log.ts'
import type { JobReport } from './records/job-report.ts'

/**
 * Runs a job for a slot unless that slot was taken already, or the job needs itself and another process has a run of it under
 * way. Returns its report, or null.
 */
export async function runSlot(
  ctx: Context,
  job: Job,
  slot: Date,
  signal: AbortSignal,
  skipped = 0,
): Promise<JobReport | null> {
  const run = await begin(ctx, job, slot.toISOString())
  if (run === null) return null
  return correlated(`${job.name}@${slot.toISOString()}`, async () => {
    const started = performance.now()
    const beat = setInterval(() => tellAlive(ctx, run), BEAT_MS)
    try {
      const done = await job.run(ctx, signal)
      const report = skipped === 0 ? done : { ...done, more: { ...done.more, skipped } }
      await ctx.store.runs.finish(run, report, signal.aborted ? STOPPED : null, ctx.clock.now())
      ctx.log.info({ job: job.name, ...report, ms: Math.round(performance.now() - started) }, 'job done')
      return report
    } catch (error) {
      const reason = signal.aborted ? STOPPED : isExpected(error) ? error.explain('en') : String(error)
      await ctx.store.runs.finish(run, null, reason, ctx.clock.now())
      if (signal.aborted) ctx.log.info({ job: job.name }, 'job stopped before its end')
      else if (isExpected(error))
        ctx.log.error({ job: job.name, reason }, 'job failed; its next slot tries again')
      else ctx.log.error({ error, job: job.name }, 'job failed; its next slot tries again')
      return null
    } finally {
      clearInterval(beat)
    }
  })
}

/** So often a run that is under way says so. */
const BEAT_MS = 60_000

function tellAlive(ctx: Context, run: string): void {
  ctx.store.runs
    .beat(run, ctx.clock.now())
    .catch((error: unknown) => ctx.log.warn({ error }, 'a run could not say that it is under way'))
}

/** A job outside its slots; what goes wrong is left to the next of them. */
export async function runOutOfTurn(ctx: Context, job: Job, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  const started = performance.now()
  try {
    const report = await correlated(`${job.name}@soon`, () => job.run(ctx, signal))
    ctx.log.info(
      { job: job.name, ...report, ms: Math.round(performance.now() - started) },
      'job done out of turn',
    )
  } catch (error) {
    if (!signal.aborted) ctx.log.error({ error, job: job.name }, 'job failed; its next slot tries again')
  }
}

/** A run of which nothing was heard for so long was cut off with its process. */
const ABANDONED_MS = 15 * 60_000
const abandonedBefore = (now: Date): Date => new Date(now.getTime() - ABANDONED_MS)

/** Why a run ended that was told to. */
const STOPPED = 'stopped before its end'

/**
 * Takes a slot, also one whose run was stopped half-way: a restart in the morning must not cost the day's scoring.
 * That second run has a slot of its own, which a crash may cut off just as well.
 */
async function begin(ctx: Context, { name, needs = [] }: Job, slot: string): Promise<string | null> {
  const last = await ctx.store.runs.last(name)
  const again = last?.slot.startsWith(slot)
    ? last.error === STOPPED
      ? `${last.slot} again`
      : last.slot
    : slot
  const now = ctx.clock.now()
  const take = ({ runs }: { runs: Pick<Context['store']['runs'], 'begin'> }): Promise<string | null> =>
    runs.begin(name, again, now, abandonedBefore(now))
  if (!needs.includes(name)) return take(ctx.store)
  // Its slots are many, by the clock and by hand: two may begin at once without meeting in one.
  return ctx.store.transaction(async (tables) => {
    await tables.runs.inTurn(name)
    return (await tables.runs.isElsewhere(name, abandonedBefore(now))) ? null : take(tables)
  })
}

/** Whether another process has a run of a job under way. */
export function isElsewhere({ clock, store }: Context, job: string): Promise<boolean> {
  return store.runs.isElsewhere(job, abandonedBefore(clock.now()))
}

/** False while another process has the slot under way: should that one die, its work is still to be done. */
export async function isSettled(ctx: Context, job: string, slot: Date): Promise<boolean> {
  const last = await ctx.store.runs.last(job)
  return last === null || last.finishedAt !== null || !last.slot.startsWith(slot.toISOString())
}
