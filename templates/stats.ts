import { AT_WORK, type SlaClock } from '../src/alerts/alert.ts'
import type { Block, Template, View } from '../src/chat/card.ts'
import type { CaseFigures } from '../src/reports/case-figures.ts'
import type { Text } from '../src/text.ts'
import { text } from '../src/text.ts'
import { durationWords, type ShownShare, shareCell, shareWords } from './figures.ts'
import { type JobLine, jobsBlock } from './jobs.ts'
import { speaker } from './language.ts'
import { LIMITS, shown, withinLimits } from './limits.ts'
import { counted, number } from './numbers.ts'
import { pageButtons, pageOf } from './pages.ts'
import { dataAge } from './times.ts'
import { STATE } from './words.ts'

/** Groups a page can hold and still be a card. */
export const STATS_PAGE = 20

export type StatsGrouping = 'team' | 'store' | 'region'

/** A set of cases with its shares judged: enough of them, or not yet. */
export interface ShownFigures extends Omit<CaseFigures, 'kept' | 'dismissed'> {
  readonly kept: Readonly<Record<SlaClock, ShownShare>>
  readonly dismissed: ShownShare
}

export type StatsCardData =
  | {
      readonly kind: 'all'
      /** Days of cases the figures rest on. */
      readonly days: number
      readonly figures: ShownFigures
      /** Of the confirmed ones, who was still here so many days after they were marked. */
      readonly survival: readonly { readonly days: number; readonly share: ShownShare }[]
      readonly jobs: readonly JobLine[]
      readonly quality: readonly QualityLine[]
      readonly dataAgeHours: number
    }
  | {
      readonly kind: 'groups'
      readonly by: StatsGrouping
      readonly days: number
      readonly rows: readonly { readonly name: Text | null; readonly figures: ShownFigures }[]
      readonly total: number
      readonly page: number
      readonly pages: number
      readonly dataAgeHours: number
    }
  | {
      readonly kind: 'jobs'
      readonly jobs: readonly JobLine[]
      readonly quality: readonly QualityLine[]
      readonly dataAgeHours: number
    }

/** How whole one part of the data is, in a sentence. */
export interface QualityLine {
  readonly ok: boolean
  readonly says: Text
}

const BY: Readonly<Record<StatsGrouping, Text>> = {
  team: text('客户经理', 'CSM'),
  store: text('门店', 'Store'),
  region: text('区域', 'Region'),
}

/** How the work stands: of everyone, by CSM, store or region, and how the scheduled runs go. */
export const statsCard: Template<StatsCardData> = (data, view) => {
  switch (data.kind) {
    case 'all':
      return overall(data, view)
    case 'groups':
      return grouped(data, view)
    case 'jobs':
      return withinLimits({
        accent: 'neutral',
        title: speaker(view.locale)('后台任务', 'Scheduled runs'),
        blocks: [
          jobsBlock(data.jobs, view),
          ...data.quality.map((line) => qualityBlock(line, view)),
          { kind: 'note', text: dataAge(data.dataAgeHours, view) },
        ],
        buttons: [],
        fallback: speaker(view.locale)('后台任务的最近一次运行', 'The last run of each scheduled job'),
      })
  }
}

function overall(data: Extract<StatsCardData, { kind: 'all' }>, view: View) {
  const { figures, days } = data
  const t = speaker(view.locale)
  const title = t('团队概况', 'How the team is doing')
  const working = figures.unclaimed + figures.load
  const standing = t(
    `${working} 个待处理，${figures.late} 个超时`,
    `${counted(working, 'case')} to work, ${figures.late} overdue`,
  )
  return withinLimits({
    accent: figures.late > 0 ? 'P1' : 'neutral',
    title,
    subtitle: `${standing} · ${period(days, view)}`,
    blocks: [
      standingTable(figures, view),
      { kind: 'fields', fields: [...fields(figures, view), ...survived(data.survival, view)] },
      jobsBlock(data.jobs, view),
      ...data.quality.filter(({ ok }) => !ok).map((line) => qualityBlock(line, view)),
      { kind: 'note', text: dataAge(data.dataAgeHours, view) },
    ],
    buttons: (['team', 'store'] as const).map((by) => ({
      command: 'stats',
      label: t(`按${BY[by].zh}`, `By ${by === 'team' ? 'CSM' : BY[by].en.toLowerCase()}`),
      style: 'plain',
      args: by,
    })),
    fallback: `${title}${t('：', ': ')}${standing}`,
  })
}

