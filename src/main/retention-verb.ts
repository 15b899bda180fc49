import { expired, retention } from '../../jobs/retention.ts'
import type { Context } from '../context.ts'
import type { KeptKind } from '../records/kept.ts'
import type { Terminal } from './terminal.ts'

const WHAT: Readonly<Record<KeptKind, string>> = {
  voices: 'texts of voices',
  refused: 'rows in quarantine',
  outbox: 'delivered messages',
}

/** One line for each kind that is not kept for ever. */
export async function keepLines(ctx: Context): Promise<string[]> {
  return (await expired(ctx)).map(
    ({ kind, days, rows }) => `${WHAT[kind]} are kept ${days} days; ${rows} are older`,
  )
}

/** `foreshock retention`: erases now what the night would; `--dry` only says how much that is. */
export async function retentionVerb(
  ctx: Context,
  terminal: Terminal,
  isDry: boolean,
  signal: AbortSignal,
): Promise<void> {
  const before = await expired(ctx)
  if (before.length === 0) {
    return terminal.result({ kept: 'everything' }, 'Everything is kept: the configuration has no "keep".')
  }
  if (isDry)
    return terminal.result({ expired: before }, `${(await keepLines(ctx)).join('.\n')}. Nothing was erased.`)
  const report = await retention.run(ctx, signal)
  terminal.done()
  const lines = before.map(({ kind }) => `Erased ${report.more?.[kind] ?? 0} ${WHAT[kind]}.`)
  terminal.result({ ...report }, lines.join('\n'))
}
