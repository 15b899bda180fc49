import type { Context } from './context.ts'
import type { JobReport } from './records/job-report.ts'

/** One scheduled run. The file's name is the job. `cron` is in the team's time zone. */
export interface Job {
  readonly name: string
  readonly cron: string
  /**
   * Jobs of a lane wait for one another; those of another lane, or of none, run beside them. At the start `learning` waits
   * until the others have had their turn, and nobody waits for it.
   */
  readonly lane?: 'deadlines' | 'learning'
  /**
   * Its slot waits while a run of one of these jobs is under way, here in the lane or in another process: it needs what that
   * brings, or, of itself, is not to be done by two at once.
   */
  readonly needs?: readonly string[]
  run(ctx: Context, signal: AbortSignal): Promise<JobReport>
}
