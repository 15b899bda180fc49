import type { Alert, AlertState } from '../src/alerts/alert.ts'
import type { Command } from '../src/command.ts'
import { text } from '../src/text.ts'
import { MINE_PAGE, mineCard } from '../templates/mine.ts'
import { moneyView } from './case/customer.ts'
import { answer } from './case/move.ts'
import { type Paged, pageOf, parsePage } from './case/page.ts'

const MINE: readonly AlertState[] = ['claimed', 'contacted', 'snoozed', 'watch']

export const mine: Command<Paged> = {
  name: 'mine',
  summary: text('我认领的客户，最急的在前', 'The cases I claimed, most pressing first'),
  usage: 'mine',
  role: 'csm',
  parse: (words) => parsePage(words, mine.usage),
  run: async (ctx, request) => {
    const cases = await ctx.store.alerts.list({ states: MINE, owner: request.by.id })
    const { rows, page, pages, total } = pageOf(cases.sort(byNextDeadline), request.args.page, MINE_PAGE)
    const customers = await ctx.store.customers.many(rows.map((alert) => alert.customer))
    return answer(ctx, request, mineCard, {
      cases: rows.map((alert) => ({ alert, customer: customers.get(alert.customer)! })),
      total,
      page,
      pages,
      money: moneyView(ctx),
      maskNames: false,
    })
  },
}

function byNextDeadline(a: Alert, b: Alert): number {
  return nextOf(a) - nextOf(b) || a.no - b.no
}

function nextOf(alert: Alert): number {
  const running = alert.state === 'watch' ? alert.watchUntil : (alert.snoozedUntil ?? alert.due[0]?.at)
  return running?.getTime() ?? Number.POSITIVE_INFINITY
}
