import { logistic } from '../../src/learning/model.ts'
import type { Table } from '../../src/learning/table.ts'
import { chanceOf } from '../../src/learning/trees/chance.ts'

/**
 * A table as churn makes them: amounts with a long tail, counts, shares, plan levels, correlated by six hidden traits;
 * about one row in ten left, for reasons that bend, step and depend on one another; some columns are often unknown, one
 * of them more often for those who leave.
 *
 * @param columns at least 26
 */
export function leavers(rows: number, columns: number, seed: number): Table {
  const chance = chanceOf(seed)
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance())
  const values = new Float32Array(rows * columns)
  const labels = new Uint8Array(rows)
  const traits = new Float64Array(6)
  const scores = new Float64Array(columns)
  for (let row = 0; row < rows; row += 1) {
    for (let trait = 0; trait < 6; trait += 1) traits[trait] = normal()
    for (let column = 0; column < columns; column += 1) {
      scores[column] = 0.6 * traits[column % 6]! + 0.8 * normal()
      values[row * columns + column] = SHAPES[column % SHAPES.length]!(scores[column]!)
    }
    const wish = wishToLeave(scores, traits)
    labels[row] = chance() < logistic(0.95 * wish - 2.9) ? 1 : 0
    for (let column = 1; column < columns; column += 4) {
      const share = column % 8 === 1 ? (wish > 1 ? 0.25 : 0.15) : 0.1
      if (chance() < share) values[row * columns + column] = Number.NaN
    }
  }
  return { names: Array.from({ length: columns }, (_, column) => `c${column}`), rows, values, labels }
}

/** How a column looks: an amount, a count, a measure, a level, a share. */
const SHAPES: readonly ((score: number) => number)[] = [
  (score) => Math.exp(0.7 * score),
  (score) => Math.floor(Math.abs(score) * 5),
  (score) => score,
  (score) => Math.floor(logistic(score) * 6),
  (score) => logistic(1.5 * score),
]

function wishToLeave(score: Float64Array, trait: Float64Array): number {
  const at = (column: number): number => score[column]!
  const alone = -1.1 * Math.tanh(at(0)) + 0.7 * Math.max(0, at(4)) - 0.6 * at(7) + 0.8 * Math.sin(1.5 * at(9))
  const steps = (at(2) < 0 && Math.abs(at(1)) < 0.4 ? 0.9 : 0) + (at(3) > 0.7 ? 0.9 * Math.tanh(at(12)) : 0)
  const pairs = 0.4 * at(17) * at(19) - 0.5 * Math.abs(at(14)) + (trait[4]! > 0 ? 0.5 * trait[3]! : 0)
  return alone + steps + pairs + 0.25 * at(20) - 0.2 * at(22) + 0.15 * at(25)
}
