import { churnLookedAt, parseReview, playbooksLookedAt } from '../../commands/review.ts'
import { churnReviewCard } from '../../templates/churn-review.ts'
import { playbookReviewCard } from '../../templates/playbook-review.ts'
import { noEffectNote } from '../../templates/roi.ts'
import type { Context } from '../context.ts'
import { localeOf } from './program.ts'
import { cardText } from './tables.ts'
import type { Terminal } from './terminal.ts'

/** `foreshock review`: a look back on playbooks, or on churn and return. */
export async function reviewVerb(ctx: Context, terminal: Terminal, words: readonly string[]): Promise<void> {
  const { about, period } = parseReview(words.join(' '))
  const view = { locale: localeOf(ctx), timeZone: ctx.config.company.timeZone, now: ctx.clock.now() }
  if (about === 'playbooks') {
    const data = await playbooksLookedAt(ctx, period)
    return terminal.result(data, cardText(playbookReviewCard(data, view)))
  }
  const data = await churnLookedAt(ctx, period)
  terminal.result(
    data ?? {},
    cardText(data === null ? noEffectNote(null, view) : churnReviewCard(data, view)),
  )
}
