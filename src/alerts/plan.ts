import type { Assessment, Tier } from '../risk/assessment.ts'
import { isAlertTier, TIERS } from '../risk/assessment.ts'
import { whatChanged } from '../risk/changed.ts'
import { type LastKept, mayBeNews, NOTHING } from '../risk/last-kept.ts'
import type { Verdicts } from '../risk/night.ts'
import { type Pause, sortedInSteps } from '../risk/pause.ts'
import type { Alert } from './alert.ts'
import type { Decision } from './decide.ts'
import { decide } from './decide.ts'
import { hasMovedBelow } from './fallen.ts'
import { type Draw, type Holdout, type Settled, withHoldout } from './holdout.ts'

/** A customer's case that is not closed, and the last one that is. */
export interface Cases {
  readonly current: Alert | null
  readonly lastClosed: Alert | null
  /** What `lastClosed`, or the mark that a watch began with, could not have answered although it was said before; absent: nothing. */
  readonly late?: ReadonlySet<string>
}

/** A case to open or raise. */
export interface Step extends Cases {
  readonly decision: Exclude<Decision, { act: 'none' }>
}

/** The same, of the customer at a place of the night. */
export interface NightStep extends Step {
  readonly index: number
}

/** What one night's scoring leads to. Applying it is someone else's business. */
export interface Plan {
  /** Places of those whose assessment may be worth a row, by ascending place; with or without a step. */
  readonly news: readonly number[]
  /** Cases to open or raise, most urgent first, so that case numbers follow urgency. */
  readonly steps: readonly NightStep[]
  /** How the holdout's draw fell tonight, for those who were to get a case. */
  readonly draws: readonly Draw[]
  /** Cases that are not raised, yet whose card says something else of the risk by now (fallen.ts). */
  readonly redrawn: readonly Alert[]
}

/** What of a night a plan is made from. */
export interface Tonight extends Pick<Verdicts, 'tiers' | 'scores' | 'priorities' | 'gistAt' | 'verdictAt'> {
  readonly facts: { at(index: number): { readonly id: string } | undefined }
}

/** Customers between two looks at the clock. */
const LOOK = 16

/** Cases between two looks at the clock, where each is only moved. */
const STEPS = 5_000

const ROUTINE = TIERS.indexOf('routine')

/**
 * Compares tonight's verdicts with what was last written and with the cases there are.
 * An assessment nobody would miss (routine, as before or first seen) is not news.
 */
export async function planNight(
  night: Tonight,
  last: LastKept,
  cases: ReadonlyMap<string, Cases>,
  pause: Pause,
  holdout: Holdout | null = null,
): Promise<Plan> {
  const news: number[] = []
  const steps: NightStep[] = []
  const draws: Draw[] = []
  const redrawn: Alert[] = []
  for (let index = 0; index < night.tiers.length; index += 1) {
    if (night.tiers[index] !== ROUTINE || last.tiers[index] !== NOTHING) {
      const known = cases.size === 0 ? undefined : cases.get(night.facts.at(index)!.id)
      const { decision, draw } = settledOn(night, index, known ?? NO_CASES, holdout)
      if (draw !== null) draws.push(draw)
      if (decision?.act === 'open' || decision?.act === 'worsen')
        steps.push({ index, decision, ...(known ?? NO_CASES) })
      else if (
        known?.current &&
        hasMovedBelow(known.current, TIERS[last.tiers[index]!], TIERS[night.tiers[index]!]!)
      )
        redrawn.push(known.current)
      if (mayBeNews(last, index, night)) news.push(index)
    }
    const rest = index % LOOK === 0 ? pause() : null
    if (rest !== null) await rest
  }
  return { news, steps: await byUrgency(steps, night.priorities, pause), draws, redrawn }
}

const NO_CASES: Cases = { current: null, lastClosed: null }

/** What a night decides on somebody; null: nothing. */
type Tonights = Pick<Settled, 'draw'> & { readonly decision: Settled['decision'] | null }

function settledOn(night: Tonight, index: number, cases: Cases, holdout: Holdout | null): Tonights {
  const { current, lastClosed } = cases
  const tier: Tier = TIERS[night.tiers[index]!]!
  // Of who is in no tier only those at work are decided on: they may have left.
  if (!isAlertTier(tier) && current === null) return { decision: null, draw: null }
  const decision: Decision =
    isAlertTier(tier) && current === null && lastClosed === null
      ? { act: 'open', reason: 'new-risk', tier }
      : decide(night.verdictAt(index), cases)
  if (holdout === null) return { decision, draw: null }
  const { reason } = night.verdictAt(index)
  return withHoldout(decision, { customer: night.facts.at(index)!.id, reason }, holdout)
}

/** Tier by tier, the highest priority first; of equal ones the first place. */
async function byUrgency(
  steps: readonly NightStep[],
  priorities: Float64Array,
  pause: Pause,
): Promise<NightStep[]> {
  const sorted: NightStep[] = []
  const byTier = new Map(TIERS.map((tier) => [tier, [] as NightStep[]]))
  for (const [nth, step] of steps.entries()) {
    byTier.get(step.decision.tier)!.push(step)
    if (nth % STEPS === STEPS - 1) await pause()
  }
  for (const own of byTier.values()) {
    await pause()
    const ranked = await sortedInSteps(own, (a, b) => priorities[b.index]! - priorities[a.index]!, pause)
    for (const step of ranked) sorted.push(step)
  }
  return sorted
}

/** False for what nobody would miss: routine and first seen, or as it was. */
export function isWorthARow(before: Assessment | null, after: Assessment): boolean {
  if (before === null && after.tier === 'routine') return false
  return whatChanged(before, after) !== null
}
