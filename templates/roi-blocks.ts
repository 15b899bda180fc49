import { REAL_REASONS } from '../src/alerts/alert.ts'
import type { Block, View } from '../src/chat/card.ts'
import type { ChurnFall, ChurnLine } from '../src/reports/churn-fall.ts'
import type { Group } from '../src/reports/effect.ts'
import type { EffectReport } from '../src/reports/effect-report.ts'
import type { ArmEffect } from '../src/reports/holdout-effect.ts'
import type { Text } from '../src/text.ts'
import { speaker } from './language.ts'
import { number } from './numbers.ts'
import { toldWords } from './roi-words.ts'
import { daysBetween } from './times.ts'
import { changeWords, estimateCell } from './voc-words.ts'
import { CAUSE, REAL_REASON, VALUE } from './words.ts'

/** Parts of the card about effect, a table each. */

/** How right the warnings were and how many customers were kept, by tier. */
export function tierTable({ effect }: EffectReport, view: View): Block {
  return {
    kind: 'table',
    columns: speaker(view.locale)(
      '等级|准确率（离开或确认留住）|其中离开|留住率',
      'Tier|Precision (left, or kept for good)|Of those, left|Kept for good',
    ).split('|'),
    rows: effect.tiers.map(({ tier, precision, left, retention }) => ({
      cells: [
        tier,
        toldWords('share', precision, view),
        precision.of === 0 ? '—' : number(left, view.locale),
        toldWords('share', retention, view),
      ],
      tier,
    })),
  }
}

/**
 * How many were kept by the reason judged likely, which chose the playbook, and by the one found; where that is written of the
 * lost only, how many were lost for it. Nothing while none ended.
 */
export function reasonTable({ effect }: EffectReport, view: View): Block[] {
  const { byCause, byReason, reasonsTold } = effect
  const reasons = ['unknown', ...REAL_REASONS].filter((name) =>
    [...byCause, ...byReason].some((group) => group.name === name),
  )
  if (reasons.length === 0) return []
  const names: Readonly<Record<string, Text>> = { ...CAUSE, ...REAL_REASON }
  const cell = (groups: readonly Group[], name: string, says: (group: Group) => string): string => {
    const found = groups.find((group) => group.name === name)
    return found === undefined ? '—' : says(found)
  }
  const kept = ({ retention }: Group) => toldWords('share', retention, view)
  const lost = (group: Group) => number(group.lost, view.locale)
  const t = speaker(view.locale)
  return [
    {
      kind: 'table',
      columns: [
        ...t('原因|留住率（按判断的原因）', 'Reason|Kept, by likely reason').split('|'),
        reasonsTold
          ? t('留住率（按查明的原因）', 'Kept, by real reason')
          : t('流失（按查明的原因）', 'Lost, by real reason'),
      ],
      rows: reasons.map((name) => ({
        cells: [
          names[name]![view.locale],
          cell(byCause, name, kept),
          cell(byReason, name, reasonsTold ? kept : lost),
        ],
      })),
    },
  ]
}

/** Churn before and since, by value; nothing while it is not known. */
export function churnBlocks(fall: ChurnFall | null, view: View): Block[] {
  if (fall === null) return []
  const days = number(daysBetween(fall.now.from, fall.now.to), view.locale)
  const head = speaker(view.locale)(
    `流失率（各 ${days} 天）|之前|之后|变化`,
    `Churn (${days} days each)|Before|Since|Change`,
  )
  return [churnTable(head, fall, view)]
}

/** Everyone's churn on two sides of a day, then each value tier's. */
export function churnTable(
  head: string,
  { all, byValue }: Pick<ChurnFall, 'all' | 'byValue'>,
  view: View,
): Block {
  const line = (name: string, cells: ChurnCells) => ({ cells: [name, cells.before, cells.now, cells.change] })
  return {
    kind: 'table',
    columns: head.split('|'),
    rows: [
      line(speaker(view.locale)('全部', 'All'), churnCells(all, view)),
      ...byValue.map((each) => line(valueName(each.valueTier, view), churnCells(each, view))),
    ],
  }
}

interface ChurnCells {
  readonly before: string
  readonly now: string
  readonly change: string
}

/** A line of churn as cells of a table. */
export function churnCells({ before, now, change, of }: ChurnLine, { locale }: View): ChurnCells {
  return {
    before: estimateCell('share', before, of, locale),
    now: estimateCell('share', now, of, locale),
    change: changeWords({ unit: 'share', better: 'down' }, change, locale),
  }
}

function valueName(tier: string | null, { locale }: View): string {
  const t = speaker(locale)
  if (tier === null) return t('未声明价值', 'Value not declared')
  const known = (VALUE as Readonly<Record<string, Text>>)[tier]
  return t(`${known?.zh ?? tier}价值`, `${known?.en ?? tier} value`)
}

/** What chance alone tells of contacting; nothing where nobody was ever held out. */
export function holdoutBlock({ holdout }: EffectReport, view: View): Block[] {
  const { share, drawn, held, contacted, difference, least } = holdout
  if (share === 0 && drawn === 0) return []
  const { locale } = view
  const t = speaker(locale)
  const arm = ({ left, of }: ArmEffect) => toldWords('share', { estimate: left, of, least }, view)
  const sides = t(
    `对照组：不联系的 60 天内流失 ${arm(held)}，照常联系的 ${arm(contacted)}。`,
    `Holdout: left within 60 days, uncontacted ${arm(held)}, contacted ${arm(contacted)}. `,
  )
  if (difference === null)
    return [
      {
        kind: 'text',
        text: sides + t('联系的作用：数据还不够。', 'What contacting changes: not enough data yet.'),
      },
    ]
  const [by, low, high] = [difference.by, difference.low, difference.high].map((each) =>
    number(each * 100, locale),
  )
  const range = t(`${by} 个百分点（${low} 至 ${high}）`, `${by} points (${low} to ${high})`)
  const says = difference.clear
    ? t(`联系使流失率变化 ${range}。`, `Contacting changes churn by ${range}.`)
    : t(`联系的作用还不明显：${range}。`, `What contacting changes is not clear: ${range}.`)
  return [{ kind: 'text', text: sides + says }]
}
