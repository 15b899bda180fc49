import { areaUnderCurve } from './auc.ts'
import { chanceOf, shuffled } from './chance.ts'
import { type Model, rawScore } from './model.ts'
import { rowsOf, type Table } from './table.ts'

/** Rows looked at: enough to rank columns by. */
const MOST_ROWS = 4_000

/**
 * How much each column matters to a model: the AUC lost when its values are dealt out anew among the rows. The table should hold rows
 * the model was not taught with. In the order of its columns; about 0 for a column that says nothing.
 */
export function importanceOf(model: Model, table: Table, seed: number): Float64Array {
  const chance = chanceOf(seed, 3)
  const all = Int32Array.from(table.labels, (_, row) => row)
  const seen = table.rows <= MOST_ROWS ? table : rowsOf(table, shuffled(all, chance).slice(0, MOST_ROWS))
  const width = seen.names.length
  const whole = areaUnderCurve(rawScores(model, seen), seen.labels)
  const column = new Float32Array(seen.rows)
  return Float64Array.from(seen.names, (_, feature) => {
    for (let row = 0; row < seen.rows; row += 1) column[row] = seen.values[row * width + feature]!
    const dealt = shuffled(
      Array.from(column, (_value, row) => row),
      chance,
    )
    const values = Float32Array.from(seen.values)
    for (let row = 0; row < seen.rows; row += 1) values[row * width + feature] = column[dealt[row]!]!
    return whole - areaUnderCurve(rawScores(model, { ...seen, values }), seen.labels)
  })
}

/** Raw score of every row. The table has the model's columns, in its order. */
export function rawScores(model: Model, { rows, names, values }: Table): Float64Array {
  const scores = new Float64Array(rows)
  for (let row = 0; row < rows; row += 1) scores[row] = rawScore(model, values, row * names.length)
  return scores
}
