import { type Pulled, pullSources } from '../../jobs/pull/side-by-side.ts'
import { pull, summary } from '../../jobs/pull.ts'
import { read } from '../../jobs/read.ts'
import type { Context } from '../context.ts'
import { ForeshockError } from '../errors.ts'
import { runSlot } from '../job-run.ts'
import type { JobReport } from '../records/job-report.ts'
import type { PullReport } from '../records/pull-report.ts'
import { stopSignal } from './program.ts'
import type { Terminal } from './terminal.ts'

/** `foreshock pull`: reads what is new in every source, and what its voices say, so that they can be searched. */
export async function pullVerb(ctx: Context, terminal: Terminal): Promise<void> {
  const signal = stopSignal()
  const pulled = await pulledAlone(ctx, signal)
  const reports = pulled.flatMap(({ report }) => report ?? [])
  // Null: another process reads them already.
  await runSlot(ctx, read, ctx.clock.now(), signal)
  terminal.done()
  const quarantine = await ctx.store.sources.quarantined(null, 20)
  const held = quarantine.map(({ source, file, line, reason }) => `  ${source}/${file}:${line} ${reason}`)
  const kept = held.length === 0 ? [] : ['In quarantine:', ...held]
  const quality = await ctx.quality()
  const judged = ['Data quality:', ...quality.map(({ ok, says }) => `  ${ok ? 'ok  ' : 'note'}  ${says.en}`)]
  terminal.result(
    { sources: reports, quarantined: await ctx.store.sources.quarantineCount(), quality },
    [...reports.map(sourceLine), ...kept, ...judged].join('\n'),
  )
  if (reports.some((report) => report.failure !== null)) process.exitCode = 1
}

/** As a run that others see, so that nobody reads the same sources meanwhile; nor does this while somebody else does. */
async function pulledAlone(ctx: Context, signal: AbortSignal): Promise<readonly Pulled[]> {
  let pulled: readonly Pulled[] = []
  const run = async (): Promise<JobReport> => {
    pulled = await pullSources(ctx, signal, null)
    return summary(pulled)
  }
  if ((await runSlot(ctx, { ...pull, run }, ctx.clock.now(), signal)) !== null) return pulled
  const last = await ctx.store.runs.last(pull.name)
  if (last?.error != null)
    throw new ForeshockError(
      'CONFLICT',
      `The sources were not read: ${last.error}`,
      'Mend that and run it again.',
    )
  throw new ForeshockError(
    'CONFLICT',
    'Another process is reading the sources now.',
    'Wait until it is done; `foreshock doctor` and `sources` in the chat tell what it brought.',
  )
}

function sourceLine(report: PullReport): string {
  const { merged = 0 } = report
  const counts = `${report.created} new, ${report.changed} changed, ${report.unchanged} unchanged, ${report.removed} removed, ${report.quarantined} quarantined${merged === 0 ? '' : `, ${merged} merged with another customer`}`
  return [`${report.source}: ${counts}`, ...(report.failure === null ? [] : [report.failure])].join('\n  ')
}
