import type { Block, Template, View } from '../src/chat/card.ts'
import type { Unheard } from '../src/reports/unheard.ts'
import { customerCells, type ListedCustomer } from './customer-cells.ts'
import { capital, speaker } from './language.ts'
import { shown, withinLimits } from './limits.ts'
import { type MoneyView, number } from './numbers.ts'
import { type Paging, pageButtons, pageOf } from './pages.ts'
import { dataAge, day } from './times.ts'
import { customerNo } from './words.ts'

/** Customers a page can hold and still be a card. */
export const SURVEY_PAGE = 12

export interface SurveyCardData extends Paging {
  /** As typed, without the page. */
  readonly asked: string
  /** Without a voice for so many days. */
  readonly days: number
  /** Those of most value first. */
  readonly rows: readonly (Unheard & ListedCustomer)[]
  readonly total: number
  readonly refused: number
  readonly active: number
  readonly money: MoneyView
  readonly dataAgeHours: number
}

/** Customers who are here and say nothing: whom a survey should reach. */
export const surveyCard: Template<SurveyCardData> = (data, view) => {
  const { locale } = view
  const t = speaker(locale)
  const title = t('待访客户', 'Customers to ask')
  const silent = data.total + data.refused
  const share = data.active === 0 ? 0 : Math.round((silent / data.active) * 100)
  const count = t(
    `${number(data.active, locale)} 位现有客户中，${number(silent, locale)} 位（${share}%）${data.days} 天没有反馈`,
    `${number(silent, locale)} of ${number(data.active, locale)} present customers (${share}%) have said nothing for ${data.days} days`,
  )
  const none = t('没有要去问的客户。', 'There is nobody to ask.')
  const asked = data.asked === '' ? '' : `${shown(data.asked, 30)} · `
  return withinLimits({
    accent: 'neutral',
    title,
    subtitle: `${asked}${count}${pageOf(data, view)}`,
    blocks: [
      data.rows.length === 0 ? { kind: 'text', text: none } : table(data, view),
      ...(data.refused === 0 ? [] : [{ kind: 'note', text: refusedWords(data.refused, view) } as const]),
      { kind: 'note', text: dataAge(data.dataAgeHours, view) },
    ],
    ...(data.rows.length === 0 ? {} : { table: `survey ${shown(data.asked, 80)}`.trim() }),
    buttons: pageButtons(data, 'survey', shown(data.asked, 80), view),
    fallback: `${title}${t('：', ': ')}${count}`,
  })
}

function table({ rows, money }: SurveyCardData, view: View): Block {
  const { locale } = view
  const t = speaker(locale)
  return {
    kind: 'table',
    columns: t(
      '客户|门店|客户经理|终身价值|上次发声|最近往来|同意联系',
      'Customer|Store|CSM|Lifetime value|Last heard|Last active|May be contacted',
    ).split('|'),
    rows: rows.slice(0, SURVEY_PAGE).map((row) => ({
      cells: [
        ...customerCells(row, money, view),
        row.heardAt === null ? t('从未', 'Never') : capital(day(row.heardAt, view)),
        capital(day(row.activeAt, view)),
        row.contactConsent === true ? t('是', 'Yes') : t('不清楚', 'Not known'),
      ],
      command: `show ${customerNo(row.no)}`,
    })),
  }
}

function refusedWords(refused: number, { locale }: View): string {
  return speaker(locale)(
    `另有 ${refused} 位不同意联系，不列出。`,
    `${refused} more refused to be contacted and are not listed.`,
  )
}
