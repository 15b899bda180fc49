import type { Command } from '../src/command.ts'
import type { Context } from '../src/context.ts'
import { modelInUse } from '../src/judging/promote.ts'
import type { ModelRecord } from '../src/learning/model-record.ts'
import { dismissedIn } from '../src/learning/sidecar.ts'
import { oddsFrom } from '../src/risk/odds.ts'
import { text } from '../src/text.ts'
import { MODEL_PAGE, type ModelCardData, type ModelLine, modelCard } from '../templates/model.ts'
import { answer } from './case/move.ts'
import { pageOf, parsePage } from './case/page.ts'

/** More models than anyone looks back on. */
const MOST = 200

export const model: Command<{ readonly page: number }> = {
  name: 'model',
  summary: text(
    '现在用什么判断，有多准，还有哪些模型',
    'What judges now, how good it is, and what other models there are',
  ),
  usage: 'model [page N]',
  role: 'manager',
  parse: (words) => parsePage(words, 'model'),
  run: async (ctx, request) => answer(ctx, request, modelCard, await topOfModels(ctx, request.args.page)),
}

/** A page of the models there are, and the one in use. */
export async function topOfModels(ctx: Context, page: number): Promise<ModelCardData> {
  const chosen = await modelInUse(ctx)
  const all = await ctx.store.models.list(ctx.profile.name, MOST)
  const lineOf = ({ no, algorithm, madeAt, trial }: ModelRecord): ModelLine => {
    return { no, algorithm, madeAt, trial, inUse: no === chosen }
  }
  const { rows, ...place } = pageOf(all, page, MODEL_PAGE)
  const inUse = all.find(({ no }) => no === chosen) ?? null
  return {
    inUse: inUse === null ? null : lineOf(inUse),
    dismissed: inUse === null ? null : dismissedIn(inUse.sidecar),
    fault: ctx.models.fault(),
    odds: oddsFrom(await ctx.store.reports.settled()),
    rows: rows.map(lineOf),
    training: ctx.models.training(),
    ...place,
  }
}
