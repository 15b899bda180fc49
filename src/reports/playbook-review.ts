import type { CarePlan } from '../alerts/care-plan.ts'
import { stepsAsked } from '../alerts/care-plan.ts'
import { entitlementNamed, givenWords } from '../alerts/grant.ts'
import { HOUR } from '../clock.ts'
import type { Entitlement } from '../features/profile.ts'
import type { Text } from '../text.ts'
import { areReasonsTold, hasEnded, type LeavesOf, median, retentionOf, type Told } from './effect.ts'
import { isKept, type PlayedCase } from './effect-rows.ts'
import { groupedBy } from './grouped.ts'
import { type Change, changeBetween, type Estimate } from './interval.ts'
import { costPerKept } from './roi.ts'

/** Ways of working held against what came of them. Instants in milliseconds, money in minor units. */
export interface PlaybookReview {
  /** Cases opened from one instant until another: all have had time to end. */
  readonly from: number
  readonly to: number
  readonly cases: number
  readonly retention: Told
  /** By the playbook, which goes by the likely reason; by tier; by the reason found, none where kept customers have none. Most cases first. */
  readonly books: readonly PlayedLine[]
  readonly tiers: readonly PlayedLine[]
  readonly reasons: readonly PlayedLine[]
  /** Steps of the plan for customers in danger, in its order. */
  readonly steps: readonly {
    readonly name: string
    readonly says: Text
    readonly due: number
    readonly done: number
  }[]
  /** What was granted, in words, the most often given first; what is on the profile's list goes by its name there. */
  readonly gifts: readonly (PlayedLine & { readonly says: Text })[]
  /** What goes with clearly more or fewer customers kept than elsewhere, the largest difference first. */
  readonly findings: readonly Finding[]
}

export interface PlayedLine {
  readonly name: string
  readonly cases: number
  readonly retention: Told
  /** From the opening until the customer was reached, milliseconds. */
  readonly toReach: Told
  /** Grants and contacts, for each customer kept. */
  readonly costPerKept: Estimate | null
}

export interface Finding {
  /** `soon`: reached within SOON_MS, and no name. */
  readonly about: 'book' | 'reason' | 'step' | 'gift' | 'soon'
  readonly name: string
  readonly own: Estimate
  readonly others: Estimate
  readonly change: Change
}

/** Reached within so long counts as soon. */
export const SOON_MS = 24 * HOUR

/**
 * A range that leaves out zero in 95 of 100 comparisons would find something by chance in every review, which makes some
 * thirty: ranges wider by this factor find it in one of twenty reviews (Bonferroni: 3.14 standard errors for 1.96).
 */
const MANY = 3.14 / 1.96

