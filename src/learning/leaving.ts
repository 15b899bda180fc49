import { DAY } from '../clock.ts'
import { type Columns, firstFrom } from '../features/columns.ts'
import type { Profile } from '../features/profile.ts'

/** What counts as leaving after an as-of date, and by when it is looked at. Days. */
export interface Outcome {
  /**
   * `last-activity`: the customer left on the day of the last activity, once the profile's inactive days have passed without any
   * (so it is known that much later). `no-activity`: nothing within the horizon, as for shops where nobody says goodbye.
   */
  readonly label: 'last-activity' | 'no-activity'
  readonly horizonDays: number
  /** Days after the as-of date that are not looked at, so that there is time to act. */
  readonly gapDays: number
}

/** What is learned of one customer at one as-of date; the last three teach nothing. */
export type Fate = 'left' | 'stayed' | 'gone' | 'never-active' | 'left-in-gap'

/** When a customer was active and when they cancelled; instants, ascending. */
export interface Footsteps {
  readonly active: Float64Array
  readonly cancelled: Float64Array
}

export function footstepsOf(columns: Columns, customer: number, { churn }: Profile): Footsteps {
  const instants = (kind: string): Float64Array => {
    const block = columns.blocks.get(kind)
    if (block === undefined) return new Float64Array(0)
    return block.at.subarray(block.offsets[customer]!, block.offsets[customer + 1]!)
  }
  const each = churn.kinds.map(instants).filter((at) => at.length > 0)
  return {
    active: each.length === 1 ? each[0]! : Float64Array.from(each.flatMap((at) => [...at])).sort(),
    cancelled: churn.cancelled === undefined ? new Float64Array(0) : instants(churn.cancelled),
  }
}

/** From when on the outcome of an as-of date is known, milliseconds. */
export function knownFrom(asOf: number, outcome: Outcome, { churn }: Profile): number {
  const waited = outcome.label === 'last-activity' ? churn.inactiveDays : 0
  return asOf + (outcome.gapDays + outcome.horizonDays + waited) * DAY
}

/**
 * What became of a customer. The window is [asOf + gap, asOf + gap + horizon). Who was already gone as of then (signals/gone.ts) is no
 * case; who was silent for good but not yet long enough to be called gone has left: a warning could still have reached them.
 * With `keepGone` those already gone are asked about as well: will they come back?
 */
export function fateOf(
  { active, cancelled }: Footsteps,
  asOf: number,
  outcome: Outcome,
  { churn }: Profile,
  keepGone = false,
): Fate {
  const next = firstFrom(active, 0, active.length, asOf)
  const lastActive = active[next - 1]
  if (lastActive === undefined) return 'never-active'
  const limit = churn.inactiveDays * DAY
  const saidBefore =
    cancelled[firstFrom(cancelled, 0, cancelled.length, asOf) - 1] ?? Number.NEGATIVE_INFINITY
  if (!keepGone && (saidBefore >= lastActive || asOf - lastActive >= limit)) return 'gone'

  const opens = asOf + outcome.gapDays * DAY
  const closes = opens + outcome.horizonDays * DAY
  const cancelledOn = cancelled.find((at) => at >= asOf && !cameBack(active, at, limit))
  if (cancelledOn !== undefined && cancelledOn < opens) return 'left-in-gap'
  if (cancelledOn !== undefined && cancelledOn < closes) return 'left'
  if (outcome.label === 'no-activity') {
    const first = active[firstFrom(active, next, active.length, opens)]
    return first === undefined || first >= closes ? 'left' : 'stayed'
  }
  let last = next - 1
  while (last + 1 < active.length && active[last + 1]! - active[last]! < limit) last += 1
  const leftOn = active[last]!
  if (leftOn >= asOf && leftOn < opens) return 'left-in-gap'
  return leftOn < closes ? 'left' : 'stayed'
}

/** Days since the customer was last active before an instant; NaN: never was. */
export function silentFor({ active }: Footsteps, asOf: number): number {
  const last = active[firstFrom(active, 0, active.length, asOf) - 1]
  return last === undefined ? Number.NaN : (asOf - last) / DAY
}

/** Active again before the inactive days were over: the cancellation was taken back. */
function cameBack(active: Float64Array, cancelledAt: number, limit: number): boolean {
  const after = active[firstFrom(active, 0, active.length, cancelledAt + 1)]
  return after !== undefined && after - cancelledAt < limit
}

/** Customers who can still leave as of an instant: active before it, and not so long ago that they count as gone. */
export function whoCanLeave(columns: Columns, asOf: number, profile: Profile): number[] {
  const outcome: Outcome = { label: 'no-activity', horizonDays: 0, gapDays: 0 }
  return columns.facts.flatMap((_, customer) => {
    const fate = fateOf(footstepsOf(columns, customer, profile), asOf, outcome, profile)
    return fate === 'gone' || fate === 'never-active' ? [] : [customer]
  })
}
