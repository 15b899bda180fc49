import type { Alert } from '../alerts/alert.ts'
import { type CareCourse, careCourse } from '../alerts/care-plan.ts'
import type { Context } from '../context.ts'

/** Where a case stands in the plan for customers in danger; null: it has none. */
export async function careOf(
  ctx: Context,
  alert: Alert,
  { contactConsent }: { readonly contactConsent: boolean | null },
): Promise<CareCourse | null> {
  const now = ctx.clock.now()
  // Most cases have none: their actions are not asked for.
  if (careCourse(ctx.carePlan, alert, [], contactConsent, now) === null) return null
  return careCourse(ctx.carePlan, alert, await ctx.store.alerts.actions(alert.id), contactConsent, now)
}
