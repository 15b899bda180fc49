import { ForeshockError } from '../errors.ts'
import { text } from '../text.ts'
import { positivesOf } from './metrics.ts'

/** Refuses, with BAD_INPUT, labels that can teach nothing. */
export function requireBothClasses(labels: ArrayLike<number>): void {
  if (labels.length === 0) {
    throw new ForeshockError(
      'BAD_INPUT',
      text('没有可以学习的数据行。', 'There are no rows to learn from.'),
      text('请先提供数据。', 'Give some rows first.'),
    )
  }
  const positives = positivesOf(labels)
  if (positives > 0 && positives < labels.length) return
  throw new ForeshockError(
    'BAD_INPUT',
    positives === 0
      ? text(
          '数据里没有一位流失客户，无从学起。',
          'Nobody in the data has left, so there is nothing to learn.',
        )
      : text(
          '数据里的客户全都流失了，无从学起。',
          'Everyone in the data has left, so there is nothing to learn.',
        ),
    text(
      '请提供既有流失、也有留下的数据。',
      'Give rows of both: customers who left and customers who stayed.',
    ),
  )
}
