import type { Command } from '../src/command.ts'
import { ForeshockError } from '../src/errors.ts'
import { text } from '../src/text.ts'
import { trainingNote } from '../templates/notices.ts'
import { answer } from './case/move.ts'

export const train: Command<null> = {
  name: 'train',
  summary: text('用自己的历史训练一个新模型', 'Learn a new model from your own history'),
  usage: 'train',
  role: 'admin',
  parse: (words) => {
    if (words.trim() === '') return null
    throw new ForeshockError(
      'BAD_INPUT',
      text('train 后面不用写别的。', 'train takes no words.'),
      text('只输入 train。', 'Type train alone.'),
    )
  },
  run: async (ctx, request) => {
    const begun = ctx.models.begin(request.by.id)
    return answer(ctx, request, trainingNote, { begun })
  },
}
