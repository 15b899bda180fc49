import { workerData } from 'node:worker_threads'
import { bulkScorer } from '../learning/bulk-score.ts'
import { type Calibration, type Model, rawScore } from '../learning/model.ts'
import { probabilityOf } from '../learning/probability.ts'
import { serve } from './model-serve.ts'

/** A model scored by our own code, in a thread beside others. */

const { model, calibration } = (workerData as { data: { model: Model; calibration: Calibration | null } })
  .data

await serve(() => {
  const scoreRaw = model.algorithm === 'logistic' ? rowByRow : bulkScorer(model)
  return {
    inputs: [{ name: 'X', type: 'float32', shape: [null, model.names.length] }],
    outputs: ['probability', 'raw'].map((name) => ({ name, type: 'float32', shape: [null, 1] })),
    score: ({ values, rows }) => {
      const sums = new Float64Array(rows)
      scoreRaw(values, rows, sums)
      const probability = new Float32Array(rows)
      for (let row = 0; row < rows; row += 1) probability[row] = probabilityOf(model, calibration, sums[row]!)
      return [probability, new Float32Array(sums)]
    },
    close: () => {},
  }
})

function rowByRow(values: Float32Array, rows: number, raw: Float64Array): void {
  const width = model.names.length
  for (let row = 0; row < rows; row += 1) raw[row] = rawScore(model, values, row * width)
}
