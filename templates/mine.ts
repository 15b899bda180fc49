import type { Alert } from '../src/alerts/alert.ts'
import type { Fallen } from '../src/alerts/fallen.ts'
import type { Block, Template, View } from '../src/chat/card.ts'
import type { CustomerFacts } from '../src/timeline/history.ts'
import { briefCase } from './brief.ts'
import { riskNow } from './fallen.ts'
import { speaker, zh } from './language.ts'
import { shown, withinLimits } from './limits.ts'
import { customerName } from './names.ts'
import type { MoneyView } from './numbers.ts'
import { pageButtons, pageOf } from './pages.ts'
import { dataAge, day, duration, moment } from './times.ts'
import { alertNo, CLOCK, customerNo, STATE } from './words.ts'

/** Rows a page can hold and still be a card. */
export const MINE_PAGE = 20

export interface MineCardData {
  /** The asker's cases in the order to work them: by the next deadline, then those being watched. */
  readonly cases: readonly {
    readonly alert: Alert
    readonly customer: CustomerFacts
    /** To what the risk has come down since; null or absent: it stands. */
    readonly fallen?: Fallen | null
  }[]
  readonly total: number
  /** Customers of the asker's whose card waits for a day with room. */
  readonly waiting: number
  readonly page: number
  readonly pages: number
  readonly money: MoneyView
  readonly dataAgeHours: number
  readonly maskNames: boolean
}

/** What is on my plate, most pressing first. */
export const mineCard: Template<MineCardData> = (data, view) => {
  const t = speaker(view.locale)
  const title = t('我负责的客户', 'My cases')
  const age = { kind: 'note' as const, text: dataAge(data.dataAgeHours, view) }
  if (data.cases.length === 0) {
    const text = t(
      '手上没有待办。想主动接一个，可以输入 top 20 看看排行。',
      'Nothing on your plate. Type top 20 to pick one up.',
    )
    const blocks = [{ kind: 'text' as const, text }, ...waitingNote(data, view), age]
    return { accent: 'good', title, blocks, buttons: [], fallback: text }
  }
  const overdue = data.cases.filter(({ alert }) => isOverdue(alert, view)).length
  const count = t(`共 ${data.total} 个`, `${data.total} in all`) + pageOf(data, view)
  const late = overdue === 0 ? '' : t(`，其中 ${overdue} 个已超时`, `; ${overdue} overdue`)
  return withinLimits({
    accent: overdue > 0 ? 'P1' : 'neutral',
    title,
    subtitle: `${count}${late}`,
    blocks: [
      {
        kind: 'table',
        columns: t('单号|客户|状态|下一步时限|原因', 'Case|Customer|State|Next deadline|Why').split('|'),
        rows: data.cases.slice(0, MINE_PAGE).map(({ alert, customer, fallen }) => ({
          cells: [
            `${alertNo(alert.no)}`,
            `${customerNo(customer.no)} ${shown(customerName(customer, data.maskNames, view.locale), 18)}`,
            `${alert.tier} ${STATE[alert.state][view.locale]}${riskNow(fallen, view)}`,
            nextWords(alert, view),
            briefCase(alert, {
              view,
              money: data.money,
              maskNames: data.maskNames,
              name: customer.name,
            }),
          ],
          tier: alert.tier,
          command: `why ${alertNo(alert.no)}`,
        })),
      },
      ...waitingNote(data, view),
      age,
    ],
    buttons: pageButtons(data, 'mine', '', view),
    fallback: `${title}${t('：', ': ')}${count}${late}`,
  })
}

/** What the day had no room for is said, not hidden. */
export function waitingNote({ waiting }: Pick<MineCardData, 'waiting'>, view: View): Block[] {
  if (waiting === 0) return []
  const t = speaker(view.locale)
  const text = t(
    `另有 ${waiting} 位客户因今天名额已满延后，输入 top 20 可以看到。`,
    `${waiting} more put off because today is full; top 20 shows them.`,
  )
  return [{ kind: 'note', text }]
}

/** The next thing the clock waits for. */
export function nextWords(alert: Alert, view: View): string {
  const t = speaker(view.locale)
  if (alert.state === 'watch') {
    return alert.watchUntil === null
      ? '—'
      : t(zh`观察至${day(alert.watchUntil, view)}`, `Watch ends ${day(alert.watchUntil, view)}`)
  }
  if (alert.state === 'snoozed' && alert.snoozedUntil !== null) {
    return t(zh`${moment(alert.snoozedUntil, view)}提醒`, `Back ${moment(alert.snoozedUntil, view)}`)
  }
  const [due] = alert.due
  if (due === undefined) return '—'
  const left = duration(+due.at - +view.now, view.locale)
  const clock = CLOCK[due.clock].name[view.locale]
  return due.at <= view.now
    ? t(zh`${clock}已超时${left}`, `${clock}: ${left} late`)
    : t(zh`${clock}还有${left}`, `${clock}: in ${left}`)
}

function isOverdue(alert: Alert, { now }: View): boolean {
  const working = ['open', 'claimed', 'contacted'].includes(alert.state)
  return working && alert.due.some((due) => due.at <= now)
}
