import type { Block, View } from '../src/chat/card.ts'
import type { TopicAlerts } from '../src/reports/voice-rows.ts'
import { speaker } from './language.ts'
import { counted } from './numbers.ts'
import { alertNo, customerNo, RESULT, STATE } from './words.ts'

/** Alerts that a card names. */
export const NAMED_ALERTS = 8

/** The alerts that came after complaints of a topic, by their numbers: which they were, and how they ended. */
export function alertBlocks({ total, lost, rows }: TopicAlerts, days: number, { locale }: View): Block[] {
  if (total === 0) return []
  const t = speaker(locale)
  const more = total > rows.length
  return [
    {
      kind: 'table',
      columns: t('预警|客户|等级|结果', 'Alert|Customer|Tier|How it stands').split('|'),
      rows: rows.map(({ no, tier, state, result, customerNo: customer }) => ({
        cells: [
          alertNo(no),
          customerNo(customer),
          tier,
          (result === null ? STATE[state] : RESULT[result])[locale],
        ],
        tier,
        command: `why ${alertNo(no)}`,
      })),
    },
    {
      kind: 'note',
      text: t(
        `抱怨后 ${days} 天内开出 ${total} 个预警，${lost} 个没能留住${more ? `；列出最近 ${rows.length} 个` : ''}。`,
        `${counted(total, 'alert')} within ${days} days of a complaint, ${lost} of them lost${more ? `; the newest ${rows.length} are named` : ''}.`,
      ),
    },
  ]
}
