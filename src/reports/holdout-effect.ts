import { isRight, SOON } from '../alerts/warning.ts'
import { DAY } from '../clock.ts'
import { type EffectAsked, leavesOf } from './effect.ts'
import type { DrawnCustomer } from './effect-rows.ts'
import { type Change, changeBetween, type Estimate, shareEstimate } from './interval.ts'

/** What contacting changes, by customers whom chance alone left out. */
export interface HoldoutEffect {
  readonly held: ArmEffect
  readonly contacted: ArmEffect
  /** Churn of the contacted less that of the held; null until both are large enough. */
  readonly difference: Change | null
  /** How many each side takes. */
  readonly least: number
  /** Drawn, whether or not what became of them is known. */
  readonly drawn: number
}

export interface ArmEffect {
  readonly of: number
  /** Left within 60 days of the draw; null until there are enough. */
  readonly left: Estimate | null
}

/** Below this a side's churn is chance, and so is whom it holds. */
export const ARM_LEAST = 30

/**
 * Everyone counts as they were drawn first, whatever became of it (a held one may have been called after all), or who is easy to
 * reach would be compared with who is not.
 */
export function holdoutEffect(
  draws: readonly DrawnCustomer[],
  { departures, inactiveDays, horizon }: Pick<EffectAsked, 'departures' | 'inactiveDays' | 'horizon'>,
): HoldoutEffect {
  const first = new Map<string, DrawnCustomer>()
  for (const draw of draws.toSorted((a, b) => +a.at - +b.at))
    if (!first.has(draw.customer)) first.set(draw.customer, draw)
  const told = [...first.values()].filter(({ at }) => +at + SOON * DAY < +horizon)
  const leaves = leavesOf({ departures, inactiveDays })
  const armOf = (arm: DrawnCustomer['arm']): ArmEffect => {
    const own = told.filter((draw) => draw.arm === arm)
    const gone = own.filter(({ customer, at }) =>
      isRight({ opened: +at / DAY, leaves: leaves({ customer, openedAt: at }) }),
    )
    return { of: own.length, left: own.length < ARM_LEAST ? null : shareEstimate(gone.length, own.length) }
  }
  const [held, contacted] = [armOf('held'), armOf('contacted')]
  const isSound = held.left !== null && contacted.left !== null
  return {
    ...{ held, contacted, least: ARM_LEAST, drawn: first.size },
    difference: isSound ? changeBetween(contacted.left!, held.left!) : null,
  }
}
