import { DEMO_START } from '../../src/demo/calendar.ts'
import { ForeshockError } from '../../src/errors.ts'
import { columnsBefore } from '../../src/learning/leakage.ts'
import { predict } from '../../src/learning/probability.ts'
import { teach } from '../../src/modelling/lesson.ts'
import { modelRows } from '../../src/modelling/rows.ts'
import type { Forecaster } from '../../src/risk/forecaster.ts'
import type { DemoNights } from './demo-nights.ts'

/** A model learned on the first morning from what was known then, judging without its file. */
export async function predictingForecaster(
  nights: DemoNights,
): Promise<{ forecaster: Forecaster; auc: number }> {
  const { list, columns } = nights
  const known = columnsBefore(columns, DEMO_START.getTime())
  const lesson = await teach({ list, columns: known, now: DEMO_START, seed: 1, version: 'eval' })
  if ('reason' in lesson)
    throw new ForeshockError('BAD_INPUT', lesson.says.en, 'Give the demo a longer history.')
  const { sidecar, learned } = lesson
  const { names } = learned.model
  return {
    auc: sidecar.metrics['auc'] ?? Number.NaN,
    forecaster: {
      name: 'M-1',
      days: sidecar.label.horizonDays,
      explain: null,
      forecast: async ({ features, size }) => {
        const rows = modelRows(names, features, size)
        return Float32Array.from({ length: size }, (_, at) =>
          predict(learned.model, learned.calibration, rows, at * names.length),
        )
      },
    },
  }
}
