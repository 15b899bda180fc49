import type { Block, Card, Template, View } from '../src/chat/card.ts'
import type { EventKind, OutsideEvent } from '../src/reports/outside-event.ts'
import { type Text, text } from '../src/text.ts'
import { speaker } from './language.ts'
import { LIMITS, shown, withinLimits } from './limits.ts'
import { noteCard } from './note.ts'
import { type Paging, pageButtons, pageOf } from './pages.ts'
import { calendarDay } from './times.ts'

/** Entries a page can hold. */
export const CALENDAR_PAGE = 12

export const EVENT_KIND: Readonly<Record<EventKind, Text>> = {
  holiday: text('节假日', 'Holiday'),
  promotion: text('促销', 'Promotion'),
  outage: text('故障', 'Outage'),
  other: text('其他', 'Other'),
}

export interface CalendarCardData extends Paging {
  /** The latest first. */
  readonly rows: readonly OutsideEvent[]
  readonly total: number
  readonly mayEdit: boolean
}

/** What happened outside, the latest first. */
export const calendarCard: Template<CalendarCardData> = (data, view) => {
  const { locale } = view
  const t = speaker(locale)
  const title = t('外部事件日历', 'Calendar of outside events')
  const count = t(`共 ${data.total} 条`, `${data.total} in all`) + pageOf(data, view)
  const none = t('日历里还没有事件。', 'The calendar is empty.')
  const table: Block = {
    kind: 'table',
    columns: t('编号|类别|名称|日期', 'No|Kind|What|Days').split('|'),
    rows: data.rows.slice(0, CALENDAR_PAGE).map((event) => ({
      cells: [
        eventNo(event.no),
        EVENT_KIND[event.kind][locale],
        shown(event.title, LIMITS.name),
        daysOf(event, view),
      ],
    })),
  }
  const how = t(
    '添加：calendar add 促销 618大促 2026-06-01..2026-06-20；删除：calendar remove E-3；对比时排除促销：voc site 不含促销',
    'To add: calendar add promotion Summer sale 2026-06-01..2026-06-20. To remove: calendar remove E-3. To compare without: voc site without promotions',
  )
  return withinLimits({
    accent: 'neutral',
    title,
    subtitle: count,
    blocks: [
      data.rows.length === 0 ? { kind: 'text', text: none } : table,
      ...(data.mayEdit ? [{ kind: 'note', text: how } as const] : []),
    ],
    buttons: pageButtons(data, 'calendar', '', view),
    fallback: data.rows.length === 0 ? none : `${title}${t('：', ': ')}${count}`,
  })
}

export const calendarNote: Template<{
  readonly did: 'added' | 'removed'
  readonly event: OutsideEvent
}> = ({ did, event }, view): Card => {
  const t = speaker(view.locale)
  const what = eventWords(event, view)
  return did === 'added'
    ? noteCard(
        'ok',
        t(`已加入日历：${what}`, `In the calendar: ${what}`),
        t(
          `要删掉：calendar remove ${eventNo(event.no)}`,
          `To remove it: calendar remove ${eventNo(event.no)}`,
        ),
      )
    : noteCard('ok', t(`已从日历删除：${what}`, `Out of the calendar: ${what}`), '')
}

export function eventNo(no: number): string {
  return `E-${no}`
}

/** "E-3 618大促（促销，6月1日至6月20日）" / "E-3 Summer sale (promotion, 1 Jun to 20 Jun)". */
export function eventWords(event: OutsideEvent, view: View): string {
  const t = speaker(view.locale)
  const head = `${eventNo(event.no)} ${shown(event.title, LIMITS.name)}`
  const kind = EVENT_KIND[event.kind]
  const days = daysOf(event, view)
  return t(`${head}（${kind.zh}，${days}）`, `${head} (${kind.en.toLowerCase()}, ${days})`)
}

function daysOf({ first, last }: OutsideEvent, view: View): string {
  const [from, to] = [calendarDay(first, view), calendarDay(last, view)]
  return first === last ? from : speaker(view.locale)(`${from}至${to}`, `${from} to ${to}`)
}

/** Words that a note has room for. */
const MOST_TOLD = 4

/** What happened outside at the time a card tells of; nothing where nothing did. */
export function outsideBlocks(events: readonly OutsideEvent[], view: View): Block[] {
  if (events.length === 0) return []
  const t = speaker(view.locale)
  const told = events.slice(-MOST_TOLD).map((event) => eventWords(event, view))
  const more = events.length - told.length
  const rest = more === 0 ? '' : t(`；另有 ${more} 件`, `; ${more} more`)
  const words = told.join(t('；', '; ')) + rest
  return [{ kind: 'note', text: t(`同期外部事件：${words}。`, `At the time: ${words}.`) }]
}
