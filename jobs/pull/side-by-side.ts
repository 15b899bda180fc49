import type { Context } from '../../src/context.ts'
import type { PullReport } from '../../src/records/pull-report.ts'
import type { Source } from '../../src/sources/source.ts'
import { openBoard } from './board.ts'
import { pullSource } from './source.ts'

/** Sources pulled at once. Waiting for a vendor costs nothing, but each keeps a batch in memory. */
const PLACES = 4

/** What pulling a source gave; null: it was not waited for any longer, and goes on behind. */
export interface Pulled {
  readonly source: string
  readonly report: PullReport | null
}

/**
 * Pulls every source, a few side by side, none twice at once; gives what came of each, in the configuration's order. One
 * failing source never stops another, nor does a slow one.
 *
 * @param patience milliseconds that a source is waited for, null: to its end. A first pull is waited for as long as it
 * brings rows: judging half a history would alarm for nothing
 */
export async function pullSources(
  ctx: Context,
  signal: AbortSignal,
  patience: number | null,
): Promise<Pulled[]> {
  const board = openBoard(ctx)
  const queues = queuesOf(ctx.sources)
  const reports = new Map<string, PullReport | null>()
  const known = new Map((await ctx.store.sources.reports()).map(({ source, pulledAt }) => [source, pulledAt]))
  const pull = async (source: Source): Promise<void> => {
    board.begin(source.name)
    const isFirst = (known.get(source.name) ?? null) === null
    const report = await ctx.pulls.run(source.name, { signal, patience, isFirst }, (stop, brought) =>
      pullSource(ctx, source, stop, (batch) => {
        brought()
        board.tell(source.name, batch)
      }),
    )
    board.end(source.name)
    reports.set(source.name, report)
    if (report === null && !signal.aborted)
      ctx.log.warn({ source: source.name }, 'a source takes long: it is read on, and nothing waits for it')
  }
  const places = Array.from({ length: PLACES }, async () => {
    for (let queue = queues.shift(); queue !== undefined; queue = queues.shift())
      for (const source of queue) if (!signal.aborted) await pull(source)
  })
  const failed = (await Promise.allSettled(places)).find(({ status }) => status === 'rejected')
  if (failed?.status === 'rejected') throw failed.reason
  return ctx.sources.flatMap(({ name }) => {
    const report = reports.get(name)
    return report === undefined ? [] : [{ source: name, report }]
  })
}

/**
 * What is read from this machine shares a place: side by side it would be no faster, and customers' numbers would depend on
 * chance.
 */
function queuesOf(sources: readonly Source[]): Source[][] {
  const here = sources.filter(({ isLocal }) => isLocal)
  const elsewhere = sources.filter(({ isLocal }) => !isLocal).map((source) => [source])
  return here.length === 0 ? elsewhere : [here, ...elsewhere]
}
