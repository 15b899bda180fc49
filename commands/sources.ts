import type { Command } from '../src/command.ts'
import type { Context } from '../src/context.ts'
import { ForeshockError } from '../src/errors.ts'
import { nearest, suggestion } from '../src/nearest.ts'
import type { PullReport } from '../src/records/pull-report.ts'
import { clip, text } from '../src/text.ts'
import { type SourceLine, sourceCard, sourcesCard } from '../templates/sources.ts'
import { answer } from './case/move.ts'

export const sources: Command<string> = {
  name: 'sources',
  summary: text(
    '数据源：各自何时读过、有没有断、哪些行没能采用、为什么',
    'Where data comes from: when each was read, whether it fails, which rows could not be used and why',
  ),
  usage: 'sources [NAME]',
  role: 'admin',
  takes: 'source',
  parse: (words) => words.trim(),
  run: async (ctx, request) => {
    const lines = await linesOf(ctx)
    if (request.args === '') return answer(ctx, request, sourcesCard, { lines, quality: await ctx.quality() })
    const line = named(lines, request.args)
    const refused = await ctx.store.sources.quarantined(line.name, ROWS)
    return answer(ctx, request, sourceCard, { line, refused })
  },
}

/** Unusable rows shown of one source; mending these usually mends the rest. */
const ROWS = 10

/** Every source of the configuration, and whatever else has sent something that could not be used. */
async function linesOf(ctx: Context): Promise<SourceLine[]> {
  const reports = new Map((await ctx.store.sources.reports()).map((each) => [each.source, each]))
  const refused = await ctx.store.sources.quarantineCounts()
  const kinds = new Map(ctx.config.sources.map(({ name, type }) => [name, type]))
  const names = new Set([...kinds.keys(), ...reports.keys(), ...refused.keys()])
  return [...names].map((name) => {
    const { pulledAt = null, report = null } = reports.get(name) ?? {}
    return {
      name,
      kind: kinds.get(name) ?? (reports.has(name) ? null : 'webhook'),
      pulledAt,
      report: report as PullReport | null,
      readingSince: ctx.pulls.since(name),
      refused: refused.get(name) ?? 0,
    }
  })
}

/** @throws ForeshockError NOT_FOUND */
function named(lines: readonly SourceLine[], said: string): SourceLine {
  const found = lines.find(({ name }) => name.toLowerCase() === said.toLowerCase())
  if (found !== undefined) return found
  const names = lines.map(({ name }) => name)
  const near = nearest(said, names)
  throw new ForeshockError(
    'NOT_FOUND',
    text(`没有“${clip(said, 40)}”这个数据源。`, `There is no source "${clip(said, 40)}".`),
    near === null
      ? text(`有这些：${names.join('、')}。`, `There are: ${names.join(', ')}.`)
      : suggestion(near),
  )
}
