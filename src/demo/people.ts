import type { Text } from '../text.ts'
import { text } from '../text.ts'
import { DEMO_TIME_ZONE } from './calendar.ts'

/** One entry of `people` in foreshock.yaml. */
export interface Person {
  readonly id: string
  readonly name: Text
  readonly role: 'viewer' | 'csm' | 'manager' | 'admin'
  readonly locale: 'zh' | 'en'
  readonly timeZone: string
  /** Who takes this person's overdue cases. */
  readonly lead?: string
  readonly region?: string
}

/** The scripted staff: four CSMs, their lead, the regional manager and an admin. */
export const STAFF: readonly Person[] = [
  csm('lin', text('林晓雯', 'Lin Xiaowen'), 'zh', '华东'),
  csm('grace', text('陈思嘉', 'Grace Chen'), 'en', '华东'),
  csm('zhou', text('周启航', 'Zhou Qihang'), 'zh', '华南'),
  csm('han', text('韩雪', 'Han Xue'), 'zh', '华北'),
  {
    id: 'shen',
    name: text('沈立群', 'Shen Liqun'),
    role: 'manager',
    locale: 'zh',
    timeZone: DEMO_TIME_ZONE,
    lead: 'gu',
  },
  { id: 'gu', name: text('顾明远', 'Gu Mingyuan'), role: 'manager', locale: 'zh', timeZone: DEMO_TIME_ZONE },
  { id: 'admin', name: text('叶青', 'Ye Qing'), role: 'admin', locale: 'zh', timeZone: DEMO_TIME_ZONE },
]

function csm(id: string, name: Text, locale: 'zh' | 'en', region: string): Person {
  return { id, name, role: 'csm', locale, timeZone: DEMO_TIME_ZONE, lead: 'shen', region }
}
