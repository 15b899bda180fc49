import { DAY, HOUR } from '../clock.ts'
import { type AlertTier, isAlertTier, TIERS } from '../risk/assessment.ts'
import type { Verdicts } from '../risk/night.ts'
import type { Verdict } from '../risk/verdict.ts'
import type { CustomerFacts } from '../timeline/history.ts'
import { type BudgetTerms, shareOut } from './budget.ts'
import { type Case, decide } from './decide.ts'

/** Past nights judged again, to see what a setting would have changed. Pure: the same decisions as every night's. */

/** One past night. `isGone`: whether the customer at a place had left by then, as the profile defines it. */
export interface PastNight extends Pick<Verdicts, 'tiers' | 'priorities'> {
  readonly asOf: number
  readonly facts: {
    readonly length: number
    at(index: number): Pick<CustomerFacts, 'no' | 'owner' | 'region'> | undefined
  }
  verdictAt(index: number): Pick<Verdict, 'reason' | 'readings'>
  isGone(index: number): boolean
}

export interface ReplayTerms extends Omit<BudgetTerms, 'today'> {
  /** Hours after which a case is taken to be closed: when its outcome is due. */
  readonly closedAfter: Readonly<Record<AlertTier, number>>
}

/** What the nights would have led to. */
export interface Replayed {
  /** Cases opened, those standing on the first night left out: they are older than it. */
  readonly opened: Readonly<Record<AlertTier, number>>
  /** Days from the first night to the last. */
  readonly days: number
  /** Customers who left in between, as numbers; and those of them without a case before. */
  readonly left: readonly number[]
  readonly missed: readonly number[]
  /** New cases by person asked; the key '' stands for nobody in particular. */
  readonly load: ReadonlyMap<string, number>
  /** Cases that found no room when they came up. */
  readonly deferred: number
}

interface Life {
  readonly tier: AlertTier
  readonly openedAt: number
  readonly asked: Case['assessment']
}

/** Goes through the nights, oldest first; each is asked for when it is its turn and may then be forgotten. */
export function openReplay(terms: ReplayTerms) {
  const lives = new Map<number, Life>()
  const warned = new Set<number>()
  const there = new Map<number, boolean>()
  const left = new Set<number>()
  const opened = { P0: 0, P1: 0, P2: 0 }
  const load = new Map<string, number>()
  let deferred = 0
  let first: number | null = null
  let last = 0

  const casesAt = (no: number, asOf: number): { current: Case | null; lastClosed: Case | null } => {
    const life = lives.get(no)
    if (life === undefined) return { current: null, lastClosed: null }
    const { tier, openedAt, asked } = life
    const end = openedAt + terms.closedAfter[tier] * HOUR
    const shown = { tier, assessment: asked }
    return end > asOf
      ? { current: { ...shown, state: 'claimed', closedAt: null }, lastClosed: null }
      : { current: null, lastClosed: { ...shown, state: 'resolved', closedAt: new Date(end) } }
  }

  return {
    take(night: PastNight): void {
      const { asOf, facts } = night
      const fresh: { index: number; tier: AlertTier }[] = []
      for (let index = 0; index < facts.length; index += 1) {
        const { no } = facts.at(index)!
        const gone = night.isGone(index)
        // Whoever was gone before the first night, or known of only as gone, did not leave under our eyes.
        if (gone && there.get(no) === false) left.add(no)
        if (!gone || !there.has(no)) there.set(no, gone)
        const tier = TIERS[night.tiers[index]!]!
        if (gone || !isAlertTier(tier)) continue
        const { readings, reason } = night.verdictAt(index)
        const decision = decide({ tier, reason, readings }, casesAt(no, asOf))
        if (decision.act === 'none') continue
        warned.add(no)
        const known = lives.get(no)
        const openedAt = decision.act === 'worsen' ? known!.openedAt : asOf
        lives.set(no, { tier: decision.tier, openedAt, asked: { reason, readings } })
        if (decision.act === 'open') fresh.push({ index, tier })
      }
      if (first !== null) count(night, fresh, (asOf - last) / DAY)
      first ??= asOf
      last = asOf
    },
    result: (): Replayed => ({
      opened,
      days: first === null ? 0 : (last - first) / DAY,
      left: [...left],
      missed: [...left].filter((no) => !warned.has(no)),
      load,
      deferred,
    }),
  }

  function count(night: PastNight, fresh: { index: number; tier: AlertTier }[], days: number): void {
    const byUrgency = fresh.toSorted(
      (a, b) => a.tier.localeCompare(b.tier) || night.priorities[b.index]! - night.priorities[a.index]!,
    )
    for (const { tier } of byUrgency) opened[tier] += 1
    // What came up since the night before, on all the days in between.
    const room = { ...terms, capacity: terms.capacity * days, today: new Map<string, number>() }
    const shares = shareOut(
      byUrgency.map(({ index, tier }) => {
        const { owner, region } = night.facts.at(index)!
        return { tier, keeper: owner, region }
      }),
      room,
    )
    for (const share of shares) {
      if (share.act === 'defer') deferred += 1
      else load.set(share.assignee ?? '', (load.get(share.assignee ?? '') ?? 0) + 1)
    }
  }
}
