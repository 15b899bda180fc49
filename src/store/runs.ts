import type { NewId } from '../ids.ts'
import type { JobReport } from '../records/job-report.ts'
import type { Db } from './rows.ts'
import { json } from './rows.ts'

export interface JobRun {
  readonly job: string
  readonly slot: string
  readonly startedAt: Date
  readonly finishedAt: Date | null
  readonly error: string | null
}

/** A run with what it did; null: it has not ended, or it failed. */
export interface JobRunReport extends JobRun {
  readonly report: JobReport | null
}

export interface RunTable {
  /**
   * Takes a slot and gives the run's id; null when the slot is done or being worked on. That unique row is what
   * makes a job run once.
   *
   * A run that a crash left unfinished is taken over: at once on the embedded database, which has one process, so
   * that what this process did not begin cannot be under way; on a server once it was last heard of before `staleBefore`.
   * Without `staleBefore` a server's unfinished runs keep their slots.
   */
  begin(job: string, slot: string, now: Date, staleBefore?: Date): Promise<string | null>
  /** Who takes turns at beginning a job waits here, until the transaction of whoever came first has ended. */
  inTurn(job: string): Promise<void>
  /** Whoever runs it is still at work. */
  beat(id: string, now: Date): Promise<void>
  /** Whether another process has a run of a job under way of which was heard since then. */
  isElsewhere(job: string, since: Date): Promise<boolean>
  /** Does nothing for a run that was taken over meanwhile. */
  finish(id: string, report: JobReport | null, error: string | null, now: Date): Promise<void>
  last(job: string): Promise<JobRun | null>
  /** The last run of every job there is a run of. */
  latest(): Promise<JobRunReport[]>
}

/** The process these tables serve: runs it has under way, and whether there can be others. */
export interface RunningHere {
  readonly alone: boolean
  readonly runs: Set<string>
}

export function runTable(db: Db, newId: NewId, here: RunningHere): RunTable {
  return {
    begin: async (job, slot, now, staleBefore) => {
      const id = newId()
      const earlier = await db.jobRun.findUnique({ where: { job_slot: { job, slot } } })
      const taken =
        earlier === null
          ? await db.jobRun.createMany({ data: [{ id, job, slot, startedAt: now }], skipDuplicates: true })
          : isAbandoned(earlier, here, staleBefore)
            ? await db.jobRun.updateMany({
                where: { id: earlier.id, finishedAt: null },
                data: { id, startedAt: now, beatAt: null },
              })
            : { count: 0 }
      if (taken.count === 0) return null
      here.runs.add(id)
      return id
    },
    inTurn: async (job) => {
      await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`run ${job}`}, 0))`
    },
    beat: async (id, now) => {
      await db.jobRun.updateMany({ where: { id, finishedAt: null }, data: { beatAt: now } })
    },
    isElsewhere: async (job, since) => {
      if (here.alone) return false
      const open = await db.jobRun.findMany({
        where: { job, finishedAt: null },
        select: { id: true, startedAt: true, beatAt: true },
      })
      return open.some((run) => !here.runs.has(run.id) && heardOf(run) >= since)
    },
    finish: async (id, report, error, now) => {
      const done = report === null ? {} : { report: json(report) }
      await db.jobRun.updateMany({ where: { id }, data: { ...done, error, finishedAt: now } })
      here.runs.delete(id)
    },
    last: (job) =>
      db.jobRun.findFirst({
        where: { job },
        orderBy: { startedAt: 'desc' },
        omit: { id: true, report: true, beatAt: true },
      }),
    latest: async () => {
      const rows = await db.jobRun.findMany({
        orderBy: [{ job: 'asc' }, { startedAt: 'desc' }, { id: 'asc' }],
        distinct: ['job'],
        omit: { id: true, beatAt: true },
      })
      return rows.map((row) => ({ ...row, report: row.report as JobReport | null }))
    },
  }
}

interface Heard {
  readonly startedAt: Date
  readonly beatAt: Date | null
}

const heardOf = ({ startedAt, beatAt }: Heard): Date => beatAt ?? startedAt

function isAbandoned(
  run: Heard & { readonly id: string; readonly finishedAt: Date | null },
  here: RunningHere,
  staleBefore: Date | undefined,
): boolean {
  if (run.finishedAt !== null || here.runs.has(run.id)) return false
  return here.alone || (staleBefore !== undefined && heardOf(run) < staleBefore)
}
