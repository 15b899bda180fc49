import { DAY } from '../clock.ts'
import { firstFrom } from '../features/columns.ts'
import type { Profile } from '../features/profile.ts'
import { type Text, text } from '../text.ts'
import type { History } from '../timeline/history.ts'
import { rhythmOf } from './rhythm.ts'
import type { Evidence } from './signal.ts'

const LOGIN = 'login'
/** What counts as buying, where the customer has ever done it. */
const PURCHASES = ['order', 'payment', 'visit']
/** Logins in the time before that make a habit one can fall from. */
const LEAST_LOGINS = 3

/** `days`: of the silence, as it is set. */
const LABELS = {
  logins: text('登录次数', 'logins'),
  allLogins: (days: number) =>
    text(`登录次数（以往合计 → 近 ${days} 天）`, `logins (so far → last ${days} days)`),
  purchases: (days: number) =>
    text(`消费次数（此前一年 → 近 ${days} 天）`, `purchases (the year before → last ${days} days)`),
} as const

/** What the customer does while silent, where it is measured. */
export interface Doing {
  readonly confirms: boolean
  readonly kinds: readonly string[]
  readonly evidence: Evidence
  since(): number
}

/** Logins of the last days against as many days before; null without a habit of logging in that could have stopped. */
export function loginsOf(history: History, days: number, logins: number): Doing | null {
  const { at } = history.events(LOGIN)
  const moveAt = (instant: number) => {
    const before = countIn(at, instant - 2 * days * DAY, instant - days * DAY)
    return { before, after: countIn(at, instant - days * DAY, instant) }
  }
  const { before, after } = moveAt(history.asOf)
  // Logins that stopped even earlier leave no "before" in the window, and are gone all the same.
  const gone = before === 0 && after === 0 && at.length >= LEAST_LOGINS
  const fell = (one: { before: number; after: number }) => one.after <= (1 - logins) * one.before
  // Too few to fall from; and yet whoever still logs in is not gone.
  if (before < LEAST_LOGINS && !gone && fell({ before, after })) return null
  return {
    confirms: gone || fell({ before, after }),
    kinds: [LOGIN],
    evidence: gone
      ? evidenceOf(LOGIN, LABELS.allLogins(days), at.length, 0, 0)
      : evidenceOf(LOGIN, LABELS.logins, before, after, days),
    since: () => {
      let since = history.asOf
      while (since > history.asOf - days * DAY && fell(moveAt(since - DAY))) since -= DAY
      return since
    },
  }
}

/**
 * Purchases that stopped: none for these days although there were some before, and longer than the customer's own
 * rhythm of coming. Null without earlier purchases.
 */
export function purchasesOf(history: History, profile: Profile, days: number): Doing | null {
  const kinds = PURCHASES.filter((kind) => history.count(kind) > 0)
  if (kinds.length === 0) return null
  const opens = history.asOf - days * DAY
  let [before, after] = [0, 0]
  for (const kind of kinds) {
    const { at } = history.events(kind)
    before += countIn(at, opens - 365 * DAY, opens)
    after += countIn(at, opens, history.asOf)
  }
  const rhythm = kinds.includes(profile.rhythm.kind) ? rhythmOf(history, profile) : null
  const last = Math.max(...kinds.map((kind) => history.last(kind)))
  return {
    confirms: after === 0 && (rhythm === null || rhythm.missed >= 1),
    kinds,
    evidence: evidenceOf('purchase', LABELS.purchases(days), before, after, 0),
    since: () => last + Math.max(days, rhythm?.usualDays ?? 0) * DAY,
  }
}

function countIn(at: Float64Array, from: number, to: number): number {
  return firstFrom(at, 0, at.length, to) - firstFrom(at, 0, at.length, from)
}

function evidenceOf(feature: string, label: Text, before: number, after: number, days: number): Evidence {
  const how = after === 0 ? 'to-nothing' : after < before ? 'down' : 'up'
  return { kind: 'change', feature: `silence_${feature}`, label, before, after, how, days }
}