export function playbookReview(
  cases: readonly PlayedCase[],
  terms: {
    readonly from: Date
    readonly to: Date
    readonly now: Date
    readonly plan: CarePlan
    readonly entitlements: readonly Entitlement[]
    readonly leaves: LeavesOf
    readonly contactMinor: number
  },
): PlaybookReview {
  const { leaves, plan, entitlements, now } = terms
  const ended = cases.filter((one) => hasEnded(one, leaves))
  const linesBy = (nameOf: (one: PlayedCase) => string | null) => linesOf(cases, nameOf, terms)
  const steps = new Map(cases.map((one) => [one, stepsOf(one, plan, now)]))
  const did = (name: string) => (one: PlayedCase) => steps.get(one)!.find((step) => step.name === name)?.done
  const found = (about: Finding['about'], name: string, holds: (one: PlayedCase) => boolean | undefined) =>
    findingOf(about, name, ended, holds, leaves)
  const books = linesBy(({ cause }) => cause)
  // Written of the lost only, it would seem that none is ever kept.
  const reasons = areReasonsTold(cases) ? linesBy(({ reason }) => reason) : []
  const giftOf = ({ entitlement }: PlayedCase) =>
    entitlementNamed(entitlements, entitlement)?.name ?? (entitlement || null)
  const gifts = linesBy(giftOf).map((line) => ({ ...line, says: givenWords(entitlements, line.name)! }))
  return {
    ...{ from: +terms.from, to: +terms.to, cases: cases.length, retention: retentionOf(cases, leaves) },
    ...{ books, reasons, gifts },
    tiers: linesBy(({ tier }) => tier).sort((a, b) => a.name.localeCompare(b.name)),
    steps: plan.steps.flatMap(({ name, says }) => {
      const asked = [...steps.values()].flatMap((own) => own.filter((step) => step.name === name))
      return asked.length === 0
        ? []
        : [{ name, says, due: asked.length, done: asked.filter(({ done }) => done).length }]
    }),
    findings: [
      ...books.flatMap(({ name }) => found('book', name, ({ cause }) => cause === name)),
      ...reasons.flatMap(({ name }) =>
        found('reason', name, ({ reason }) => (reason === null ? undefined : reason === name)),
      ),
      ...gifts.flatMap(({ name }) => found('gift', name, (one) => giftOf(one) === name)),
      ...plan.steps.flatMap(({ name }) => found('step', name, did(name))),
      ...found('soon', '', ({ openedAt, contactedAt }) =>
        contactedAt === null ? false : +contactedAt - +openedAt <= SOON_MS,
      ),
    ].sort((a, b) => Math.abs(b.change.by) - Math.abs(a.change.by)),
  }
}

function linesOf(
  cases: readonly PlayedCase[],
  nameOf: (one: PlayedCase) => string | null,
  { leaves, contactMinor }: { readonly leaves: LeavesOf; readonly contactMinor: number },
): PlayedLine[] {
  return [...groupedBy(cases, nameOf)]
    .flatMap(([name, own]): PlayedLine[] => {
      if (name === null) return []
      const reached = own.flatMap(({ openedAt, contactedAt }) =>
        contactedAt === null ? [] : [+contactedAt - +openedAt],
      )
      const granted = own.reduce((sum, { costMinor }) => sum + costMinor, 0)
      const totalMinor = granted + reached.length * contactMinor
      const kept = new Set(own.filter(isKept).map(({ customer }) => customer)).size
      return [
        {
          ...{ name, cases: own.length, retention: retentionOf(own, leaves), toReach: median(reached) },
          costPerKept: costPerKept({ totalMinor }, kept),
        },
      ]
    })
    .sort((a, b) => b.cases - a.cases || a.name.localeCompare(b.name))
}

/** A case closed otherwise than kept has no plan any more. */
function stepsOf(one: PlayedCase, plan: CarePlan, now: Date) {
  const { tier, openedAt, closedAt, cause, highValue, probability, actions, contactConsent } = one
  const forecast = probability === null ? {} : { forecast: { probability, days: 0 } }
  const over = isKept(one) ? now : (closedAt ?? now)
  const assessment = { cause, highValue, ...forecast }
  return stepsAsked(plan, { tier, openedAt, assessment }, actions, contactConsent, over)
}

/** Kept among those for whom something holds, beside those for whom it does not; undefined: it was not asked of them. */
function findingOf(
  about: Finding['about'],
  name: string,
  ended: readonly PlayedCase[],
  holds: (one: PlayedCase) => boolean | undefined,
  leaves: LeavesOf,
): Finding[] {
  const own = retentionOf(
    ended.filter((one) => holds(one) === true),
    leaves,
  ).estimate
  const others = retentionOf(
    ended.filter((one) => holds(one) === false),
    leaves,
  ).estimate
  if (own === null || others === null) return []
  const { by, low, high } = changeBetween(own, others)
  const [least, most] = [by - (by - low) * MANY, by + (high - by) * MANY]
  if (least <= 0 && most >= 0) return []
  return [{ about, name, own, others, change: { by, low: least, high: most, clear: true } }]
}
