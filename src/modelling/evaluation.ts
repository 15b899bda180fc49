import { DAY } from '../clock.ts'
import type { Columns } from '../features/columns.ts'
import type { Profile } from '../features/profile.ts'
import { fateOf, footstepsOf, knownFrom, silentFor } from '../learning/leaving.ts'
import type { Sidecar } from '../learning/sidecar.ts'
import type { ScoresAt, Tested } from './trial.ts'

/** Dates a month apart, the newest of which is the latest whose outcome is known. */
const DATES = 3
const APART = 30 * DAY

/** What became of everyone at the latest dates of which it is known, and what a model said of them then. */
export async function latestCases(
  columns: Columns,
  profile: Profile,
  { label }: Pick<Sidecar, 'label'>,
  now: number,
  model: ScoresAt,
): Promise<Tested> {
  const outcome = { label: 'last-activity', horizonDays: label.horizonDays, gapDays: label.gapDays } as const
  const latest = now - knownFrom(0, outcome, profile)
  const cases = {
    horizonDays: label.horizonDays,
    customers: [] as string[],
    asOf: [] as number[],
    labels: [] as number[],
    probability: [] as number[],
    silentDays: [] as number[],
  }
  const footsteps = columns.facts.map((_, customer) => footstepsOf(columns, customer, profile))
  for (let date = DATES - 1; date >= 0; date -= 1) {
    const asOf = latest - date * APART
    const scores = await model(asOf)
    columns.facts.forEach(({ id }, customer) => {
      const fate = fateOf(footsteps[customer]!, asOf, outcome, profile)
      if (fate !== 'left' && fate !== 'stayed') return
      cases.customers.push(id)
      cases.asOf.push(asOf)
      cases.labels.push(fate === 'left' ? 1 : 0)
      cases.probability.push(scores.get(id) ?? 0)
      cases.silentDays.push(silentFor(footsteps[customer]!, asOf))
    })
  }
  return cases
}
