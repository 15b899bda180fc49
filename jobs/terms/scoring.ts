import { mutesFrom } from '../../src/alerts/mutes.ts'
import type { Context } from '../../src/context.ts'
import type { ScoringTerms } from '../../src/risk/scorer.ts'

/** What a scoring is held to now: the settings, and what people have judged to be no risk. */
export async function scoringTerms(ctx: Context): Promise<ScoringTerms> {
  const dismissed = await ctx.store.alerts.list({ states: ['dismissed'] })
  return { ...(await ctx.settings()), mutes: mutesFrom(dismissed) }
}
