import { DAY } from '../src/clock.ts'
import type { Command } from '../src/command.ts'
import type { Context } from '../src/context.ts'
import { ForeshockError } from '../src/errors.ts'
import { churnKinds } from '../src/features/reported-kinds.ts'
import { nearest, suggestion } from '../src/nearest.ts'
import { ownValue } from '../src/own-value.ts'
import { type CaseFigures, caseFigures, figuresBy } from '../src/reports/case-figures.ts'
import type { CaseRow } from '../src/reports/case-row.ts'
import { judged } from '../src/reports/figure.ts'
import { clip, same, type Text, text } from '../src/text.ts'
import { type ShownFigures, STATS_PAGE, type StatsGrouping, statsCard } from '../templates/stats.ts'
import { writeLike } from '../templates/usage.ts'
import { dataAgeHours } from './case/customer.ts'
import { answer, nameOf } from './case/move.ts'
import { pageOf } from './case/page.ts'

export interface StatsWords {
  readonly what: StatsGrouping | 'all' | 'jobs'
  readonly page: number
}

/** Days of cases the figures rest on; older ones say little about how the team works now. */
const DAYS = 90

export const stats: Command<StatsWords> = {
  name: 'stats',
  summary: text(
    '团队概况：时限、留住、误报、工作量；可按客户经理、门店或区域看',
    'How the team is doing: deadlines, retained, false alarms, load; by CSM, store or region',
  ),
  usage: 'stats [team | store | region | jobs]',
  role: 'manager',
  takes: 'stats',
  parse: parseStats,
  run: async (ctx, request) => {
    const { what, page } = request.args
    const age = await dataAgeHours(ctx)
    const asksForRuns = what === 'all' || what === 'jobs'
    const jobs = asksForRuns ? await ctx.store.runs.latest() : []
    const quality = asksForRuns ? await ctx.quality() : []
    if (what === 'jobs')
      return answer(ctx, request, statsCard, { kind: 'jobs', jobs, quality, dataAgeHours: age })
    const since = new Date(ctx.clock.now().getTime() - DAYS * DAY)
    const rows = await ctx.store.reports.cases(since)
    if (what === 'all') {
      const figures = shownFigures(caseFigures(rows, since))
      return answer(ctx, request, statsCard, {
        kind: 'all',
        days: DAYS,
        figures,
        survival: await survivalOf(ctx),
        jobs,
        quality,
        dataAgeHours: age,
      })
    }
    const groups = figuresBy(rows, KEYS[what], since).map(({ key, figures }) => ({
      name: groupName(ctx, what, key),
      figures: shownFigures(figures),
    }))
    return answer(ctx, request, statsCard, {
      kind: 'groups',
      by: what,
      days: DAYS,
      ...pageOf(groups, page, STATS_PAGE),
      dataAgeHours: age,
    })
  },
}

/** How long after they were marked retained customers are looked for. */
const SURVIVAL_DAYS = [90, 180] as const

async function survivalOf(ctx: Context) {
  const churn = churnKinds(ctx.profile)
  const now = ctx.clock.now()
  return Promise.all(
    SURVIVAL_DAYS.map(async (days) => ({
      days,
      share: judged(await ctx.store.reports.survival(days, now, churn)),
    })),
  )
}

const KEYS: Readonly<Record<StatsGrouping, (row: CaseRow) => string | null>> = {
  team: ({ csm }) => csm,
  store: ({ site }) => site,
  region: ({ region }) => region,
}

function groupName(ctx: Context, by: StatsGrouping, key: string | null): Text | null {
  if (key === null) return null
  return by === 'team' ? nameOf(ctx, key) : same(key)
}

const WORDS: Readonly<Record<string, StatsWords['what']>> = {
  '': 'all',
  team: 'team',
  csm: 'team',
  store: 'store',
  site: 'store',
  region: 'region',
  jobs: 'jobs',
  团队: 'team',
  客户经理: 'team',
  门店: 'store',
  区域: 'region',
  任务: 'jobs',
}

/** @throws ForeshockError BAD_INPUT */
export function parseStats(words: string): StatsWords {
  const [, said = '', page] = /^(.*?)(?:(?:^|\s)page\s+(\d{1,4}))?$/is.exec(words.trim()) ?? []
  const asked = said.trim().toLowerCase()
  const what = ownValue(WORDS, asked)
  if (what !== undefined) return { what, page: Math.max(1, Number(page ?? 1)) }
  const near = nearest(asked, Object.keys(WORDS).filter(Boolean))
  throw new ForeshockError(
    'BAD_INPUT',
    text(`stats 没有“${clip(said, 40)}”这一项。`, `stats does not know "${clip(said, 40)}".`),
    near === null ? writeLike(stats.usage) : suggestion(`stats ${near}`),
  )
}

function shownFigures(figures: CaseFigures): ShownFigures {
  const { claim, reach, outcome } = figures.kept
  return {
    ...figures,
    kept: { claim: judged(claim), reach: judged(reach), outcome: judged(outcome) },
    dismissed: judged(figures.dismissed),
  }
}
