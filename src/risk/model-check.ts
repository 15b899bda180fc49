import { ForeshockError } from '../errors.ts'
import type { Calibration, Model } from '../learning/model.ts'
import { predict } from '../learning/probability.ts'
import type { ModelScorer } from './model-scorer.ts'

/** How far a probability from the file may lie from the trainer's. */
export const TOLERANCE = 5e-6

/**
 * Proves that an opened file gives the trainer's probabilities for rows that lie one after the other.
 *
 * @throws BAD_INPUT with the worst row when one is further than TOLERANCE off
 */
export async function checkModel(
  scorer: ModelScorer,
  model: Model,
  calibration: Calibration | null,
  values: Float32Array,
  name: string,
): Promise<void> {
  const width = model.names.length
  const rows = values.length / width
  const { probability } = await scorer.score(values, rows)
  let worst = { row: 0, off: 0 }
  for (let row = 0; row < rows; row += 1) {
    const off = Math.abs(probability[row]! - predict(model, calibration, values, row * width))
    // A number that is none is never near enough.
    if (!(off <= worst.off)) worst = { row, off }
  }
  if (worst.off <= TOLERANCE) return
  const { row, off } = worst
  throw new ForeshockError(
    'BAD_INPUT',
    `The model file "${name}" is refused: its probability of row ${row + 1} is ${off.toPrecision(2)} off the trainer's, more than ${TOLERANCE}.`,
    'Train again; if that does not help, report it with the model card.',
  )
}
