import { Cron } from 'croner'
import cron from 'node-cron'
import { HOUR } from './clock.ts'
import type { Context } from './context.ts'
import { ForeshockError } from './errors.ts'
import type { Job } from './job.ts'
import { isElsewhere, isSettled, runOutOfTurn, runSlot } from './job-run.ts'

/** A job and when it runs, after the configuration had its say. */
export interface Scheduled {
  readonly job: Job
  readonly cron: string
}

export interface Scheduler {
  /** Runs, once each and in order of the plan, everything that is due at the clock's present time. */
  runDue(signal: AbortSignal): Promise<void>
  /** The same, resolving when all is done but what is learned, which goes on behind it. */
  runFirst(signal: AbortSignal): Promise<void>
  /** Runs these jobs out of turn, one after the other, when those of their lane at work are done. Not written down as runs. */
  runSoon(jobs: readonly Job[]): Promise<void>
  /** The next instant at which something becomes due after `from`. */
  next(from: Date): Date
  /**
   * Looks every second for what is due (real time; the demo moves its clock by hand instead). Resolves when the
   * first look and its runs are done, but for what is learned.
   */
  start(): Promise<void>
  stop(): Promise<void>
}

/** A slot missed for longer than this is not made up for: a stale alert storm helps nobody. */
const CATCH_UP_MS = 26 * HOUR

/**
 * Turns cron lines into runs. croner computes slots in the team's time zone (a time skipped by daylight saving is
 * moved, a doubled one runs once); a slot is run by whoever inserts its row first.
 */
export function openScheduler(ctx: Context, plan: readonly Scheduled[]): Scheduler {
  const timeZone = ctx.config.company.timeZone
  const slots = plan.map(({ job, cron: line }) => ({ job, cron: cronOf(job.name, line, timeZone) }))
  // The last slot each job was seen through, here or elsewhere: the database is asked once a slot, not every second.
  const settled = new Map<string, number>()
  const stopping = new AbortController()
  let ticking: { stop(): void | Promise<void> } | null = null
  const lanes = [...new Set(slots.map(({ job }) => job.lane))].map((name) => ({
    name,
    ...openLane(slots.filter(({ job }) => job.lane === name)),
    isAwaited: name !== 'learning',
  }))
  const awaited = lanes.filter(({ isAwaited }) => isAwaited)
  const behind = lanes.filter(({ isAwaited }) => !isAwaited)

  function openLane(own: typeof slots): Lane {
    let turn: Promise<void> = Promise.resolve()
    let waiting = 0
    const runEach = async (signal: AbortSignal): Promise<void> => {
      for (const { job, cron: slot } of own) {
        if (signal.aborted) return
        const now = ctx.clock.now().getTime()
        const due = slot.previousRuns(1, new Date(now + 1))[0]
        if (due === undefined || now - due.getTime() > CATCH_UP_MS) continue
        if (settled.get(job.name) === due.getTime()) continue
        const other = await underWay(job)
        if (other !== null) {
          tellWaiting(job.name, other, due)
          continue
        }
        await runSlot(ctx, job, due, signal, skippedSince(slot, settled.get(job.name), due))
        if (await isSettled(ctx, job.name, due)) settled.set(job.name, due.getTime())
      }
    }
    const inTurn = (work: () => Promise<void>): Promise<void> => {
      waiting += 1
      const round = turn.then(work)
      turn = round
        .catch(() => {})
        .then(() => {
          waiting -= 1
        })
      return round
    }
    return {
      // One round at a time: a job still at work is not started again, and the newest of the slots it missed is made
      // up for.
      run: (signal) => inTurn(() => runEach(signal)),
      runSoon: (job, signal) => inTurn(() => runOutOfTurn(ctx, job, signal)),
      idle: () => waiting === 0,
      ended: () => turn,
    }
  }
  /** What a job needs and another process is at. */
  const underWay = async ({ needs = [] }: Job): Promise<string | null> => {
    for (const name of needs) if (await isElsewhere(ctx, name)) return name
    return null
  }
  const waiting = new Map<string, number>()
  /** Once a slot: it is looked at again each second. */
  const tellWaiting = (name: string, other: string, due: Date): void => {
    if (waiting.get(name) === due.getTime()) return
    waiting.set(name, due.getTime())
    ctx.log.info({ job: name, slot: due }, `the slot waits: another process has a run of ${other} under way`)
  }
  const look = (lane: Lane, signal = stopping.signal): Promise<void> =>
    lane
      .run(signal)
      .catch((error: unknown) =>
        ctx.log.error({ error }, 'the scheduler stumbled; it looks again in a second'),
      )
  return {
    runDue: async (signal) => {
      for (const lane of lanes) await lane.run(signal)
    },
    runFirst: async (signal) => {
      for (const lane of awaited) await lane.run(signal)
      for (const lane of behind) void look(lane, signal)
    },
    runSoon: async (jobs) => {
      for (const job of jobs) await lanes.find(({ name }) => name === job.lane)?.runSoon(job, stopping.signal)
    },
    next: (from) => {
      const upcoming = slots.flatMap(({ cron: slot }) => slot.nextRun(from) ?? [])
      return new Date(Math.min(...upcoming.map((date) => date.getTime())))
    },
    start: async () => {
      let open = awaited
      ticking = cron.schedule('* * * * * *', () => {
        for (const lane of open) if (lane.idle()) void look(lane)
      })
      await Promise.all(awaited.map((lane) => look(lane)))
      // Learning from half of the first pull, or beside the first scoring, would help nobody.
      open = lanes
      for (const lane of behind) void look(lane)
    },
    stop: async () => {
      stopping.abort()
      await ticking?.stop()
      await Promise.all(lanes.map((lane) => lane.ended()))
    },
  }
}

/** Jobs that wait for one another; those of other lanes go on meanwhile. */
interface Lane {
  run(signal: AbortSignal): Promise<void>
  runSoon(job: Job, signal: AbortSignal): Promise<void>
  idle(): boolean
  ended(): Promise<void>
}

/** More slots than this are not counted one by one. */
const MOST_SKIPPED = 100

/** Slots that passed while the job was still at work on an earlier one. */
function skippedSince(slot: Cron, settled: number | undefined, due: Date): number {
  if (settled === undefined) return 0
  let skipped = 0
  for (let run = slot.nextRun(new Date(settled)); run !== null && run < due; run = slot.nextRun(run)) {
    skipped += 1
    if (skipped === MOST_SKIPPED) break
  }
  return skipped
}

/**
 * Reads a schedule.
 *
 * @throws ForeshockError CONFIG_INVALID naming the job and how such a line is written
 */
export function cronOf(job: string, line: string, timeZone: string): Cron {
  try {
    return new Cron(line, { timezone: timeZone, paused: true })
  } catch (error) {
    const reason = (error as Error).message.replace(/^CronPattern: |\.$/g, '')
    throw new ForeshockError(
      'CONFIG_INVALID',
      `The schedule "${line}" of ${job} is not a cron line: ${reason}.`,
      'Use five fields such as "0 6 * * *": minute, hour, day, month, weekday.',
    )
  }
}