function qualityBlock({ ok, says }: QualityLine, { locale }: View): Block {
  const mark = ok ? '' : speaker(locale)('未达标：', 'Below target: ')
  return { kind: 'note', text: `${mark}${shown(says[locale], LIMITS.field)}` }
}

function period(days: number, { locale }: View): string {
  return speaker(locale)(`近 ${days} 天的预警`, `cases of the last ${days} days`)
}

function standingTable({ standing }: ShownFigures, { locale }: View): Block {
  return {
    kind: 'table',
    columns: [speaker(locale)('等级', 'Tier'), ...AT_WORK.map((state) => STATE[state][locale])],
    rows: (['P0', 'P1', 'P2'] as const).map((tier) => ({
      cells: [tier, ...AT_WORK.map((state) => number(standing[tier][state] ?? 0, locale))],
      tier,
    })),
  }
}

function fields(figures: ShownFigures, { locale }: View) {
  const t = speaker(locale)
  const { kept, retained } = figures
  return [
    { label: t('按时认领', 'Claimed in time'), value: shareWords(kept.claim, locale) },
    { label: t('按时联系', 'Contacted in time'), value: shareWords(kept.reach, locale) },
    { label: t('按时结案', 'Outcome in time'), value: shareWords(kept.outcome, locale) },
    {
      label: t('认领用时（中位数）', 'Time to claim (median)'),
      value: durationWords(figures.claimMs, figures.claims, locale),
    },
    {
      label: t('留住', 'Retained'),
      value: t(
        `标记 ${retained.marked}，确认 ${retained.confirmed}，再次预警 ${retained.relapsed}`,
        `${retained.marked} marked, ${retained.confirmed} confirmed, ${retained.relapsed} relapsed`,
      ),
    },
    {
      label: t('误报（判断为无风险）', 'False alarms (not a risk)'),
      value: shareWords(figures.dismissed, locale),
    },
  ]
}

function survived(survival: Extract<StatsCardData, { kind: 'all' }>['survival'], { locale }: View) {
  const t = speaker(locale)
  return survival.map(({ days, share }) => ({
    label: t(`留住后 ${days} 天仍在`, `Still here ${days} days later`),
    value: shareWords(share, locale),
  }))
}

function grouped(data: Extract<StatsCardData, { kind: 'groups' }>, view: View) {
  const { locale } = view
  const t = speaker(locale)
  const title = t(
    `团队概况（按${BY[data.by].zh}）`,
    `How the team is doing, by ${data.by === 'team' ? 'CSM' : BY[data.by].en.toLowerCase()}`,
  )
  const count = t(`共 ${data.total} 行`, `${data.total} rows`) + pageOf(data, view)
  const table: Block = {
    kind: 'table',
    columns: [
      BY[data.by][locale],
      ...t(
        '待认领|处理中|超时|按时认领|按时联系|确认留住|误报',
        'Unclaimed|Working|Overdue|Claimed in time|Contacted in time|Kept|False alarms',
      ).split('|'),
    ],
    rows: data.rows.slice(0, STATS_PAGE).map(({ name, figures }) => ({
      cells: [
        name === null ? t('未指定', 'None') : shown(name[locale], LIMITS.cell),
        number(figures.unclaimed, locale),
        number(figures.load, locale),
        number(figures.late, locale),
        shareCell(figures.kept.claim, locale),
        shareCell(figures.kept.reach, locale),
        `${figures.retained.confirmed}/${figures.retained.marked}`,
        shareCell(figures.dismissed, locale),
      ],
    })),
  }
  const nothing: Block = { kind: 'text', text: t('还没有预警。', 'There have been no cases yet.') }
  return withinLimits({
    accent: 'neutral',
    title,
    subtitle: `${count} · ${period(data.days, view)}`,
    blocks: [
      data.rows.length === 0 ? nothing : table,
      { kind: 'note', text: dataAge(data.dataAgeHours, view) },
    ],
    buttons: pageButtons(data, 'stats', data.by, view),
    fallback: `${title}${t('：', ': ')}${count}`,
  })
}
