import type { Command } from '../src/command.ts'
import type { Context } from '../src/context.ts'
import { ForeshockError } from '../src/errors.ts'
import { nearest } from '../src/nearest.ts'
import { TIERS, type Tier } from '../src/risk/assessment.ts'
import { text } from '../src/text.ts'
import type { Customer } from '../src/timeline/history.ts'
import { TOP_PAGE, type TopCardData, type TopRow, topCard } from '../templates/top.ts'
import { dataAgeHours, moneyView } from './case/customer.ts'
import { answer, nameOf } from './case/move.ts'
import { pageOf } from './case/page.ts'

export interface TopWords {
  /** How many customers are asked for. */
  readonly count: number
  readonly page: number
  /** A tier, store, region or person the list is narrowed to; null: everyone. */
  readonly only: string | null
}

const MOST = 200

export const top: Command<TopWords> = {
  name: 'top',
  summary: text(
    '风险客户排行，可按等级、门店、区域或负责人筛选',
    'Customers at risk, ranked; by tier, store, region or owner',
  ),
  usage: 'top 20 [P0 | store | region | owner]',
  role: 'viewer',
  parse: parseTop,
  run: async (ctx, request) => answer(ctx, request, topCard, await rankedList(ctx, request.args, false)),
}

/** Reads `20`, `20 P0`, `20 虹桥店 page 2` in any order of parts. */
export function parseTop(words: string): TopWords {
  const page = /(?:^|\s)page\s+(\d{1,4})\s*$/i.exec(words)
  const bare = page === null ? words : words.slice(0, page.index)
  const parts = bare.trim().split(/\s+/).filter(Boolean)
  const number = parts.findIndex((part) => /^-?\d+$/.test(part))
  const count = number < 0 ? 20 : Number(parts[number])
  if (count < 1 || count > MOST) {
    throw new ForeshockError(
      'BAD_INPUT',
      text(`不能列出 ${count} 位客户。`, `A list of ${count} customers is not possible.`),
      text(`请填 1 到 ${MOST} 之间的数，例如 top 20。`, `Give a number from 1 to ${MOST}, such as top 20.`),
    )
  }
  const only = parts
    .filter((_, index) => index !== number)
    .join(' ')
    .slice(0, 80)
  return { count, page: page === null ? 1 : Math.max(1, Number(page[1])), only: only === '' ? null : only }
}

/** The list as data, for the chat's card and the command line's table. */
export async function rankedList(ctx: Context, asked: TopWords, maskNames: boolean): Promise<TopCardData> {
  const ranked = await ranking(ctx, asked.only)
  const { rows, page, pages, total } = pageOf(ranked.slice(0, asked.count), asked.page, TOP_PAGE)
  const assessments = await ctx.store.assessments.latestOf(rows.map((row) => row.customer.id))
  const shown = await Promise.all(
    rows.map(async ({ customer }, index): Promise<TopRow | null> => {
      const assessment = assessments.get(customer.id)
      if (assessment === undefined) return null
      const alert = await ctx.store.alerts.current(customer.id)
      const line =
        alert === null
          ? null
          : {
              no: alert.no,
              state: alert.state,
              ownerName: nameOf(ctx, alert.owner),
              openedAt: alert.openedAt,
            }
      return { rank: (page - 1) * TOP_PAGE + index + 1, customer, assessment, alert: line }
    }),
  )
  return {
    asked: ['top', String(asked.count), asked.only].filter(Boolean).join(' '),
    rows: shown.filter((row) => row !== null),
    total: Math.max(total, ranked.length),
    page,
    pages,
    money: moneyView(ctx),
    dataAgeHours: await dataAgeHours(ctx),
    maskNames,
  }
}

/** Everyone above routine in the newest scoring, by tier and then priority. */
async function ranking(ctx: Context, only: string | null): Promise<{ customer: Customer }[]> {
  const [run] = await ctx.store.assessments.runs(1)
  if (run === undefined) throw notScored()
  const listed = run.customers
    .map((no, index) => ({ no, tier: run.tiers[index] as Tier, priority: run.priorities[index]! }))
    .filter((each) => each.tier !== 'routine')
    .sort((a, b) => TIERS.indexOf(a.tier) - TIERS.indexOf(b.tier) || b.priority - a.priority || a.no - b.no)
  const customers = await ctx.store.customers.byNo(listed.map((each) => each.no))
  const fits =
    only === null ? () => true : (tierOrPerson(ctx, only) ?? placeAmong([...customers.values()], only))
  return listed.flatMap(({ no, tier }) => {
    const customer = customers.get(no)
    return customer !== undefined && fits(customer, tier) ? [{ customer }] : []
  })
}

function notScored(): ForeshockError {
  return new ForeshockError(
    'CONFLICT',
    text('还没有评分过，没有排行。', 'Nobody has been scored yet, so there is no ranking.'),
    text(
      '等第一次评分结束，或运行 foreshock score。',
      'Wait for the first scoring, or run `foreshock score`.',
    ),
  )
}

type Fits = (customer: Customer, tier: Tier) => boolean

function tierOrPerson(ctx: Context, only: string): Fits | null {
  const wanted = only.toLowerCase()
  const tier = TIERS.find((each) => each.toLowerCase() === wanted)
  if (tier !== undefined) return (_, has) => has === tier
  const person = ctx.people.all.find((each) =>
    [each.id, each.name.zh, each.name.en].some((name) => name.toLowerCase() === wanted),
  )
  return person === undefined ? null : (customer) => customer.owner === person.id
}

/**
 * A store or region of someone on the list.
 *
 * @throws ForeshockError NOT_FOUND: a misspelt store must not look like one where all is well
 */
function placeAmong(customers: readonly Customer[], only: string): Fits {
  const wanted = only.toLowerCase()
  const fits: Fits = ({ site, region }) =>
    [site, region].some((place) => place?.toLowerCase().includes(wanted) ?? false)
  if (customers.some((customer) => fits(customer, 'routine'))) return fits
  const places = new Set(
    customers.flatMap(({ site, region }) => [site, region]).filter((place) => place !== null),
  )
  const near = nearest(only, places)
  throw new ForeshockError(
    'NOT_FOUND',
    text(
      `没有门店、区域或负责人叫“${only}”的风险客户。`,
      `Nobody at risk has the store, region or owner "${only}".`,
    ),
    near === null
      ? text('可以按等级（P0）、门店、区域或负责人筛选。', 'Filter by tier (P0), store, region or owner.')
      : text(`是不是想输入 ${near}？`, `Did you mean ${near}?`),
  )
}
