import type { Columns } from '../features/columns.ts'
import type { Profile } from '../features/profile.ts'
import { areaUnderCurve } from '../learning/auc.ts'
import { type Binned, biasOf, binned, type DriftReport, type Matured, MOVED, psi } from '../learning/drift.ts'
import { fateOf, footstepsOf, knownFrom, whoCanLeave } from '../learning/leaving.ts'
import type { Sidecar } from '../learning/sidecar.ts'
import { labelOf } from '../risk/feature-of.ts'
import type { HistoriesAt } from '../risk/snapshot.ts'
import type { CustomerFacts } from '../timeline/history.ts'
import { groupingsOf } from './fairness.ts'

/** A past night's scores, by customer number. */
export interface PastRun {
  readonly asOf: Date
  readonly model: string
  readonly customers: ArrayLike<number>
  readonly scores: ArrayLike<number>
}

/** When the forecasts that are known to be right or wrong by now were made at the latest, milliseconds. */
export function maturedBy(now: number, sidecar: Sidecar, profile: Profile): number {
  return now - knownFrom(0, outcomeOf(sidecar), profile)
}

/** How the customers of now compare with those the model learned from, and what became of its forecasts. */
export function driftOf(found: {
  readonly no: number
  readonly sidecar: Sidecar
  readonly profile: Profile
  readonly snapshot: Pick<HistoriesAt, 'asOf' | 'size' | 'features'>
  readonly probabilities: ArrayLike<number>
  readonly columns: Columns
  /** Scores old enough to be checked, by whatever judged then; null: none. */
  readonly past: PastRun | null
}): DriftReport {
  const { no, sidecar, profile, snapshot, probabilities, columns } = found
  // The rules' scores are no probabilities: nothing was forecast by them.
  const past = found.past?.model === 'rules' ? null : found.past
  const here = whoCanLeave(columns, snapshot.asOf, profile)
  const shiftOf = (before: Binned, values: ArrayLike<number>) => psi(before, binned(values, before.edges))
  const features = sidecar.features.map((name) => ({
    name,
    label: labelOf(name, profile),
    psi: shiftOf(sidecar.spread.features[name]!, columnOf(snapshot, name, here)),
  }))
  const score = shiftOf(
    sidecar.spread.score,
    here.map((customer) => probabilities[customer]!),
  )
  const cases = past === null ? [] : casesOf(past, columns, sidecar, profile)
  const moved = features.filter(({ psi: shift }) => shift >= MOVED.some).sort((a, b) => b.psi - a.psi)
  return {
    model: no,
    asOf: snapshot.asOf,
    customers: here.length,
    score,
    features: moved,
    moved: score >= MOVED.much || moved.some(({ psi: shift }) => shift >= MOVED.much),
    limits: MOVED,
    matured: past === null || cases.length === 0 ? null : maturedOf(past.asOf.getTime(), cases),
    ...biasOf(
      cases,
      groupingsOf(
        cases.map(({ facts }) => facts),
        profile,
      ),
    ),
  }
}

interface Case {
  readonly probability: number
  readonly left: boolean
  readonly facts: CustomerFacts
}

/** What became of everyone who was scored then and could still leave. */
function casesOf(past: PastRun, columns: Columns, sidecar: Sidecar, profile: Profile): Case[] {
  const scores = new Map(Array.from(past.customers, (customer, at) => [customer, past.scores[at]!]))
  return columns.facts.flatMap((facts, customer) => {
    const probability = scores.get(facts.no)
    if (probability === undefined) return []
    const fate = fateOf(
      footstepsOf(columns, customer, profile),
      past.asOf.getTime(),
      outcomeOf(sidecar),
      profile,
    )
    return fate === 'left' || fate === 'stayed' ? [{ probability, left: fate === 'left', facts }] : []
  })
}

function maturedOf(asOf: number, cases: readonly Case[]): Matured {
  const leavers = cases.filter(({ left }) => left).length
  return {
    asOf,
    customers: cases.length,
    leavers,
    auc: areaUnderCurve(
      cases.map(({ probability }) => probability),
      cases.map(({ left }) => left),
    ),
    expected: cases.reduce((sum, { probability }) => sum + probability, 0) / cases.length,
    left: leavers / cases.length,
  }
}

function outcomeOf({ label }: Sidecar) {
  return { label: 'last-activity', horizonDays: label.horizonDays, gapDays: label.gapDays } as const
}

function columnOf(
  { features }: Pick<HistoriesAt, 'features'>,
  name: string,
  here: readonly number[],
): number[] {
  const column = features.index.get(name)
  // As the model read them.
  return here.map((customer) =>
    column === undefined ? Number.NaN : Math.fround(features.row(customer)[column]!),
  )
}
