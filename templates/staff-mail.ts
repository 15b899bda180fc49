import type { CallVerb } from '../src/alerts/calls.ts'
import type { Card, View } from '../src/chat/card.ts'
import type { StaffMail } from '../src/learning/notice.ts'
import { type Text, text } from '../src/text.ts'
import { capital, speaker } from './language.ts'
import { withinLimits } from './limits.ts'
import { moment } from './times.ts'
import { alertNo, CLOCK, customerNo, TIER_REASON } from './words.ts'

type Call = StaffMail['calls'][number]

/** Lines of one e-mail. */
const MOST = 20

/** An e-mail to one person whom no chat reached: numbers only, for it passes through many hands. */
export function staffMail({ calls, console }: StaffMail, seen: View): Card {
  // It is read whenever it is read: no "today".
  const view = { ...seen, lasting: true }
  const t = speaker(view.locale)
  const first = calls[0]!
  const title =
    calls.length === 1
      ? t(
          `前震 ${headOf(first)}：${WHAT[first.verb].zh}`,
          `Foreshock ${headOf(first)}: ${WHAT[first.verb].en}`,
        )
      : t(
          `前震 ${headOf(first)} 等 ${calls.length} 件事在等你`,
          `Foreshock ${headOf(first)} and ${calls.length - 1} more wait for you`,
        )
  const [case1, customer1] = [alertNo(first.no), customerNo(first.customerNo)]
  return withinLimits({
    accent: first.tier,
    title,
    blocks: [
      {
        kind: 'steps',
        title: t('要处理的', 'To do'),
        steps: calls.slice(0, MOST).map((call) => lineOf(call, view)),
      },
      {
        kind: 'text',
        text: t(
          `打开控制台 ${console} ，输入 show ${customer1} 看客户，输入 claim ${case1} 认领；mine 列出你的全部预警。`,
          `Open the console at ${console} and type show ${customer1} to see the customer, claim ${case1} to take the case, mine for all of yours.`,
        ),
      },
      {
        kind: 'note',
        text: t(
          '聊天没能通知到你，所以发这封邮件。为保护客户，信里只写编号。',
          'No chat reached you, so this is an e-mail. To protect customers it carries numbers only.',
        ),
      },
    ],
    buttons: [],
    fallback: title,
  })
}

function headOf({ no, tier }: Call): string {
  return `${alertNo(no)} (${tier})`
}

const WHAT: Readonly<Record<CallVerb, Text>> = {
  open: text('请你处理', 'for you to take'),
  worsen: text('情况有变，请再看一眼', 'has changed, please look again'),
  reassign: text('已交给你', 'has been handed to you'),
  remind: text('时限快到了', 'is due soon'),
  overdue: text('已超时，请你过问', 'is overdue and needs you'),
  escalate: text('超时上报给你', 'is overdue and now with you'),
  ask: text('认领后没有进展，还在跟进吗？', 'was claimed without progress: are you still on it?'),
}

/** "A-1042 · P0 · C-34 · …: is due soon (claim, by 3 Jun 09:00)" */
function lineOf(call: Call, view: View): string {
  const { locale } = view
  const t = speaker(locale)
  const { clock, dueAt, customerNo: no, reason, verb } = call
  const due =
    clock === null || dueAt === null
      ? ''
      : t(
          `（${CLOCK[clock].name.zh}，时限 ${moment(new Date(dueAt), view)}）`,
          ` (${CLOCK[clock].name.en}, due ${moment(new Date(dueAt), view)})`,
        )
  const head = [
    alertNo(call.no),
    call.tier,
    customerNo(no),
    TIER_REASON[reason][locale].replace(/[。.]$/, ''),
  ]
  return t(
    `${head.join(' · ')}：${WHAT[verb].zh}${due}`,
    `${head.join(' · ')}: ${capital(WHAT[verb].en)}${due}`,
  )
}
