import { nameOf } from '../../commands/case/move.ts'
import type { AlertCardData } from '../../templates/alert-data.ts'
import type { Alert } from '../alerts/alert.ts'
import type { RelapseReason } from '../alerts/follow-up.ts'
import type { Context } from '../context.ts'
import { takesCases } from '../judging/capacity.ts'

/** What a card tells of the case of the same customer that came before; null: there was none. */
export async function repeatOf(ctx: Context, alert: Alert): Promise<AlertCardData['repeatOf']> {
  const earlier = alert.previous === null ? null : await ctx.store.alerts.get(alert.previous)
  if (earlier === null) return null
  const { no, owner } = earlier
  const note = (await lastNote(ctx, earlier.id)) ?? ''
  if (alert.trigger !== 'relapse') return { no, note, relapse: null }
  const [opened] = await ctx.store.alerts.actions(alert.id)
  const isPassedOn = alert.assignee !== owner && !takesCases(ctx, owner)
  return {
    ...{ no, note, relapse: (opened?.note ?? null) as RelapseReason | null },
    ...(isPassedOn ? { keptBy: nameOf(ctx, owner) } : {}),
  }
}

/** The last thing a person wrote about a case. */
export function lastNote(ctx: Context, alert: string): Promise<string | null> {
  return ctx.store.alerts.lastNote(
    alert,
    ctx.people.all.map(({ id }) => id),
  )
}
