import { ForeshockError } from '../../errors.ts'
import { type Text, text } from '../../text.ts'
import type { Table } from '../table.ts'
import type { Training } from '../trainer.ts'

/** Throws BAD_INPUT when trees cannot learn from a table, or the training does not fit it. */
export function mustTeach(table: Table, training: Training): void {
  if (table.rows === 0)
    throw bad(
      text('表里一行也没有。', 'The table has no rows.'),
      text(
        '请放宽生成它的时间范围或筛选条件。',
        'Widen the time span or loosen the filter it was made with.',
      ),
    )
  if (!table.labels.includes(1) || !table.labels.includes(0)) {
    const [zh, en] = table.labels[0] === 1 ? ['流失', 'left'] : ['留存', 'stayed']
    throw bad(
      text(
        `${table.rows} 行全部是${zh}；模型要从差别中学习。`,
        `All ${table.rows} rows ${en}; a model learns from the difference.`,
      ),
      text('请换一些日期，或换一个标签。', 'Choose other dates or another label.'),
    )
  }
  mustBeFinite(table)
  const { monotone, stopOn, positiveWeight = 1 } = training
  if (monotone && monotone.length !== table.names.length) {
    const [given, asked] = [monotone.length, table.names.length]
    throw bad(
      text(
        `有 ${asked} 列，却给了 ${given} 个单调方向。`,
        `${given} directions were given for ${asked} columns.`,
      ),
      text('请给每列一个：1、-1 或 0。', 'Give one for each column: 1, -1 or 0.'),
    )
  }
  if (!(positiveWeight > 0 && positiveWeight < 1e6))
    throw bad(
      text(
        `流失行的权重 ${positiveWeight} 超出范围。`,
        `The weight ${positiveWeight} of a row that left is out of range.`,
      ),
      text('请给一个大于 0、小于 1000000 的数。', 'Give a number above 0 and below 1000000.'),
    )
  if (stopOn === undefined) return
  if (stopOn.names.join('\n') !== table.names.join('\n'))
    throw bad(
      text('用于提前停止的行与训练表的列不同。', 'The rows to stop on have other columns than the table.'),
      text('请用相同的列生成两张表。', 'Make both tables from the same columns.'),
    )
  mustBeFinite(stopOn)
}

function mustBeFinite({ values, names }: Table): void {
  const at = values.findIndex(
    (value) => value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY,
  )
  if (at < 0) return
  const row = Math.floor(at / names.length) + 1
  const column = names[at % names.length]!
  throw bad(
    text(`“${column}”列第 ${row} 行是无穷大。`, `Column "${column}" is infinite in row ${row}.`),
    text(
      '请修正造成它的除零，或把这一格留空。',
      'Mend the division by zero behind it, or leave the cell empty.',
    ),
  )
}

function bad(what: Text, hint: Text): ForeshockError {
  return new ForeshockError('BAD_INPUT', what, hint)
}
