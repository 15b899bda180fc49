import { chanceOf } from '../../src/learning/chance.ts'
import { logistic } from '../../src/learning/model.ts'
import type { Table } from '../../src/learning/table.ts'

/** Rows whose odds of leaving rise with `risk`, fall with `habit` (0..3) and do not depend on `noise`; some `risk` is unknown. */
export function riskTable(rows: number, seed = 1): Table {
  const chance = chanceOf(seed)
  const values = new Float32Array(rows * 3)
  const labels = new Uint8Array(rows)
  for (let row = 0; row < rows; row += 1) {
    const risk = 4 * chance() - 2
    const habit = Math.floor(4 * chance())
    values.set([chance() < 0.1 ? Number.NaN : risk, habit, chance()], row * 3)
    labels[row] = chance() < logistic(2 * risk - habit + 1) ? 1 : 0
  }
  return { names: ['risk', 'habit', 'noise'], rows, values, labels }
}
