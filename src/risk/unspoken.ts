import { VOICE } from '../features/columns.ts'
import { featureNames } from '../features/feature-list.ts'
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
  const scratch = new Float64Array(features.index.size)
  const row = (place: number): Float64Array => {
    scratch.set(features.row(asked[place]!))
    for (const column of said) scratch[column] = Number.NaN
    return scratch
  }
  const silenced = { size: asked.length, features: { index: features.index, row } }
  const without = await forecaster.forecast(silenced, signal)
  asked.forEach((customer, place) => {
    unspoken[customer] = without[place]!
  })
  return { forecaster, probabilities, unspoken }
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
