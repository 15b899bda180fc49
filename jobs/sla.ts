import type { Alert, SlaClock } from '../src/alerts/alert.ts'
import type { DueTimer, Move, TimerKind } from '../src/alerts/move.ts'
import type { Context } from '../src/context.ts'
import type { Job } from '../src/job.ts'
import { chainOf } from '../src/judging/chain.ts'

/**
 * Rings every timer that has run out: owners are reminded, missed deadlines go up the chain of leads, claims without
 * progress are asked about and released, snoozed cases wake. Then seals the log of what has been done.
 */
export const sla: Job = {
  name: 'sla',
  cron: '* * * * *',
  // A long pull must not hold a deadline back.
  lane: 'deadlines',
  run: async (ctx, signal) => {
    const now = ctx.clock.now()
    const timers = await ctx.store.timers.due(now)
    const due = timers.filter((timer) => timer.kind !== 'watch-end').sort(wakingFirst)
    const rules = await ctx.caseRules()
    let changed = 0
    for (const timer of due) {
      if (signal.aborted) break
      const rang = await ctx.store.transaction(async (tables) => {
        // Marked first: of two processes only one goes on.
        if (!(await tables.timers.fire(timer.id, now))) return false
        const alert = await tables.alerts.get(timer.alert)
        const call = alert === null ? null : await callOf(ctx, tables, timer, alert, now)
        if (call === null) return false
        const { to, ...move } = call
        const asked = {
          person: null,
          via: 'sla',
          request: null,
          note: '',
          detail: detailOf(timer, alert!, to),
        }
        const moved = await tables.cases.move(timer.alert, { ...move, by: null, at: now }, asked, rules)
        return moved.done
      })
      if (rang) changed += 1
    }
    if (changed > 0) ctx.wake()
    await ctx.store.audit.seal(now)
    return { seen: due.length, changed, failed: 0 }
  },
}

type Call = Pick<Move, 'verb' | 'missed'> & { readonly to: string | null }

/** What a timer asks for; null when there is nobody left to tell, or, after downtime, nothing left to remind of. */
async function callOf(
  ctx: Context,
  { customers }: Pick<Context['store'], 'customers'>,
  { kind, dueAt }: DueTimer,
  alert: Alert,
  now: Date,
): Promise<Call | null> {
  const clock = clockOf(kind)
  if (clock === null) return { verb: CALLS[kind as keyof typeof CALLS], to: alert.owner }
  if (kind.startsWith('remind-')) {
    const isAhead = alert.due.some((due) => due.clock === clock && due.at > now)
    return isAhead ? { verb: 'remind', to: alert.owner ?? alert.assignee } : null
  }
  const chain = chainOf(ctx, alert, await customers.get(alert.customer))
  const missed = { clock, at: dueAt }
  if (kind.startsWith('sla-')) return { verb: 'overdue', missed, to: chain[0]?.id ?? null }
  const higher = chain[1]
  return higher === undefined ? null : { verb: 'escalate', to: higher.id }
}

const CALLS = { 'stale-ask': 'ask', 'stale-release': 'release', wake: 'wake' } as const

/** A reminder tells of the deadline it comes before, the others of the time that has passed. */
function detailOf({ kind, dueAt }: DueTimer, alert: Alert, to: string | null) {
  const clock = clockOf(kind)
  const coming = kind.startsWith('remind-') ? alert.due.find((due) => due.clock === clock)?.at : undefined
  return {
    ...(clock === null ? {} : { clock, dueAt: (coming ?? dueAt).toISOString() }),
    ...(to === null ? {} : { to }),
  }
}

function clockOf(kind: TimerKind): SlaClock | null {
  const [, clock] = /^(?:sla|remind|up)-(claim|reach|outcome)$/.exec(kind) ?? []
  return (clock as SlaClock | undefined) ?? null
}

/** A case that wakes with a deadline at the same moment first says that it is back. */
function wakingFirst(a: { kind: TimerKind; dueAt: Date }, b: { kind: TimerKind; dueAt: Date }): number {
  return a.dueAt.getTime() - b.dueAt.getTime() || Number(b.kind === 'wake') - Number(a.kind === 'wake')
}
