import type { Alert, AlertState } from '../src/alerts/alert.ts'
import { DAY } from '../src/clock.ts'
import type { Command, Reply, Request } from '../src/command.ts'
import type { Context } from '../src/context.ts'
import { ForeshockError } from '../src/errors.ts'
import { careOf } from '../src/judging/care-course.ts'
import { weekReport } from '../src/judging/week.ts'
import { mayActAs } from '../src/records/person.ts'
import { instantOf, midnightBefore } from '../src/records/zone.ts'
import { MORNING, morningPart } from '../src/reports/morning.ts'
import { clip, text } from '../src/text.ts'
import { morningCard } from '../templates/morning.ts'
import { weekCard } from '../templates/week.ts'
import { dataAgeHours, moneyView } from './case/customer.ts'
import { answer } from './case/move.ts'
import { mineToTell } from './voc/theme-mine.ts'

export type DigestWords = 'mine' | 'week' | 'usual'

export const digest: Command<DigestWords> = {
  name: 'digest',
  summary: text(
    '今天要办的：超时、今天到期、新来的、观察期要留意的；主管看一周小结',
    'What today asks of me: late, due, new, watches to look at; managers get the week’s report',
  ),
  usage: 'digest [mine | week]',
  role: 'csm',
  takes: 'digest',
  parse: parseDigest,
  run: async (ctx, request) => {
    const isManager = mayActAs(request.by.role, 'manager')
    if (request.args === 'week' && !isManager) throw forManagers()
    const wantsWeek = request.args === 'week' || (request.args === 'usual' && isManager)
    return wantsWeek
      ? answer(ctx, request, weekCard, { ...(await weekReport(ctx)), currency: ctx.config.company.currency })
      : morning(ctx, request)
  },
}

/** @throws ForeshockError BAD_INPUT */
export function parseDigest(words: string): DigestWords {
  const said = words.trim().toLowerCase()
  if (said === '') return 'usual'
  if (/^(mine|today|我的|今天)$/.test(said)) return 'mine'
  if (/^(week|weekly|周报|本周|上周)$/.test(said)) return 'week'
  throw new ForeshockError(
    'BAD_INPUT',
    text(`digest 没有“${clip(said, 40)}”这一项。`, `digest does not know "${clip(said, 40)}".`),
    text(`这样写：${digest.usage}`, `Write it like this: ${digest.usage}`),
  )
}

const HELD: readonly AlertState[] = ['claimed', 'contacted', 'snoozed', 'watch']

async function morning(ctx: Context, request: Request<unknown>): Promise<Reply> {
  const { id, timeZone } = request.by
  const now = ctx.clock.now()
  const endOfDay = new Date(instantOf(midnightBefore(now.getTime(), timeZone) + DAY, timeZone) - 1)
  const held = await ctx.store.alerts.list({ states: HELD, owner: id })
  const asked = (await ctx.store.alerts.list({ states: ['open'] })).filter(({ assignee }) => assignee === id)
  const all = [...held, ...asked]
  const customers = await ctx.store.customers.many(all.map(({ customer }) => customer))
  const parts = MORNING.map((part) => ({
    part,
    cases: all
      .filter((alert) => morningPart(alert, now, endOfDay) === part)
      .sort(byDeadline)
      .map((alert) => ({ alert, customer: customers.get(alert.customer)! })),
  }))
  const [run] = await ctx.store.assessments.runs(1)
  return answer(ctx, request, morningCard, {
    parts: parts.filter(({ cases }) => cases.length > 0),
    planned: await plannedOf(ctx, id, held, now),
    toTell: await mineToTell(ctx, id),
    total: all.length,
    waiting: run === undefined ? 0 : await ctx.store.customers.countKeptBy(id, run.deferred),
    money: moneyView(ctx),
    dataAgeHours: await dataAgeHours(ctx),
  })
}

/** Cases of this person whose plan asks for something now; who was kept stays in it until its weeks are over. */
async function plannedOf(ctx: Context, owner: string, held: readonly Alert[], now: Date) {
  const since = now.getTime() - ctx.carePlan.weeks * 7 * DAY
  const kept = await ctx.store.alerts.list({ states: ['retained'], owner })
  const all = [...held, ...kept].filter(
    ({ openedAt, state }) => openedAt.getTime() > since && state !== 'snoozed',
  )
  const customers = await ctx.store.customers.many(all.map(({ customer }) => customer))
  const planned = []
  for (const alert of all) {
    const customer = customers.get(alert.customer)
    if (customer === undefined) continue
    const [step] = (await careOf(ctx, alert, customer))?.due ?? []
    if (step !== undefined) planned.push({ alert, customer, step })
  }
  return planned.sort((a, b) => +a.step.dueAt - +b.step.dueAt || a.alert.no - b.alert.no)
}

function byDeadline(a: Alert, b: Alert): number {
  const at = ({ due, watchUntil, snoozedUntil }: Alert) => +(due[0]?.at ?? snoozedUntil ?? watchUntil ?? 0)
  return a.tier.localeCompare(b.tier) || at(a) - at(b) || a.no - b.no
}

function forManagers(): ForeshockError {
  return new ForeshockError(
    'FORBIDDEN',
    text('周报只对主管开放。', 'The week’s report is for managers.'),
    text('输入 digest 看自己今天要办的。', 'Type digest for what today asks of you.'),
  )
}
