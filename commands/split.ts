import type { Command, Reply, Request } from '../src/command.ts'
import type { Context } from '../src/context.ts'
import { ForeshockError } from '../src/errors.ts'
import { text } from '../src/text.ts'
import { rejoinedNote, splitCard, splitNote } from '../templates/merges.ts'
import { firstOf } from './case/act-words.ts'
import { answer } from './case/move.ts'
import { parseCustomer } from './case/words.ts'
import { mergeMeant } from './identity/which.ts'

export interface SplitWords {
  readonly act: 'split' | 'undo'
  readonly customer: string
  /** True: it was previewed, and is to be done. */
  readonly confirmed: boolean
}

export const split: Command<SplitWords> = {
  name: 'split',
  summary: text(
    '把错误合并的客户拆开：先看会怎样，确认后才拆；undo 再合并',
    'Take wrongly merged customers apart: shown first, done when you confirm; undo merges them again',
  ),
  usage: 'split C-123 | undo C-123',
  role: 'admin',
  takes: 'customer',
  parse: parseSplit,
  run: (ctx, request) => {
    const { act, confirmed } = request.args
    if (act === 'undo') return rejoin(ctx, request)
    return confirmed ? apply(ctx, request) : preview(ctx, request)
  },
}

/** @throws ForeshockError BAD_INPUT when nobody is named */
export function parseSplit(words: string): SplitWords {
  const [first, rest] = firstOf(words.trim())
  const isUndo = /^(?:undo|撤销)$/i.test(first)
  const [, said = '', confirm] =
    /^([\s\S]*?)((?:^|\s)(?:confirm|确认))?$/i.exec((isUndo ? rest : words).trim()) ?? []
  return {
    act: isUndo ? 'undo' : 'split',
    customer: parseCustomer(said, split.usage),
    confirmed: confirm !== undefined,
  }
}

/** What would go where; changes nothing. */
async function preview(ctx: Context, request: Request<SplitWords>): Promise<Reply> {
  const merge = await mergeMeant(ctx, request.args.customer, 'merged')
  const splitting = await ctx.store.merges.splitting(merge.id)
  if (splitting === null) throw overtaken()
  return answer(ctx, request, splitCard, { ...splitting, name: merge.absorbed.name, key: merge.key })
}

async function apply(ctx: Context, request: Request<SplitWords>): Promise<Reply> {
  const { id } = await mergeMeant(ctx, request.args.customer, 'merged')
  const now = ctx.clock.now()
  const done = await ctx.store.transaction(({ merges }) => merges.split(id, request.by.id, now))
  if (done === null) throw overtaken()
  ctx.wake()
  return answer(ctx, request, splitNote, done)
}

async function rejoin(ctx: Context, request: Request<SplitWords>): Promise<Reply> {
  const { id, absorbed, openCases } = await mergeMeant(ctx, request.args.customer, 'apart')
  if (openCases.length > 1) throw bothAtWork(openCases)
  const now = ctx.clock.now()
  const isJoined = await ctx.store.transaction(({ merges }) => merges.rejoin(id, request.by.id, now))
  if (!isJoined) throw overtaken()
  ctx.wake()
  return answer(ctx, request, rejoinedNote, { no: absorbed.no })
}

function bothAtWork(cases: readonly number[]): ForeshockError {
  const [zh, en] = ['、', ' and '].map((between) => cases.map((no) => `A-${no}`).join(between)) as [
    string,
    string,
  ]
  return new ForeshockError(
    'CONFLICT',
    text(`两位客户都有没结案的单子：${zh}。`, `Both have an open case: ${en}.`),
    text('先结掉一个，再合并。', 'Close one of them first; a customer has one open case.'),
  )
}

function overtaken(): ForeshockError {
  return new ForeshockError(
    'CONFLICT',
    text('刚刚有人改过这次合并。', 'Somebody has just changed this merge.'),
    text('输入 merges 看现在的情况。', 'Type merges to see how it stands.'),
  )
}
