import type { Alert } from '../src/alerts/alert.ts'
import type { CareStep } from '../src/alerts/care-plan.ts'
import type { Block, Template, View } from '../src/chat/card.ts'
import type { MorningPart } from '../src/reports/morning.ts'
import { type Text, text } from '../src/text.ts'
import type { CustomerFacts } from '../src/timeline/history.ts'
import { briefCase } from './brief.ts'
import { stepSays } from './care-plan.ts'
import { speaker } from './language.ts'
import { shown, withinLimits } from './limits.ts'
import { nextWords, waitingNote } from './mine.ts'
import { customerName } from './names.ts'
import { noteCard } from './note.ts'
import { counted, type MoneyView } from './numbers.ts'
import { caseReason } from './relapse.ts'
import { dataAge } from './times.ts'
import { alertNo, customerNo, STATE } from './words.ts'

export interface MorningCardData {
  /** In the order they press; parts without a case are left out. */
  readonly parts: readonly {
    readonly part: MorningPart
    readonly cases: readonly { readonly alert: Alert; readonly customer: CustomerFacts }[]
  }[]
  /** Steps of the plan for customers in danger, the soonest due first. */
  readonly planned: readonly {
    readonly alert: Alert
    readonly customer: CustomerFacts
    readonly step: CareStep
  }[]
  /** What was mended lately, and how many of their customers who complained of it and agreed to be contacted are to hear of it. */
  readonly toTell: readonly { readonly no: number; readonly name: Text; readonly count: number }[]
  /** Cases held or asked of, whatever today asks. */
  readonly total: number
  /** Customers whose card waits for a day with room. */
  readonly waiting: number
  readonly money: MoneyView
  readonly dataAgeHours: number
  /** Set: it came by itself; 'bare': by e-mail, where customers have numbers only. */
  readonly sent?: 'whole' | 'bare'
}

const PARTS: Readonly<Record<MorningPart, Text>> = {
  late: text('已超时', 'Overdue'),
  today: text('今天到期', 'Due today'),
  fresh: text('等你认领', 'Waiting for you'),
  back: text('今天恢复', 'Back today'),
  watch: text('观察期要留意', 'Watches to look at'),
}
/** Cases listed of one part; the rest stands in `mine`. */
const MOST = 6

/** What today asks of one person. */
export const morningCard: Template<MorningCardData> = (data, view) => {
  const { locale } = view
  const t = speaker(locale)
  const title = t('今天要办的', 'What today asks of you')
  const count = counts(data, view).join(t('，', ', '))
  const nothing = t('今天没有要赶的。', 'Nothing presses today.')
  const isLate = data.parts.some(({ part }) => part === 'late')
  return withinLimits({
    accent: isLate ? 'P1' : count === '' ? 'good' : 'neutral',
    title,
    subtitle: count || t(`手上共 ${data.total} 个`, `${data.total} in hand`),
    blocks: [
      ...(count === '' ? [{ kind: 'text' as const, text: nothing }] : []),
      ...data.parts.flatMap((part) => partBlocks(part, data, view)),
      ...plannedBlocks(data, view),
      ...toTellBlocks(data, view),
      ...waitingNote(data, view),
      { kind: 'note', text: [dataAge(data.dataAgeHours, view), ...sentNote(data, view)].join(t('', ' ')) },
    ],
    buttons: [{ command: 'mine', label: t('全部', 'All of mine'), style: 'plain', args: '' }],
    fallback: `${title}${t('：', ': ')}${count || nothing}`,
  })
}

/** How much of each there is to do; a list may ask for nothing but steps of a plan. */
function counts({ parts, planned, toTell }: MorningCardData, { locale }: View): string[] {
  const t = speaker(locale)
  return [
    ...parts.map(({ part, cases }) =>
      t(`${PARTS[part].zh} ${cases.length}`, `${cases.length} ${PARTS[part].en.toLowerCase()}`),
    ),
    ...(planned.length === 0
      ? []
      : [t(`八周计划 ${planned.length} 步`, `${counted(planned.length, 'step')} of a plan`)]),
    ...(toTell.length === 0
      ? []
      : [t(`要告知的改进 ${toTell.length} 项`, `${counted(toTell.length, 'mended topic')} to tell of`)]),
  ]
}

