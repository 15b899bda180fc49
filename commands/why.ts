import { fallenSince } from '../src/alerts/fallen.ts'
import type { Command } from '../src/command.ts'
import { standingOf } from '../src/risk/standing.ts'
import { text } from '../src/text.ts'
import { notScoredNote } from '../templates/note.ts'
import { whyCard } from '../templates/why.ts'
import { customerMeant, moneyView } from './case/customer.ts'
import { answer } from './case/move.ts'
import { verdictOn } from './case/verdict.ts'
import { parseCustomer } from './case/words.ts'

export const why: Command<string> = {
  name: 'why',
  summary: text(
    '看一位客户为什么被预警：信号、证据、数据来源',
    'Why a customer is at risk: signals, evidence, what judged it',
  ),
  usage: 'why C-123',
  role: 'viewer',
  takes: 'customer',
  parse: (words) => parseCustomer(words, why.usage),
  run: async (ctx, request) => {
    const { customer, alert } = await customerMeant(ctx, request.args)
    const assessment = alert?.assessment ?? (await verdictOn(ctx, customer))
    if (assessment === null) return answer(ctx, request, notScoredNote, { no: customer.no })
    return answer(ctx, request, whyCard, {
      customer,
      assessment,
      caseNo: alert?.no ?? null,
      fallen: alert === null ? null : fallenSince(alert, await ctx.store.assessments.latest(customer.id)),
      money: moneyView(ctx),
      standing: standingOf(assessment, ctx.profile, ctx.segmentPlan),
      feeds: await ctx.scorer.feeds(ctx.clock.now()),
      maskNames: false,
    })
  },
}
