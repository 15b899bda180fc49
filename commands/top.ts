import type { Command } from '../src/command.ts'
import type { Context } from '../src/context.ts'
import { mayActAs } from '../src/records/person.ts'
import { text } from '../src/text.ts'
import { type GroupsCardData, groupsCard } from '../templates/groups.ts'
import { TOP_PAGE, type TopCardData, type TopRow, topCard } from '../templates/top.ts'
import { ask } from './ask.ts'
import { dataAgeHours, moneyView } from './case/customer.ts'
import { answer, nameOf } from './case/move.ts'
import { pageOf } from './case/page.ts'
import { groupsOf } from './ranking/groups.ts'
import { type Ranked, ranking } from './ranking/ranking.ts'
import { parseTop, type TopWords } from './ranking/words.ts'

export const top: Command<TopWords> = {
  name: 'top',
  summary: text(
    '风险客户排行和升降；可筛选，也可按客群、门店等分组',
    'Customers at risk, ranked, with who rose; filtered, or in groups',
  ),
  usage: 'top 20 [P0] [STORE | REGION | OWNER | SEGMENT] [by store]',
  role: 'viewer',
  takes: 'ranking',
  parse: parseTop,
  run: async (ctx, request) => {
    const { args, by } = request
    if (args.by !== null) return answer(ctx, request, groupsCard, await groupedList(ctx, args))
    const list = await rankedList(ctx, args, mayActAs(by.role, 'manager'))
    return answer(ctx, request, topCard, {
      ...list,
      mayAsk: mayActAs(by.role, ask.role),
      // Whoever sees only some is not told that there are none.
      isEmpty: list.isEmpty === true && (by.sees ?? 'all') === 'all',
    })
  },
}

/** The list as data, for the chat's card and the command line's table. `seesHeld`: whether it says who is held out. */
export async function rankedList(ctx: Context, asked: TopWords, seesHeld: boolean): Promise<TopCardData> {
  const ranked = await ranking(ctx, asked.only)
  const wanted = ranked.slice(0, asked.count)
  const { rows, page, pages, total } = pageOf(wanted, asked.page, TOP_PAGE)
  const assessments = await ctx.store.assessments.latestOf(rows.map(({ judged }) => judged))
  const shown = await Promise.all(
    rows.map(async (row, index): Promise<TopRow | null> => {
      const assessment = assessments.get(row.judged)
      if (assessment === undefined) return null
      const rank = (page - 1) * TOP_PAGE + index + 1
      const { customer, moved, deferred } = row
      const held = seesHeld && row.held
      return { rank, customer, moved, deferred, held, assessment, alert: await caseOf(ctx, row) }
    }),
  )
  return {
    asked: askedWords(asked),
    rows: shown.filter((row) => row !== null),
    total: Math.max(total, ranked.length),
    // Counting them all takes time: only who finds nobody asks whether there are any.
    isEmpty: ranked.length === 0 && (await ctx.store.customers.count()) === 0,
    newcomers: wanted.some(({ moved }) => moved === null)
      ? null
      : wanted.filter(({ moved }) => moved === 'new').length,
    page,
    pages,
    money: moneyView(ctx),
    dataAgeHours: await dataAgeHours(ctx),
    feeds: await ctx.scorer.feeds(ctx.clock.now()),
    maskNames: false,
  }
}

/** The same customers in groups. */
export async function groupedList(ctx: Context, asked: TopWords): Promise<GroupsCardData> {
  const by = asked.by ?? 'store'
  const groups = await groupsOf(ctx, await ranking(ctx, asked.only), by)
  return {
    by,
    asked: askedWords(asked),
    ...pageOf(groups.slice(0, asked.count), asked.page, TOP_PAGE),
    total: groups.length,
    money: moneyView(ctx),
    dataAgeHours: await dataAgeHours(ctx),
  }
}

function askedWords({ count, only, by }: TopWords): string {
  return ['top', String(count), only, by === null ? null : `by ${by}`].filter(Boolean).join(' ')
}

async function caseOf(ctx: Context, { customer }: Ranked): Promise<TopRow['alert']> {
  const alert = await ctx.store.alerts.current(customer.id)
  if (alert === null) return null
  const { no, state, owner, openedAt } = alert
  return { no, state, ownerName: nameOf(ctx, owner), openedAt }
}
