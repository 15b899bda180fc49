import type { Alert, AlertState, DueClock } from '../src/alerts/alert.ts'
import { fallenSince } from '../src/alerts/fallen.ts'
import type { Command } from '../src/command.ts'
import { ForeshockError } from '../src/errors.ts'
import { mayActAs } from '../src/records/person.ts'
import type { AlertTier } from '../src/risk/assessment.ts'
import { clip, text } from '../src/text.ts'
import { SLA_PAGE, slaCard } from '../templates/sla.ts'
import { dataAgeHours } from './case/customer.ts'
import { answer, nameOf } from './case/move.ts'
import { pageOf } from './case/page.ts'

export interface SlaWords {
  readonly tier: AlertTier | null
  readonly page: number
}

/** What deadlines run for: a snoozed case has none until it wakes but that somebody claims it, a watched one no more. */
const RUNNING: readonly AlertState[] = ['open', 'claimed', 'contacted', 'snoozed']

export const sla: Command<SlaWords> = {
  name: 'sla',
  summary: text(
    '快到时限和已超时的单子，最急的在前；客户经理看自己的和没人认领的',
    'What is running out of time, most pressing first; CSMs see their own and what nobody has claimed',
  ),
  usage: 'sla [P0 | P1 | P2]',
  role: 'csm',
  takes: 'tier',
  parse: parseSla,
  run: async (ctx, request) => {
    const { by, args } = request
    const seesAll = mayActAs(by.role, 'manager')
    const cases = await ctx.store.alerts.list({ states: RUNNING })
    const mine = cases.filter(
      ({ tier, owner }) =>
        (args.tier === null || tier === args.tier) && (seesAll || owner === null || owner === by.id),
    )
    const customers = await ctx.store.customers.many(mine.map(({ customer }) => customer))
    const running = mine.flatMap((alert) => {
      const [due, customer] = [mostPressing(alert), customers.get(alert.customer)]
      return due === null || customer === undefined ? [] : [{ alert, due, customer }]
    })
    running.sort((a, b) => a.due.at.getTime() - b.due.at.getTime() || a.alert.no - b.alert.no)
    const { rows, page, pages, total } = pageOf(running, args.page, SLA_PAGE)
    const latest = await ctx.store.assessments.latestOf(rows.map(({ alert }) => alert.customer))
    const now = ctx.clock.now()
    return answer(ctx, request, slaCard, {
      tier: args.tier,
      rows: rows.map(({ alert, due, customer }) => ({
        no: alert.no,
        tier: alert.tier,
        customer,
        ownerName: nameOf(ctx, alert.owner),
        due,
        fallen: fallenSince(alert, latest.get(alert.customer) ?? null),
      })),
      late: running.filter(({ due }) => due.at <= now).length,
      total,
      page,
      pages,
      dataAgeHours: await dataAgeHours(ctx),
    })
  },
}

/** The step a case waits for: a clock that ran out stays until its step is made. */
function mostPressing({ due, state }: Alert): DueClock | null {
  return due.find(({ clock }) => state !== 'snoozed' || clock === 'claim') ?? null
}

/** @throws ForeshockError BAD_INPUT */
export function parseSla(words: string): SlaWords {
  const found = /^(p[012])?\s*(?:page\s+(\d{1,4}))?$/i.exec(words.trim().normalize('NFKC'))
  if (found === null) {
    throw new ForeshockError(
      'BAD_INPUT',
      text(`看不懂“${clip(words.trim(), 40)}”。`, `"${clip(words.trim(), 40)}" means nothing here.`),
      text('这样写：sla 或 sla P0', 'Write sla or sla P0'),
    )
  }
  return {
    tier: (found[1]?.toUpperCase() as AlertTier | undefined) ?? null,
    page: Math.max(1, Number(found[2] ?? 1)),
  }
}
