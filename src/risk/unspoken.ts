import { VOICE } from '../features/columns.ts'
import { featureNames } from '../features/feature-list.ts'
import { type FeatureMatrix, matrixOver } from '../features/kernel.ts'
import { parentsOf } from '../features/kind-tree.ts'
import type { Profile } from '../features/profile.ts'
import { aggregatesBehind } from '../signals/behind.ts'
import { silentDays } from '../signals/gone.ts'
import { type Bands, DEFAULT_BANDS } from './bands.ts'
import type { Forecaster, Forecasts } from './forecaster.ts'
import type { HistoriesAt } from './snapshot.ts'

/** What a model says of everyone, and of those it would alert of, what it would say had they said nothing. */
export async function forecastAll(
  forecaster: Forecaster,
  snapshot: HistoriesAt,
  profile: Profile,
  { medium }: Bands = DEFAULT_BANDS,
  signal?: AbortSignal,
): Promise<Forecasts> {
  const { size, features } = snapshot
  const probabilities = await forecaster.forecast(snapshot, signal)
  const unspoken = new Float32Array(size).fill(Number.NaN)
  const said = [...saidIn(profile)].flatMap((name) => features.index.get(name) ?? [])
  const asked = said.length === 0 ? [] : alerted(probabilities, medium, snapshot, profile, forecaster.days)
  if (asked.length === 0) return { forecaster, probabilities, unspoken }
  const silenced = { size: asked.length, features: silence(features, asked, said) }
  const without = await forecaster.forecast(silenced, signal)
  asked.forEach((customer, place) => {
    unspoken[customer] = without[place]!
  })
  return { forecaster, probabilities, unspoken }
}

/** The features of some customers, with nothing known in these columns. */
function silence(
  features: FeatureMatrix,
  customers: readonly number[],
  columns: readonly number[],
): FeatureMatrix {
  const width = features.names.length
  const values = new Float64Array(customers.length * width)
  customers.forEach((customer, place) => {
    values.set(features.row(customer), place * width)
    for (const column of columns) values[place * width + column] = Number.NaN
  })
  return matrixOver(features, values)
}

/** Whose probability would be an alert today; there are few, and only they are asked about twice. */
function alerted(
  probabilities: Float32Array,
  from: number,
  { history }: HistoriesAt,
  profile: Profile,
  days: number,
): number[] {
  const asked: number[] = []
  probabilities.forEach((probability, customer) => {
    if (probability >= from && !(silentDays(history(customer), profile) >= days)) asked.push(customer)
  })
  return asked
}

/** Features that rest, wholly or in part, on what the customer said: marks, moods, how often. */
export function saidIn(profile: Profile): ReadonlySet<string> {
  const parents = parentsOf(profile)
  const isVoice = (kind: string) => kind === VOICE || parents.get(kind) === VOICE
  return new Set(
    featureNames(profile).filter((name) => aggregatesBehind(profile, name).some(({ kind }) => isVoice(kind))),
  )
}
