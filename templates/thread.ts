import type { Outcome, Verb } from '../src/alerts/alert.ts'
import type { RelapseReason } from '../src/alerts/follow-up.ts'
import type { Block, Card, Template, View } from '../src/chat/card.ts'
import type { Ltv } from '../src/risk/assessment.ts'
import type { Text } from '../src/text.ts'
import { speaker, zh } from './language.ts'
import { LIMITS, shown, withinLimits } from './limits.ts'
import { maskedVoice, personName } from './names.ts'
import { money, roundMoney } from './numbers.ts'
import { RELAPSE_REASON } from './relapse.ts'
import { type ClockEvent, clockTold, type Told } from './thread-clock.ts'
import { day, moment } from './times.ts'
import { alertNo, REAL_REASON, RESULT, VERB } from './words.ts'

/** One thing that happened to a case, told in its thread. */
export type ThreadEvent =
  | { readonly verb: 'claim'; readonly by: Text }
  | { readonly verb: 'contacted'; readonly by: Text; readonly note: string }
  | {
      readonly verb: 'resolve'
      readonly by: Text
      readonly outcome: Outcome
      readonly given?: Text | null
      readonly currency: string
    }
  | {
      readonly verb: 'retained'
      readonly by: Text
      readonly until: Date
      readonly note: string
      /** What was said besides the note; null: nothing. */
      readonly outcome: Outcome | null
      /** What was given; absent: as it was written. */
      readonly given?: Text | null
      readonly currency: string
    }
  | { readonly verb: 'snooze'; readonly by: Text; readonly until: Date }
  | { readonly verb: 'wake' }
  | { readonly verb: 'dismiss'; readonly by: Text; readonly note: string }
  | { readonly verb: 'reassign'; readonly by: Text; readonly to: Text; readonly note: string }
  | { readonly verb: 'step'; readonly by: Text; readonly says: Text; readonly note: string }
  | { readonly verb: 'undo'; readonly by: Text; readonly undone: Verb }
  | {
      readonly verb: 'confirm'
      readonly ownerName: Text | null
      /** Value kept: the customer's LTV; null when not known. */
      readonly kept: Ltv | null
      readonly currency: string
    }
  | {
      readonly verb: 'relapse'
      /** The case that was opened. */
      readonly to: number
      readonly reason: RelapseReason
    }
  | ClockEvent

/** As its thread tells it. `customer`: the name that is masked in notes; null or absent: none is known. */
export type ThreadLine = ThreadEvent & { readonly customer?: string | null }

/** A line of a case's thread: who did what, and what comes of it. Notes show no name, phone number or address. */
export const threadCard: Template<ThreadLine> = (event, view) => {
  const { line, said = '', fields = [], instant } = told(event, view)
  const note = shown(maskedVoice(said, event.customer ?? null), LIMITS.field)
  const blocks: Block[] = [
    ...(note === ''
      ? []
      : [{ kind: 'text' as const, text: note, ...(instant === undefined ? {} : { instant }) }]),
    ...(fields.length === 0 ? [] : [{ kind: 'fields' as const, fields }]),
  ]
  return withinLimits({ accent: accentOf(event), title: line, blocks, buttons: [], fallback: line })
}

/** A line that also lists what was written down. */
interface ToldInFull extends Told {
  readonly fields?: readonly { readonly label: string; readonly value: string }[]
}

