import type { DueClock } from '../src/alerts/alert.ts'
import type { Fallen } from '../src/alerts/fallen.ts'
import type { Template, View } from '../src/chat/card.ts'
import type { AlertTier } from '../src/risk/assessment.ts'
import type { Text } from '../src/text.ts'
import type { CustomerFacts } from '../src/timeline/history.ts'
import { riskNow } from './fallen.ts'
import { speaker } from './language.ts'
import { shown, withinLimits } from './limits.ts'
import { customerName, personName } from './names.ts'
import { pageButtons, pageOf } from './pages.ts'
import { dataAge, duration, moment } from './times.ts'
import { alertNo, CLOCK, customerNo } from './words.ts'

/** Rows a page can hold and still be a card. */
export const SLA_PAGE = 20

export interface SlaCardData {
  /** The tier the list was narrowed to. */
  readonly tier: AlertTier | null
  /** The most pressing first. */
  readonly rows: readonly {
    readonly no: number
    readonly tier: AlertTier
    readonly customer: CustomerFacts
    readonly ownerName: Text | null
    /** The next deadline, or the first that ran out. */
    readonly due: DueClock
    /** To what the risk has come down since; null or absent: it stands. */
    readonly fallen?: Fallen | null
  }[]
  /** Over all pages, how many are late. */
  readonly late: number
  readonly total: number
  readonly page: number
  readonly pages: number
  readonly dataAgeHours: number
}

/** Cases by the time they have left, those late first. */
export const slaCard: Template<SlaCardData> = (data, view) => {
  const { locale } = view
  const t = speaker(locale)
  const title = `${t('时限', 'Deadlines')}${data.tier === null ? '' : ` ${data.tier}`}`
  const age = { kind: 'note' as const, text: dataAge(data.dataAgeHours, view) }
  if (data.total === 0) {
    const nothing = t('没有在计时的单子。', 'No deadline is running.')
    return {
      accent: 'good',
      title,
      blocks: [{ kind: 'text', text: nothing }, age],
      buttons: [],
      fallback: nothing,
    }
  }
  const count = t(`共 ${data.total} 个`, `${data.total} in all`) + pageOf(data, view)
  const late = data.late === 0 ? '' : t(`，其中 ${data.late} 个已超时`, `; ${data.late} overdue`)
  return withinLimits({
    accent: data.late > 0 ? 'P1' : 'neutral',
    title,
    subtitle: `${count}${late}`,
    blocks: [
      {
        kind: 'table',
        columns: t(
          '单号|等级|客户|等待|剩余|时限|负责人',
          'Case|Tier|Customer|Waits for|Left|Due|Owner',
        ).split('|'),
        rows: data.rows.slice(0, SLA_PAGE).map(({ no, tier, customer, ownerName, due, fallen }) => ({
          cells: [
            alertNo(no),
            tier,
            `${customerNo(customer.no)} ${shown(customerName(customer, false, locale), 18)}`,
            `${CLOCK[due.clock].name[locale]}${riskNow(fallen, view)}`,
            left(due, view),
            moment(due.at, view),
            ownerName === null ? t('无人认领', 'Unclaimed') : shown(personName(ownerName, locale), 14),
          ],
          tier,
          command: `why ${alertNo(no)}`,
        })),
      },
      age,
    ],
    buttons: pageButtons(data, 'sla', data.tier ?? '', view),
    fallback: `${title}${t('：', ': ')}${count}${late}`,
  })
}

function left({ at }: DueClock, { now, locale }: View): string {
  const t = speaker(locale)
  const span = duration(at.getTime() - now.getTime(), locale)
  return at <= now ? t(`已超时 ${span}`, `${span} late`) : span
}
