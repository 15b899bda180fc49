import { pullSources } from '../../jobs/pull/side-by-side.ts'
import { read } from '../../jobs/read.ts'
import type { Context } from '../context.ts'
import { runSlot } from '../job-run.ts'
import type { PullReport } from '../records/pull-report.ts'
import { stopSignal } from './program.ts'
import type { Terminal } from './terminal.ts'

/** `foreshock pull`: reads what is new in every source, and what its voices say, so that they can be searched. */
export async function pullVerb(ctx: Context, terminal: Terminal): Promise<void> {
  const signal = stopSignal()
  const pulled = await pullSources(ctx, signal, null)
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

function sourceLine(report: PullReport): string {
  const { merged = 0 } = report
  const counts = `${report.created} new, ${report.changed} changed, ${report.unchanged} unchanged, ${report.removed} removed, ${report.quarantined} quarantined${merged === 0 ? '' : `, ${merged} merged with another customer`}`
  return [`${report.source}: ${counts}`, ...(report.failure === null ? [] : [report.failure])].join('\n  ')
}
