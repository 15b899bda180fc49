import type { Block, Template } from '../src/chat/card.ts'
import type { ChurnLine } from '../src/reports/churn-fall.ts'
import type { Stretch } from '../src/reports/roi.ts'
import type { Text } from '../src/text.ts'
import { speaker } from './language.ts'
import { withinLimits } from './limits.ts'
import { personName } from './names.ts'
import { number } from './numbers.ts'
import { type Paging, pageButtons, pageOf } from './pages.ts'
import { churnCells } from './roi-blocks.ts'
import { dataAge, stretch } from './times.ts'

/** Portfolios a page can hold. */
export const TEAM_PAGE = 20

export interface RoiTeamData extends Paging {
  readonly before: Stretch
  readonly now: Stretch
  /** The later stretch begins with the first case; else both lie before what came of it is known. */
  readonly sinceLive: boolean
  readonly rows: readonly (ChurnLine & {
    /** Null: nobody keeps them. */
    readonly name: Text | null
    /** Cases they are at, and those that wait for them. */
    readonly load: number
    readonly waiting: number
  })[]
  readonly total: number
  readonly inactiveDays: number
  readonly dataAgeHours: number
}

/** Each CSM's portfolio: how many customers, how much work, how many left before and since. */
export const roiTeamCard: Template<RoiTeamData> = (data, view) => {
  const { locale } = view
  const t = speaker(locale)
  const title = t('效果：按客户经理', 'Effect, by CSM')
  const spans = t(
    `之前：${stretch(data.before, view)}；之后：${stretch(data.now, view)}`,
    `Before: ${stretch(data.before, view)}. Since: ${stretch(data.now, view)}`,
  )
  const table: Block = {
    kind: 'table',
    columns: t(
      '客户经理|名下客户|处理中|待认领|流失率：之前|之后|变化',
      'CSM|Customers|Working|Unclaimed|Churn before|Since|Change',
    ).split('|'),
    rows: data.rows.slice(0, TEAM_PAGE).map((row) => {
      const { before, now, change } = churnCells(row, view)
      return {
        cells: [
          row.name === null ? t('未指定', 'None') : personName(row.name, locale),
          number(row.of, locale),
          number(row.load, locale),
          number(row.waiting, locale),
          ...[before, now, change],
        ],
      }
    }),
  }
  const nobody: Block = { kind: 'text', text: t('那时还没有客户。', 'There were no customers then.') }
  return withinLimits({
    accent: 'neutral',
    title,
    subtitle: `${spans}${pageOf(data, view)}`,
    blocks: [
      data.rows.length === 0 ? nobody : table,
      { kind: 'note', text: howKnown(data, locale) },
      { kind: 'note', text: dataAge(data.dataAgeHours, view) },
    ],
    buttons: [
      ...pageButtons(data, 'roi', 'team', view),
      { command: 'stats', label: t('时限与误报', 'Deadlines, false alarms'), style: 'plain', args: 'team' },
    ],
    fallback: `${title} · ${spans}`,
  })
}

function howKnown({ sinceLive, inactiveDays }: RoiTeamData, locale: 'zh' | 'en'): string {
  const t = speaker(locale)
  const early = t(
    `客户 ${inactiveDays} 天没有往来才知道已经离开，所以现在能比的两段都还看不出预警的作用。`,
    `Who left is known only after ${inactiveDays} days without activity, so neither stretch shows yet what warnings do. `,
  )
  return (
    (sinceLive ? '' : early) +
    t(
      '客户按现在的客户经理归属，括号内是 95% 置信区间。各人名下客户不同，高低不等于做得好坏。',
      'Customers count for whoever keeps them now; in brackets the 95% interval. Portfolios differ: a higher churn need not be worse work.',
    )
  )
}
