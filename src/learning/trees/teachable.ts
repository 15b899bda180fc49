import { ForeshockError } from '../../errors.ts'
import type { Table } from '../table.ts'
import type { Training } from '../trainer.ts'

/** Throws BAD_INPUT when trees cannot learn from a table, or the training does not fit it. */
export function mustTeach(table: Table, training: Training): void {
  if (table.rows === 0)
    throw bad('The table has no rows.', 'Widen the time span or loosen the filter it was made with.')
  if (!table.labels.includes(1) || !table.labels.includes(0)) {
    const all = table.labels[0] === 1 ? 'left' : 'stayed'
    throw bad(
      `All ${table.rows} rows ${all}; a model learns from the difference.`,
      'Choose other dates or another label.',
    )
  }
  mustBeFinite(table)
  const { monotone, stopOn, positiveWeight = 1 } = training
  if (monotone && monotone.length !== table.names.length) {
    const lengths = `${monotone.length} directions were given for ${table.names.length} columns.`
    throw bad(lengths, 'Give one for each column: 1, -1 or 0.')
  }
  if (!(positiveWeight > 0 && positiveWeight < 1e6))
    throw bad(
      `The weight ${positiveWeight} of a row that left is out of range.`,
      'Give a number above 0 and below 1000000.',
    )
  if (stopOn === undefined) return
  if (stopOn.names.join('\n') !== table.names.join('\n'))
    throw bad(
      'The rows to stop on have other columns than the table.',
      'Make both tables from the same columns.',
    )
  mustBeFinite(stopOn)
}

function mustBeFinite({ values, names }: Table): void {
  const at = values.findIndex(
    (value) => value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY,
  )
  if (at < 0) return
  const row = Math.floor(at / names.length) + 1
  throw bad(
    `Column "${names[at % names.length]}" is infinite in row ${row}.`,
    'Mend the division by zero behind it, or leave the cell empty.',
  )
}

function bad(what: string, hint: string): ForeshockError {
  return new ForeshockError('BAD_INPUT', what, hint)
}