function partBlocks(
  { part, cases }: MorningCardData['parts'][number],
  data: MorningCardData,
  view: View,
): Block[] {
  const { locale } = view
  const t = speaker(locale)
  const more = cases.length - MOST
  return [
    {
      kind: 'table',
      columns: [PARTS[part][locale], ...t('客户|状态|时限|原因', 'Customer|State|Deadline|Why').split('|')],
      rows: cases.slice(0, MOST).map(({ alert, customer }) => ({
        cells: [
          alertNo(alert.no),
          called(customer, data, view),
          `${alert.tier} ${STATE[alert.state][locale]}`,
          nextWords(alert, view),
          data.sent === 'bare'
            ? caseReason(alert)[locale]
            : briefCase(alert, {
                view,
                money: data.money,
                maskNames: false,
                name: customer.name,
              }),
        ],
        tier: alert.tier,
        command: `why ${alertNo(alert.no)}`,
      })),
    },
    ...(more > 0
      ? [{ kind: 'note' as const, text: t(`还有 ${more} 个，见 mine。`, `${more} more in mine.`) }]
      : []),
  ]
}

function called(customer: CustomerFacts, { sent }: MorningCardData, { locale }: View): string {
  const no = customerNo(customer.no)
  return sent === 'bare' ? no : `${no} ${shown(customerName(customer, false, locale), 14)}`
}

function sentNote({ sent }: MorningCardData, { locale }: View): string[] {
  if (sent === undefined) return []
  const t = speaker(locale)
  return [t('不想每天早上收到：digest off', 'Not each morning? Type digest off.')]
}

function toTellBlocks({ toTell }: MorningCardData, { locale }: View): Block[] {
  if (toTell.length === 0) return []
  const t = speaker(locale)
  const rows = toTell.slice(0, MOST).map(({ no, name, count }) => ({
    cells: [
      `T-${no}`,
      shown(name[locale], 30),
      t(
        `${count} 位抱怨过、同意联系的客户`,
        `${counted(count, 'customer')} who complained and may be contacted`,
      ),
    ],
    command: `theme T-${no}`,
  }))
  const columns = t('改好了|话题|由你告知', 'Mended|Topic|For you to tell').split('|')
  return [{ kind: 'table', columns, rows }]
}

function plannedBlocks(data: MorningCardData, view: View): Block[] {
  const { planned } = data
  const { locale } = view
  const t = speaker(locale)
  if (planned.length === 0) return []
  return [
    {
      kind: 'table',
      columns: t('八周计划|客户|这一步', 'Eight-week plan|Customer|Step').split('|'),
      rows: planned.slice(0, MOST).map(({ alert, customer, step }) => ({
        cells: [alertNo(alert.no), called(customer, data, view), stepSays(step, view)],
        tier: alert.tier,
        command: `show ${customerNo(customer.no)}`,
      })),
    },
    { kind: 'note', text: t('做完后：step A-1042 一句话', 'Once done: step A-1042 a line') },
  ]
}

/** The answer to `digest on` and `digest off`. `runs`: whether the lists are sent at all. */
export const morningNote: Template<{ readonly on: boolean; readonly runs: boolean }> = (
  { on, runs },
  { locale },
) => {
  const t = speaker(locale)
  if (!on)
    return noteCard(
      'ok',
      t('不再每天早上发给你', 'Your list no longer comes each morning'),
      t('随时输入 digest mine 查看。', 'Type digest mine to see it any time.'),
    )
  return runs
    ? noteCard(
        'ok',
        t('工作日早上会发给你', 'Your list comes on the morning of each working day'),
        t('没有要办的那天不发。', 'Not on days that ask nothing of you.'),
      )
    : noteCard(
        'warn',
        t('已记下，但现在不会发', 'Noted, but lists are not sent at present'),
        t(
          '配置里 schedule.morning 是 off，请管理员打开。',
          'schedule.morning is off in the configuration; ask an admin.',
        ),
      )
}
