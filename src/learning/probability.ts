import { type Calibration, calibrated, logistic, type Model, rawScore } from './model.ts'

/** Probability, 0..1, of a raw score. Without calibration a forest's share is its own; log-odds become one. */
export function probabilityOf(
  { algorithm }: Pick<Model, 'algorithm'>,
  calibration: Calibration | null,
  raw: number,
): number {
  if (calibration !== null) return calibrated(calibration, raw)
  return algorithm === 'forest' ? raw : logistic(raw)
}

/** Probability, 0..1, of one row, which starts at `base` in `values`. */
export function predict(
  model: Model,
  calibration: Calibration | null,
  values: Float32Array,
  base = 0,
): number {
  return probabilityOf(model, calibration, rawScore(model, values, base))
}
