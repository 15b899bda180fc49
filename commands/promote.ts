import type { Command } from '../src/command.ts'
import { ForeshockError } from '../src/errors.ts'
import { promote as promoteModel, rollback, useRules } from '../src/judging/promote.ts'
import { readModelNo } from '../src/learning/model-record.ts'
import { text } from '../src/text.ts'
import { noticeCard } from '../templates/notices.ts'
import { answer } from './case/move.ts'

export type PromoteWords = { readonly to: number } | { readonly to: 'rules' | 'back' }

export const promote: Command<PromoteWords> = {
  name: 'promote',
  summary: text(
    '启用一个模型，或退回上一个（back）、只用规则（rules）',
    'Put a model to use, go back to the one before, or to rules alone',
  ),
  usage: 'promote M-3 | back | rules',
  role: 'admin',
  parse: parsePromote,
  run: async (ctx, request) => {
    const { by, args } = request
    const { before, after } =
      args.to === 'rules'
        ? await useRules(ctx, by)
        : args.to === 'back'
          ? await rollback(ctx, by)
          : await promoteModel(ctx, args.to, by)
    return answer(ctx, request, noticeCard, {
      kind: 'model-in-use',
      data: { no: after, before, by: by.name },
    })
  },
}

export function parsePromote(words: string): PromoteWords {
  const word = words.trim()
  if (/^(rules|规则)$/i.test(word)) return { to: 'rules' }
  if (/^(back|退回)$/i.test(word)) return { to: 'back' }
  const no = readModelNo(word)
  if (no !== null) return { to: no }
  throw new ForeshockError(
    'BAD_INPUT',
    word === ''
      ? text('没写启用哪个模型。', 'Which model?')
      : text(`“${word}”不是模型编号。`, `"${word}" is not a model's number.`),
    text(
      '这样写：promote M-3，输入 model 查看有哪些。',
      'Write it like this: promote M-3. Type model to see them.',
    ),
  )
}
