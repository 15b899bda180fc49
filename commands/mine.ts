import type { Alert, AlertState } from '../src/alerts/alert.ts'
import { fallenSince } from '../src/alerts/fallen.ts'
import type { Command } from '../src/command.ts'
import type { Context } from '../src/context.ts'
import { text } from '../src/text.ts'
import { MINE_PAGE, mineCard } from '../templates/mine.ts'
import { dataAgeHours, moneyView } from './case/customer.ts'
import { answer } from './case/move.ts'
import { type Paged, pageOf, parsePage } from './case/page.ts'

const MINE: readonly AlertState[] = ['claimed', 'contacted', 'snoozed', 'watch']

export const mine: Command<Paged> = {
  name: 'mine',
  summary: text(
    '我认领的和等我认领的客户，最急的在前',
    'The cases I claimed or am asked to claim, most pressing first',
  ),
  usage: 'mine',
  role: 'csm',
  parse: (words) => parsePage(words, mine.usage),
  run: async (ctx, request) => {
    const me = request.by.id
    const claimed = await ctx.store.alerts.list({ states: MINE, owner: me })
    const asked = (await ctx.store.alerts.list({ states: ['open'] })).filter(
      ({ assignee }) => assignee === me,
    )
    const cases = [...claimed, ...asked].sort(byNextDeadline)
    const { rows, page, pages, total } = pageOf(cases, request.args.page, MINE_PAGE)
    const customers = await ctx.store.customers.many(rows.map((alert) => alert.customer))
    const latest = await ctx.store.assessments.latestOf(rows.map((alert) => alert.customer))
    return answer(ctx, request, mineCard, {
      cases: rows.map((alert) => ({
        alert,
        customer: customers.get(alert.customer)!,
        fallen: fallenSince(alert, latest.get(alert.customer) ?? null),
      })),
      total,
      page,
      pages,
      waiting: await waitingFor(ctx, me),
      money: moneyView(ctx),
      dataAgeHours: await dataAgeHours(ctx),
      maskNames: false,
    })
  },
}

/** Customers of mine whose card waits for a day with room. */
async function waitingFor(ctx: Context, me: string): Promise<number> {
  const [run] = await ctx.store.assessments.runs(1)
  return run === undefined ? 0 : ctx.store.customers.countKeptBy(me, run.deferred)
}

function byNextDeadline(a: Alert, b: Alert): number {
  return nextOf(a) - nextOf(b) || a.no - b.no
}

function nextOf(alert: Alert): number {
  const running = alert.state === 'watch' ? alert.watchUntil : (alert.snoozedUntil ?? alert.due[0]?.at)
  return running?.getTime() ?? Number.POSITIVE_INFINITY
}
