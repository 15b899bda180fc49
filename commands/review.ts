import { DAY } from '../src/clock.ts'
import type { Command } from '../src/command.ts'
import type { Context } from '../src/context.ts'
import { ForeshockError } from '../src/errors.ts'
import { reviewChurn } from '../src/judging/churn-review.ts'
import { reviewPlaybooks } from '../src/judging/playbook-review.ts'
import type { ChurnReview } from '../src/reports/churn-review.ts'
import type { PeriodWords } from '../src/reports/period.ts'
import type { Stretch } from '../src/reports/roi.ts'
import { clip, text } from '../src/text.ts'
import { churnReviewCard } from '../templates/churn-review.ts'
import { type PlaybookReviewData, playbookReviewCard } from '../templates/playbook-review.ts'
import { noEffectNote } from '../templates/roi.ts'
import { writeLike } from '../templates/usage.ts'
import { answer } from './case/move.ts'
import { periodIn, periodMeant } from './case/period.ts'

export interface ReviewWords {
  readonly about: 'playbooks' | 'churn'
  /** Null: the newest quarter or half-year of which enough is known. */
  readonly period: PeriodWords | null
}

const QUARTER_DAYS = 91
const HALF_DAYS = 183

export const review: Command<ReviewWords> = {
  name: 'review',
  summary: text(
    '复盘：哪些做法留得住人、哪些步骤没做；流失前后对比、投入产出、漏掉的离开客户',
    'Looking back: which ways of working keep customers; churn, return, and leavers nobody warned of',
  ),
  usage: 'review [playbooks | churn] [2026-Q3]',
  role: 'manager',
  takes: 'review',
  parse: parseReview,
  run: async (ctx, request) => {
    const { about, period } = request.args
    if (about === 'playbooks')
      return answer(ctx, request, playbookReviewCard, await playbooksLookedAt(ctx, period))
    const found = await churnLookedAt(ctx, period)
    return found === null
      ? answer(ctx, request, noEffectNote, null)
      : answer(ctx, request, churnReviewCard, found)
  },
}

/** What each way of working came to, by default in the last quarter of days. */
export async function playbooksLookedAt(
  ctx: Context,
  period: PeriodWords | null,
): Promise<PlaybookReviewData> {
  const review = await reviewPlaybooks(ctx, stretchOf(ctx, period, QUARTER_DAYS), period === null)
  return { review, currency: ctx.config.company.currency }
}

/** Churn and return, by default of the last half-year of days; null: there is no case yet. */
export function churnLookedAt(ctx: Context, period: PeriodWords | null): Promise<ChurnReview | null> {
  return reviewChurn(ctx, stretchOf(ctx, period, HALF_DAYS))
}

/** @throws ForeshockError BAD_INPUT */
export function parseReview(words: string): ReviewWords {
  const { rest, period } = periodIn(words)
  const said = rest.toLowerCase()
  if (/^(|playbooks?|做法|话术)$/u.test(said)) return { about: 'playbooks', period }
  if (/^(churn|流失)$/u.test(said)) return { about: 'churn', period }
  throw new ForeshockError(
    'BAD_INPUT',
    text(`review 没有“${clip(rest, 40)}”这一项。`, `review does not know "${clip(rest, 40)}".`),
    writeLike(review.usage),
  )
}

function stretchOf({ clock, config }: Context, period: PeriodWords | null, days: number): Stretch {
  const now = clock.now()
  if (period !== null) return periodMeant(period, now, config.company.timeZone)
  return { from: new Date(+now - days * DAY), to: now }
}
