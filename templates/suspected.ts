import type { Block, Button, Template, View } from '../src/chat/card.ts'
import { DAY } from '../src/clock.ts'
import type { CallFound } from '../src/records/confirmed.ts'
import type { CustomerFacts } from '../src/timeline/history.ts'
import { customerCells, type ListedCustomer } from './customer-cells.ts'
import { capital, speaker } from './language.ts'
import { withinLimits } from './limits.ts'
import { customerTitle } from './names.ts'
import { noteCard } from './note.ts'
import { type MoneyView, number } from './numbers.ts'
import { type Paging, pageButtons, pageOf } from './pages.ts'
import { dataAge, day } from './times.ts'
import { customerNo } from './words.ts'

/** Customers a page can hold and still be a card. */
export const SUSPECTED_PAGE = 12

export interface SuspectedCardData extends Paging {
  readonly rows: readonly ListedCustomer[]
  readonly total: number
  /** 'mine', or nothing. */
  readonly asked: string
  /** Without activity for so many days makes a leaver. */
  readonly inactiveDays: number
  readonly money: MoneyView
  readonly dataAgeHours: number
}

/** Whom to call and ask whether they are still customers. */
export const suspectedCard: Template<SuspectedCardData> = (data, view) => {
  const t = speaker(view.locale)
  const title = t('疑似流失，待电话确认', 'Suspected leavers to call')
  const count = t(
    `${number(data.total, 'zh')} 位客户超过 ${data.inactiveDays} 天没有往来`,
    `${number(data.total, 'en')} without activity for more than ${data.inactiveDays} days`,
  )
  const how = t(
    '打过电话后输入 confirm C-12 left（已流失）或 confirm C-12 here（还在）；客户说了什么，用 heard C-12 记下。',
    'After the call type confirm C-12 left, or confirm C-12 here; heard C-12 passes on what they said.',
  )
  const nobody = t('没有要打电话确认的客户。', 'There is nobody to call.')
  return withinLimits({
    accent: 'neutral',
    title,
    subtitle: `${count}${pageOf(data, view)}`,
    blocks: [
      data.rows.length === 0 ? { kind: 'text', text: nobody } : table(data, view),
      { kind: 'note', text: how },
      { kind: 'note', text: dataAge(data.dataAgeHours, view) },
    ],
    buttons: pageButtons(data, 'confirm', data.asked, view),
    fallback: `${title}${t('：', ': ')}${count}`,
  })
}

function table({ rows, money }: SuspectedCardData, view: View): Block {
  const { locale } = view
  const t = speaker(locale)
  return {
    kind: 'table',
    columns: t(
      '客户|门店|客户经理|终身价值|最近往来|已经多久',
      'Customer|Store|CSM|Lifetime value|Last active|Silent for',
    ).split('|'),
    rows: rows.slice(0, SUSPECTED_PAGE).map((row) => {
      const days = Math.floor((view.now.getTime() - row.activeAt.getTime()) / DAY)
      return {
        cells: [
          ...customerCells(row, money, view),
          capital(day(row.activeAt, view)),
          t(`${days} 天`, `${days} days`),
        ],
        command: `show ${customerNo(row.no)}`,
      }
    }),
  }
}

/** What is shown of a customer whom nobody has called yet. */
export function suspectedNote({ locale }: View): string {
  return speaker(locale)(
    '疑似流失：还没有人打电话确认。问过之后，记下客户还在不在。',
    'A suspected leaver: nobody has called to ask. After the call, say whether they are still a customer.',
  )
}

export function callButtons(no: number, { locale }: View): Button[] {
  const t = speaker(locale)
  const button = (label: string, found: CallFound): Button => ({
    ...{ command: 'confirm', label, style: 'plain', args: `${customerNo(no)} ${found}` },
  })
  return [
    button(t('电话确认：还在', 'Called: still here'), 'here'),
    button(t('电话确认：已流失', 'Called: has left'), 'left'),
  ]
}

export interface CallFoundData {
  readonly customer: CustomerFacts
  readonly found: CallFound
}

export const callFoundNote: Template<CallFoundData> = ({ customer, found }, view) => {
  const t = speaker(view.locale)
  const who = customerTitle(customer, false, view.locale)
  return found === 'here'
    ? noteCard(
        'ok',
        t(`${who}：确认还在`, `${who}: still a customer`),
        t(
          '从今天起按还在的客户计算，训练和报告也是。',
          'From today they count as here, for models and reports as well.',
        ),
      )
    : noteCard(
        'ok',
        t(`${who}：确认流失`, `${who}: has left`),
        t(
          '按最近一次往来那天流失计算，训练和报告也是。',
          'They count as gone since they were last active, for models and reports as well.',
        ),
      )
}
