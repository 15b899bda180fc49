import { ForeshockError } from '../errors.ts'
import type { Calibration, Model } from '../learning/model.ts'
import { predict } from '../learning/probability.ts'
import { text } from '../text.ts'
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
  const worst = await furthest(scorer, model, calibration, values)
  if (worst.off <= TOLERANCE) return
  const { row, off } = worst
  throw new ForeshockError(
    'BAD_INPUT',
    text(
      `模型文件“${name}”不予采用：第 ${row + 1} 行的概率与训练结果相差 ${off.toPrecision(2)}，超过 ${TOLERANCE}。`,
      `The model file "${name}" is refused: its probability of row ${row + 1} is ${off.toPrecision(2)} off the trainer's, more than ${TOLERANCE}.`,
    ),
    text(
      '请重新训练；如果仍然如此，请附上模型卡片报告此问题。',
      'Train again; if that does not help, report it with the model card.',
    ),
  )
}

/** The row whose probability is furthest from the trainer's, and by how much. */
async function furthest(
  scorer: ModelScorer,
  model: Model,
  calibration: Calibration | null,
  values: Float32Array,
): Promise<{ row: number; off: number }> {
  const width = model.names.length
  const rows = values.length / width
  const { probability } = await scorer.score(values, rows)
  let worst = { row: 0, off: 0 }
  for (let row = 0; row < rows; row += 1) {
    const off = Math.abs(probability[row]! - predict(model, calibration, values, row * width))
    // A number that is none is never near enough.
    if (!(off <= worst.off)) worst = { row, off }
  }
  return worst
}

/** Whether an opened file gives a model's probabilities. */
export async function agrees(scorer: ModelScorer, model: Model, values: Float32Array): Promise<boolean> {
  return (await furthest(scorer, model, null, values)).off <= TOLERANCE
}

/**
 * Sees that a file nobody here can read gives probabilities at least.
 *
 * @throws BAD_INPUT where one is not within 0..1
 */
export async function checkShares(scorer: ModelScorer, values: Float32Array, name: string): Promise<void> {
  const { probability } = await scorer.score(values, values.length / scorer.width)
  const wrong = probability.find((each) => !(each >= 0 && each <= 1))
  if (wrong === undefined) return
  throw new ForeshockError(
    'BAD_INPUT',
    text(
      `模型文件“${name}”不予采用：它给出的概率是 ${wrong}。`,
      `The model file "${name}" is refused: it gave ${wrong} as a probability.`,
    ),
    text(
      '它的输出 probability 必须在 0 到 1 之间，数值未知（NaN）时也一样。',
      'Its output "probability" must lie within 0 and 1, also where values are unknown (NaN).',
    ),
  )
}
