import { score } from '../../jobs/score.ts'
import type { Context } from '../context.ts'
import { ForeshockError } from '../errors.ts'
import { runSlot } from '../job-run.ts'
import type { JobReport } from '../records/job-report.ts'
import { stopSignal } from './program.ts'
import type { Terminal } from './terminal.ts'

/** `foreshock score`: judges everyone now, unless that is being done, or was done at this very instant. */
export async function scoreVerb(ctx: Context, terminal: Terminal): Promise<void> {
  const report = await runSlot(ctx, score, ctx.clock.now(), stopSignal())
  terminal.done()
  if (report !== null) return terminal.result({ ...report }, judged(report))
  const last = (await ctx.store.runs.latest()).find(({ job }) => job === score.name)
  if (last?.error != null)
    throw new ForeshockError(
      'CONFLICT',
      `The scoring did not end well: ${last.error}.`.replace('..', '.'),
      'Mend that and run it again.',
    )
  if (last?.report == null)
    throw new ForeshockError(
      'CONFLICT',
      'Another process is scoring now.',
      'Wait until it is done; `foreshock top` and `stats jobs` in the chat tell what it found.',
    )
  terminal.result({ ...last.report }, `Already done at this very instant. ${judged(last.report)}`)
}

function judged({ seen, more }: JobReport): string {
  return `Judged ${seen} customers, opened ${more?.['opened'] ?? 0} cases.`
}