function told(event: ThreadLine, view: View): ToldInFull {
  const t = speaker(view.locale)
  const by = 'by' in event ? personName(event.by, view.locale) : ''
  switch (event.verb) {
    case 'claim':
      return { line: t(zh`${by}认领了。`, `${by} claimed this.`) }
    case 'contacted':
      return { line: t(zh`${by}已联系上客户。`, `${by} reached the customer.`), said: event.note }
    case 'resolve':
      return resolved(event, by, view)
    case 'retained':
      return {
        line: t(
          zh`${by}标记为已留住，观察至${day(event.until, view)}。`,
          `${by} marked the customer retained; on watch until ${day(event.until, view)}.`,
        ),
        said: event.note,
        // The note is what was done.
        fields: event.outcome === null ? [] : writtenDown({ ...event.outcome, action: '' }, event, view),
      }
    case 'snooze':
      return {
        line: t(
          zh`${by}暂缓到${moment(event.until, view)}。`,
          `${by} snoozed this until ${moment(event.until, view)}.`,
        ),
      }
    case 'wake':
      return { line: t('暂缓时间到，该跟进了。', 'The snooze is over: back to work on this one.') }
    case 'dismiss':
      return { line: t(zh`${by}判断为无风险。`, `${by} judged this not a risk.`), said: event.note }
    case 'confirm':
      return confirmed(event, view)
    case 'relapse':
      return relapsed(event, view)
    case 'reassign': {
      const to = personName(event.to, view.locale)
      return { line: t(zh`${by}把它交给了${to}。`, `${by} handed this to ${to}.`), said: event.note }
    }
    case 'step':
      return {
        line: t(zh`${by}做了计划的一步：${event.says.zh}`, `${by} did a step of the plan: ${event.says.en}`),
        said: event.note,
      }
    case 'undo': {
      const what = VERB[event.undone]
      return {
        line: t(zh`${by}撤销了刚才的“${what.zh}”。`, `${by} took back the last step (${what.en}).`),
      }
    }
    default:
      return clockTold(event, view)
  }
}

function resolved(event: Extract<ThreadLine, { verb: 'resolve' }>, by: string, view: View): ToldInFull {
  const t = speaker(view.locale)
  const result = RESULT[event.outcome.result][view.locale]
  return {
    line: t(zh`${by}结案：${result}。`, `${by} closed this: ${lower(result)}.`),
    fields: writtenDown(event.outcome, event, view),
  }
}

function writtenDown(
  outcome: Outcome,
  {
    given,
    currency,
    customer,
  }: { readonly given?: Text | null; readonly currency: string; readonly customer?: string | null },
  view: View,
): NonNullable<ToldInFull['fields']> {
  const t = speaker(view.locale)
  const field = (label: string, value: string) => {
    const words = shown(maskedVoice(value, customer ?? null), 200)
    return words === '' ? [] : [{ label, value: words }]
  }
  const cost = outcome.costMinor > 0 ? money(outcome.costMinor, currency, view.locale) : ''
  return [
    ...field(t('真实原因', 'Real reason'), REAL_REASON[outcome.reason][view.locale]),
    ...field(t('做了什么', 'What was done'), outcome.action),
    ...field(t('给的权益', 'Entitlement'), given?.[view.locale] ?? outcome.entitlement),
    ...field(t('成本', 'Cost'), cost),
    ...field(t('客户怎么说', 'Customer’s reply'), outcome.reply),
  ]
}

function confirmed(event: Extract<ThreadEvent, { verb: 'confirm' }>, view: View): ToldInFull {
  const t = speaker(view.locale)
  const owner = event.ownerName === null ? null : personName(event.ownerName, view.locale)
  const thanks = owner === null ? '' : t(zh`${owner}辛苦了！`, ` Thank you, ${owner}!`)
  const line = t(`观察期满，客户确认留住。${thanks}`, `The watch is over and the customer stays.${thanks}`)
  if (event.kept === null) return { line }
  const kept = roundMoney(event.kept.minor, event.currency, view.locale)
  const mark = event.kept.estimated ? t('（估算）', ' (estimated)') : ''
  return { line, said: t(`保住的终身价值：${kept}${mark}。`, `Lifetime value kept: ${kept}${mark}.`) }
}

function relapsed(event: Extract<ThreadLine, { verb: 'relapse' }>, view: View): ToldInFull {
  const t = speaker(view.locale)
  const why = t(RELAPSE_REASON[event.reason])
  return {
    line: t(
      zh`再次预警：${why}。请到 ${alertNo(event.to)} 继续跟进。`,
      `Back at risk: ${why}. Work goes on in ${alertNo(event.to)}.`,
    ),
  }
}

function accentOf(event: ThreadEvent): Card['accent'] {
  switch (event.verb) {
    case 'confirm':
      return 'good'
    case 'overdue':
    case 'escalate':
    case 'relapse':
      return 'P1'
    case 'ask':
      return 'P2'
    case 'course':
      return event.course === 'warming' ? 'good' : event.course === 'cooling' ? 'P2' : 'neutral'
    case 'worsen':
      return event.to
    default:
      return 'neutral'
  }
}

const lower = (words: string) => words.charAt(0).toLowerCase() + words.slice(1)
