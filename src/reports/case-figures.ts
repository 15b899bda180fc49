import { type AlertState, CLOSED, type SlaClock } from '../alerts/alert.ts'
import { medianOf } from '../features/median.ts'
import type { AlertTier } from '../risk/assessment.ts'
import type { CaseRow } from './case-row.ts'
import { ENOUGH, type Share, shareWhere } from './figure.ts'
import { groupedBy } from './grouped.ts'

/** How a set of cases stands, and how those of them went that were opened since some instant. */
export interface CaseFigures {
  /** Opened since then. */
  readonly cases: number
  /** Cases not closed, by tier and state. */
  readonly standing: Readonly<Record<AlertTier, Readonly<Partial<Record<AlertState, number>>>>>
  /** Waiting for someone, and being worked (claimed, contacted or snoozed). */
  readonly unclaimed: number
  readonly load: number
  /** Of the open ones, those with a deadline that ran out. */
  readonly late: number
  /** Of cases opened since then, as is all below: deadlines kept, of those that were met or missed. */
  readonly kept: Readonly<Record<SlaClock, Share>>
  /** Median time from opening to the claim, milliseconds; null while too few were claimed. */
  readonly claimMs: number | null
  readonly claims: number
  readonly retained: { readonly marked: number; readonly confirmed: number; readonly relapsed: number }
  /** Judged to be no risk, of those that came to an end. */
  readonly dismissed: Share
}

const EVER = new Date(0)
const WORKING: readonly AlertState[] = ['claimed', 'contacted', 'snoozed']

export function caseFigures(rows: readonly CaseRow[], since: Date = EVER): CaseFigures {
  const open = rows.filter(({ state }) => !CLOSED.includes(state))
  // An older case that is still open stands, but tells nothing of how work goes now.
  const recent = rows.filter(({ openedAt }) => openedAt >= since)
  const ended = recent.filter(({ state }) => CLOSED.includes(state))
  const claimed = recent.flatMap(({ openedAt, claimedAt }) =>
    claimedAt === null ? [] : [claimedAt.getTime() - openedAt.getTime()],
  )
  const inState = (state: AlertState): number => recent.filter((row) => row.state === state).length
  return {
    cases: recent.length,
    standing: { P0: byState(open, 'P0'), P1: byState(open, 'P1'), P2: byState(open, 'P2') },
    unclaimed: rows.filter(({ state }) => state === 'open').length,
    load: rows.filter(({ state }) => WORKING.includes(state)).length,
    late: open.filter(({ state, missed }) => state !== 'watch' && missed.length > 0).length,
    kept: {
      claim: keptOf(recent, 'claim'),
      reach: keptOf(recent, 'reach'),
      outcome: keptOf(recent, 'outcome'),
    },
    claimMs: claimed.length < ENOUGH ? null : medianOf(claimed),
    claims: claimed.length,
    retained: {
      marked: recent.filter(({ watchFrom }) => watchFrom !== null).length,
      confirmed: inState('retained'),
      relapsed: inState('relapsed'),
    },
    dismissed: shareWhere(ended, ({ state }) => state === 'dismissed'),
  }
}

/** The same figures for each group, the one with most work first; null is "not known". */
export function figuresBy(
  rows: readonly CaseRow[],
  keyOf: (row: CaseRow) => string | null,
  since?: Date,
): { readonly key: string | null; readonly figures: CaseFigures }[] {
  return [...groupedBy(rows, keyOf)]
    .map(([key, members]) => ({ key, figures: caseFigures(members, since) }))
    .sort(
      (a, b) =>
        b.figures.unclaimed + b.figures.load - (a.figures.unclaimed + a.figures.load) ||
        b.figures.cases - a.figures.cases ||
        (a.key ?? '').localeCompare(b.key ?? ''),
    )
}

function byState(open: readonly CaseRow[], tier: AlertTier): Partial<Record<AlertState, number>> {
  const counts: Partial<Record<AlertState, number>> = {}
  for (const { state, tier: own } of open) if (own === tier) counts[state] = (counts[state] ?? 0) + 1
  return counts
}

/** A deadline that still runs says nothing yet; one that ran out stays missed, whatever came later. */
function keptOf(rows: readonly CaseRow[], clock: SlaClock): Share {
  const told = rows.filter((row) => row.missed.includes(clock) || isMet(row, clock))
  return shareWhere(told, ({ missed }) => !missed.includes(clock))
}

/** What counts as met: "not a risk" is an answer, so it claims; it neither reaches anyone nor is it an outcome. */
function isMet(row: CaseRow, clock: SlaClock): boolean {
  const ended = row.watchFrom !== null || row.hasOutcome
  if (clock === 'outcome') return ended
  if (clock === 'reach') return ended || row.contactedAt !== null
  return ended || row.claimedAt !== null || row.state === 'dismissed'
}
