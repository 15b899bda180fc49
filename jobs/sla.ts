import type { SlaClock } from '../src/alerts/alert.ts'
import type { TimerKind } from '../src/alerts/change.ts'
import type { Job } from '../src/job.ts'

/** Rings every clock that has run out: missed deadlines are told in the thread, snoozed cases wake. */
export const sla: Job = {
  name: 'sla',
  cron: '* * * * *',
  run: async (ctx, signal) => {
    const now = ctx.clock.now()
    const timers = await ctx.store.alerts.dueTimers(now)
    const due = timers.filter((timer) => timer.kind !== 'watch-end').sort(wakingFirst)
    const rules = await ctx.caseRules()
    let changed = 0
    for (const timer of due) {
      if (signal.aborted) break
      const rang = await ctx.store.transaction(async (tables) => {
        // Marked first: of two processes only one goes on.
        if (!(await tables.alerts.fire(timer.id, now))) return false
        const verb = timer.kind === 'wake' ? 'wake' : 'overdue'
        const detail = {
          clock: timer.kind.slice('sla-'.length) as SlaClock,
          dueAt: timer.dueAt.toISOString(),
        }
        const asked = {
          person: null,
          via: 'sla',
          request: null,
          note: '',
          ...(verb === 'overdue' ? { detail } : {}),
        }
        const moved = await tables.cases.move(timer.alert, { verb, by: null, at: now }, asked, rules)
        return moved.done
      })
      if (rang) changed += 1
    }
    if (changed > 0) ctx.wake()
    return { seen: due.length, changed, failed: 0 }
  },
}

/** A case that wakes with a deadline at the same moment first says that it is back. */
function wakingFirst(a: { kind: TimerKind; dueAt: Date }, b: { kind: TimerKind; dueAt: Date }): number {
  return a.dueAt.getTime() - b.dueAt.getTime() || Number(b.kind === 'wake') - Number(a.kind === 'wake')
}
