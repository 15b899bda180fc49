import { VOICE } from '../features/columns.ts'
import { featureNames } from '../features/feature-list.ts'
import { type FeatureMatrix, matrixOver } from '../features/kernel.ts'
import { parentsOf } from '../features/kind-tree.ts'
import { roomFor, sharedRoomFor } from '../features/memory.ts'
import type { Profile } from '../features/profile.ts'
import { aggregatesBehind } from '../signals/behind.ts'
import { silentDays } from '../signals/gone.ts'
import { type Bands, DEFAULT_BANDS } from './bands.ts'
import type { Forecaster, Forecasts } from './forecaster.ts'
import { type Pause, pauses } from './pause.ts'
import type { HistoriesAt } from './snapshot.ts'

/**
 * What a model says of everyone, or of some of them, and of those it would alert of, what it would say had they said
 * nothing.
 */
export async function forecastAll(
  forecaster: Forecaster,
  snapshot: HistoriesAt,
  profile: Profile,
  { medium }: Bands = DEFAULT_BANDS,
  signal?: AbortSignal,
  only?: readonly number[],
): Promise<Forecasts> {
  const { size, features } = snapshot
  const probabilities =
    only === undefined
      ? await forecaster.forecast(snapshot, signal)
      : await forecastSome(forecaster, snapshot, only, pauses(signal))
  const unspoken = sharedRoomFor(Float32Array, size).fill(Number.NaN)
  const said = [...saidIn(profile)].flatMap((name) => features.index.get(name) ?? [])
  const pause = pauses(signal)
  const asked =
    said.length === 0
      ? []
      : await alerted({ probabilities, medium, days: forecaster.days }, snapshot, profile, pause)
  if (asked.length === 0) return { forecaster, probabilities, unspoken }
  const silenced = { size: asked.length, features: await silence(features, asked, said, pause) }
  const without = await forecaster.forecast(silenced, signal)
  asked.forEach((customer, place) => {
    unspoken[customer] = without[place]!
  })
  return { forecaster, probabilities, unspoken }
}

/** Of all others nothing is told. */
async function forecastSome(
  forecaster: Forecaster,
  { size, features }: HistoriesAt,
  customers: readonly number[],
  pause: Pause,
): Promise<Float32Array> {
  const rows = { size: customers.length, features: await silence(features, customers, [], pause) }
  const told = await forecaster.forecast(rows)
  const probabilities = sharedRoomFor(Float32Array, size).fill(Number.NaN)
  customers.forEach((customer, place) => {
    probabilities[customer] = told[place]!
  })
  return probabilities
}

/** The features of some customers, with nothing known in these columns. */
async function silence(
  features: FeatureMatrix,
  customers: readonly number[],
  columns: readonly number[],
  pause: Pause,
): Promise<FeatureMatrix> {
  const width = features.names.length
  const values = roomFor(Float64Array, customers.length * width)
  for (let place = 0, to = 0; place < customers.length; place += 1) {
    const from = customers[place]! * width
    for (let column = 0; column < width; column += 1, to += 1) values[to] = features.values[from + column]!
    for (const column of columns) values[place * width + column] = Number.NaN
    const rest = place % LOOK === 0 ? pause() : null
    if (rest !== null) await rest
  }
  return matrixOver(features, values)
}

/** Whose probability would be an alert today; there are few, and only they are asked about twice. */
async function alerted(
  { probabilities, medium, days }: { probabilities: Float32Array; medium: number; days: number },
  { history }: HistoriesAt,
  profile: Profile,
  pause: Pause,
): Promise<number[]> {
  const asked: number[] = []
  for (let customer = 0; customer < probabilities.length; customer += 1) {
    const mayBe = probabilities[customer]! >= medium
    if (mayBe && !(silentDays(history(customer), profile) >= days)) asked.push(customer)
    const rest = customer % LOOK === 0 ? pause() : null
    if (rest !== null) await rest
  }
  return asked
}

/** Customers between two looks at the clock. */
const LOOK = 500

/** Features that rest, wholly or in part, on what the customer said: marks, moods, how often. */
export function saidIn(profile: Profile): ReadonlySet<string> {
  const parents = parentsOf(profile)
  const isVoice = (kind: string) => kind === VOICE || parents.get(kind) === VOICE
  return new Set(
    featureNames(profile).filter((name) => aggregatesBehind(profile, name).some(({ kind }) => isVoice(kind))),
  )
}
