import { DAY } from '../../src/clock.ts'
import type { Context } from '../../src/context.ts'
import type { Warning } from '../../src/reports/effect.ts'
import type { Stretch } from '../../src/reports/roi.ts'
import { isAlertTier, TIERS } from '../../src/risk/assessment.ts'
import type { ScoringTerms } from '../../src/risk/scorer.ts'
import { text } from '../../src/text.ts'
import { nightsUpTo, overNights } from '../settings/replay.ts'

/**
 * Whom past nights would have flagged, as they are judged now, and when first. Cases standing on the first night are older
 * than it, as in every replay: they are left out.
 */
export async function flaggedIn(
  ctx: Context,
  terms: ScoringTerms,
  { from, to }: Stretch,
  whose: ReadonlySet<string>,
): Promise<Warning[]> {
  const first = new Map<string, Date | null>()
  const nights = await nightsUpTo(ctx, to, (+to - +from) / DAY, 1)
  await overNights(
    ctx,
    nights,
    text('正在重放过去两个月', 'Replaying two past months'),
    async (asOf, done) => {
      const { facts, tiers } = await ctx.scorer.night(asOf, terms)
      for (const [index, { id }] of [...facts].entries()) {
        if (!whose.has(id) || first.has(id) || !isAlertTier(TIERS[tiers[index]!]!)) continue
        first.set(id, done === 0 ? null : asOf)
      }
    },
  )
  return [...first].flatMap(([customer, openedAt]) => (openedAt === null ? [] : [{ customer, openedAt }]))
}
