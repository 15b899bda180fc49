import type { Command } from '../src/command.ts'
import { modelInUse } from '../src/judging/promote.ts'
import type { ModelRecord } from '../src/learning/model-record.ts'
import { text } from '../src/text.ts'
import { MODEL_PAGE, modelCard } from '../templates/model.ts'
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
  run: async (ctx, request) => {
    const chosen = await modelInUse(ctx)
    const all = await ctx.store.models.list(ctx.profile.name, MOST)
    const lineOf = (record: ModelRecord) => ({ ...record, inUse: record.no === chosen })
    const { rows, ...place } = pageOf(all, request.args.page, MODEL_PAGE)
    const inUse = all.find(({ no }) => no === chosen) ?? null
    return answer(ctx, request, modelCard, {
      inUse: inUse === null ? null : lineOf(inUse),
      fault: ctx.models.fault(),
      rows: rows.map(lineOf),
      training: ctx.models.training(),
      ...place,
    })
  },
}
