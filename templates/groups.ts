import type { Template } from '../src/chat/card.ts'
import type { Text } from '../src/text.ts'
import { text } from '../src/text.ts'
import type { CustomerFacts } from '../src/timeline/history.ts'
import { speaker } from './language.ts'
import { LIMITS, shown, withinLimits } from './limits.ts'
import { customerName } from './names.ts'
import { counted, type MoneyView, number, roundMoney } from './numbers.ts'
import { pageButtons, pageOf } from './pages.ts'
import { dataAge } from './times.ts'
import { query, TOP_PAGE } from './top.ts'
import { customerNo } from './words.ts'

/** What customers at risk can be grouped by. */
export type Grouping = 'segment' | 'store' | 'region' | 'owner' | 'product'
export const GROUPINGS: readonly Grouping[] = ['segment', 'store', 'region', 'owner', 'product']

export interface GroupRow {
  /** Null: customers for whom it is not known. */
  readonly name: Text | null
  readonly counts: Readonly<Record<'P0' | 'P1' | 'P2' | 'watch', number>>
  /** LTV of the group's P0 to P2 customers, minor units; null: none is known. */
  readonly atStakeMinor: number | null
  readonly worst: CustomerFacts
}

export interface GroupsCardData {
  readonly by: Grouping
  /** What was asked, as typed: "top 20 by store". */
  readonly asked: string
  readonly rows: readonly GroupRow[]
  readonly total: number
  readonly page: number
  readonly pages: number
  readonly money: MoneyView
  readonly dataAgeHours: number
}

const BY: Readonly<Record<Grouping, Text>> = {
  segment: text('客群', 'Segment'),
  store: text('门店', 'Store'),
  region: text('区域', 'Region'),
  owner: text('负责人', 'Owner'),
  product: text('产品', 'Product'),
}

/** Customers at risk in groups, the group with the most urgent ones first. */
export const groupsCard: Template<GroupsCardData> = (data, view) => {
  const { locale } = view
  const t = speaker(locale)
  const title = t(`风险客户（按${BY[data.by].zh}）`, `Customers at risk by ${BY[data.by].en.toLowerCase()}`)
  const count = t(`共 ${data.total} 组`, `${counted(data.total, 'group')} in all`) + pageOf(data, view)
  const age = { kind: 'note' as const, text: dataAge(data.dataAgeHours, view) }
  if (data.rows.length === 0) {
    const nobody = t('目前没有需要留意的客户。', 'Nobody needs attention right now.')
    return withinLimits({
      accent: 'neutral',
      title,
      blocks: [{ kind: 'text', text: nobody }, age],
      buttons: [],
      fallback: `${title}${t('：', ': ')}${nobody}`,
    })
  }
  return withinLimits({
    accent: 'neutral',
    title,
    subtitle: `${shown(data.asked, 60)} · ${count}`,
    blocks: [
      {
        kind: 'table',
        columns: [
          BY[data.by][locale],
          'P0',
          'P1',
          'P2',
          ...t('关注|涉及价值|最需要关注', 'Watch|At stake|Worst').split('|'),
        ],
        rows: data.rows.slice(0, TOP_PAGE).map((row) => ({
          cells: [
            row.name === null ? t('未填写', 'Not known') : shown(row.name[locale], LIMITS.cell),
            ...(['P0', 'P1', 'P2', 'watch'] as const).map((tier) => number(row.counts[tier], locale)),
            row.atStakeMinor === null ? '—' : roundMoney(row.atStakeMinor, data.money.currency, locale),
            `${customerNo(row.worst.no)} ${shown(customerName(row.worst, false, locale), 14)}`,
          ],
          command: `show ${customerNo(row.worst.no)}`,
        })),
      },
      {
        kind: 'note',
        text: t(
          '涉及价值：P0 到 P2 客户的终身价值之和；没有登记的按消费估算，估不出的不计。',
          'At stake: the lifetime value of P0 to P2 customers, estimated from what they paid where none is declared.',
        ),
      },
      age,
    ],
    buttons: pageButtons(data, 'top', query(data.asked), view),
    fallback: `${title}${t('：', ': ')}${count}`,
  })
}
