import type { Model } from '../../src/learning/model.ts'
import type { Sidecar } from '../../src/learning/sidecar.ts'

/** A sidecar of a model, all but the hash that writing the files adds. */
export function sidecarOf(model: Model, more: Partial<Sidecar> = {}): Omit<Sidecar, 'sha256'> {
  const edges = [-0.5, -0.1, 0.1, 0.3]
  const spread = { edges, shares: [0.2, 0.2, 0.2, 0.2, 0.2], unknown: 0.1 }
  return {
    format: 1,
    name: 'small-2026-11-01',
    profile: { name: 'small', version: 3 },
    algorithm: model.algorithm,
    features: [...model.names],
    linear: model.algorithm === 'logistic' ? { base: model.base, terms: [...model.terms] } : null,
    calibration: null,
    label: {
      inactiveDays: 90,
      kinds: ['visit', 'order'],
      cancelled: null,
      horizonDays: 91,
      gapDays: 0,
    },
    asOf: {
      learned: ['2026-06-30T00:00:00.000Z', '2026-07-31T00:00:00.000Z'],
      tested: ['2026-08-31T00:00:00.000Z'],
    },
    spread: { features: Object.fromEntries(model.names.map((name) => [name, spread])), score: spread },
    metrics: { auc: 0.8123, rows: 4000 },
    thresholds: { P0: 0.7, P1: 0.4 },
    seed: 7,
    dataHash: 'a1b2c3',
    rows: { learned: 8000, left: 1600 },
    createdAt: '2026-11-01T02:30:00.000Z',
    madeBy: '0.1.0',
    ...more,
  }
}

export const SMALL = { profile: 'small', features: ['f0', 'f1', 'f2', 'f3', 'f4', 'f5'] }
