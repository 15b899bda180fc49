import type { Outcome } from '../src/alerts/alert.ts'
import type { Block, View } from '../src/chat/card.ts'
import type { AlertCardData } from './alert-data.ts'
import { caseFields, type Field, ownerName, worth } from './alert-fields.ts'
import { firedEvidence, quoteBlock, quotesOf } from './evidence.ts'
import { basisWords } from './kinds.ts'
import { capital, speaker, zh } from './language.ts'
import { LIMITS, shown } from './limits.ts'
import { maskedVoice } from './names.ts'
import { money } from './numbers.ts'
import { caseReason } from './relapse.ts'
import { day, dayOf, daysBetween, moment } from './times.ts'
import { alertNo, COURSE, listed, REAL_REASON, RESULT } from './words.ts'

/** A case put off: until when, and what will be waiting. */
export function snoozedBlocks(data: AlertCardData, view: View): Block[] {
  const { alert, customer, maskNames } = data
  const t = speaker(view.locale)
  const until = alert.snoozedUntil === null ? t('稍后', 'later') : moment(alert.snoozedUntil, view)
  const [quote] = quotesOf(firedEvidence(alert.assessment))
  return [
    {
      kind: 'text',
      text: t(zh`已暂缓，${until} 再提醒。`, `Snoozed until ${until}.`),
      ...(alert.snoozedUntil === null ? {} : { instant: { at: +alert.snoozedUntil, words: until } }),
    },
    { kind: 'text', text: caseReason(alert)[view.locale] },
    ...(quote === undefined
      ? []
      : [quoteBlock(quote, { view, money: data.money, maskNames, name: customer.name })]),
    { kind: 'fields', fields: caseFields(data, view) },
  ]
}

/** A customer marked retained: how far the watch is and what is looked at each day. */
export function watchBlocks(data: AlertCardData, view: View): Block[] {
  const { alert } = data
  const t = speaker(view.locale)
  const from = alert.watchFrom ?? view.now
  const until = alert.watchUntil ?? view.now
  const total = daysBetween(from, until)
  const today = dayOf(from, total, view.now)
  return [
    {
      kind: 'text',
      text: t(
        `已标记留住，观察第 ${today} 天，共 ${total} 天。期满没有新的流失信号，才算真正留住。`,
        `Marked retained. Day ${today} of ${total} of the watch; it counts only if no new signs appear by the end.`,
      ),
    },
    {
      kind: 'fields',
      fields: [
        ...courseField(data, view),
        ...ownerOnly(data, view),
        {
          label: t('观察期', 'Watch'),
          value: capital(
            t(`${day(from, view)}～${day(until, view)}`, `${day(from, view)} to ${day(until, view)}`),
          ),
        },
        { label: t('每天看什么', 'Checked daily'), value: capital(watchedWords(data, view)) },
        { label: t('客户价值', 'Value'), value: valueWords(data, view) },
        ...noteField(t('怎么留住的', 'What made them stay'), data),
      ],
    },
    ...givenFields(data, view),
    // Who cools is to be spoken to, not left alone.
    ...(alert.course === 'cooling' ? [] : [leaveRoom(view)]),
  ]
}

/** What was written down with the mark. What was done is its note, and how it ends is what the watch is for. */
function givenFields(data: AlertCardData, view: View): Block[] {
  const { outcome } = data.alert
  if (outcome === null) return []
  const [, ...fields] = outcomeFields({ ...outcome, action: '' }, data, view)
  return [{ kind: 'fields', fields }]
}

function leaveRoom(view: View): Block {
  const t = speaker(view.locale)
  return {
    kind: 'note',
    text: t(
      '照常服务就好，不必频繁打扰；一旦再出现流失信号，会马上提醒。',
      'Serve as usual and leave room. If the signs return, you will hear at once.',
    ),
  }
}

/** What the latest day of the watch said, in a word and a sentence. */
function courseField({ alert }: AlertCardData, view: View): Field[] {
  if (alert.course === null) return []
  const t = speaker(view.locale)
  const { name, about } = COURSE[alert.course]
  return [{ label: t('走势', 'Course'), value: t(`${name.zh}：${about.zh}`, `${name.en}. ${about.en}`) }]
}

/** How a case ended. */
export function closedBlocks(data: AlertCardData, view: View): Block[] {
  const { alert } = data
  const t = speaker(view.locale)
  const fields = [
    ...ownerOnly(data, view),
    ...(alert.closedAt === null
      ? []
      : [{ label: t('结束时间', 'Ended'), value: capital(moment(alert.closedAt, view)) }]),
    {
      label: alert.state === 'retained' ? t('保住的价值', 'Value kept') : t('客户价值', 'Value'),
      value: valueWords(data, view),
    },
    ...(alert.state === 'dismissed' ? noteField(t('理由', 'Why'), data) : []),
    ...(alert.outcome === null ? [] : outcomeFields(alert.outcome, data, view)),
  ]
  return [
    { kind: 'text', text: endWords(data, view) },
    { kind: 'fields', fields },
  ]
}

function endWords(data: AlertCardData, view: View): string {
  const { alert, relapseNo } = data
  const t = speaker(view.locale)
  switch (alert.state) {
    case 'retained':
      return t(
        '观察期满，没有新的流失信号，确认留住。',
        'The watch ended with no new signs: the customer is retained.',
      )
    case 'relapsed':
      return relapseNo === undefined || relapseNo === null
        ? t('观察期内没有留住，已重新预警。', 'It did not hold during the watch; a new case is open.')
        : t(
            zh`观察期内没有留住，请到 ${alertNo(relapseNo)} 继续跟进。`,
            `It did not hold during the watch. Work goes on in ${alertNo(relapseNo)}.`,
          )
    case 'dismissed':
      return t('已判断为无流失风险。', 'Judged not to be a risk.')
    default:
      return alert.outcome?.result === 'lost'
        ? t('已结案：没能留住。', 'Closed: the customer was lost.')
        : t('已结案。', 'Closed.')
  }
}

function outcomeFields(outcome: Outcome, data: AlertCardData, view: View): Field[] {
  const t = speaker(view.locale)
  const {
    maskNames,
    customer,
    money: { currency },
  } = data
  const said = (label: string, words: string): Field[] => {
    const value = shown(maskNames ? maskedVoice(words, customer.name) : words, 200)
    return value === '' ? [] : [{ label, value }]
  }
  const cost: Field[] =
    outcome.costMinor > 0
      ? [{ label: t('成本', 'Cost'), value: money(outcome.costMinor, currency, view.locale) }]
      : []
  return [
    { label: t('结果', 'Result'), value: RESULT[outcome.result][view.locale] },
    { label: t('真实原因', 'Real reason'), value: REAL_REASON[outcome.reason][view.locale] },
    ...said(t('做了什么', 'What was done'), outcome.action),
    ...said(t('给的权益', 'Entitlement'), data.given?.[view.locale] ?? outcome.entitlement),
    ...cost,
    ...said(t('客户怎么说', 'Customer’s reply'), outcome.reply),
  ]
}

/** The things the watch looks at: the customer's voice, what the alert rested on, else any sign of life. */
function watchedWords({ alert }: AlertCardData, view: View): string {
  const bases = alert.assessment.readings.filter(({ fired }) => fired).flatMap(({ basis }) => basis)
  const behaviour = bases.filter((basis) => !basis.startsWith('voice'))
  const watched = ['voice', ...(behaviour.length === 0 ? ['visit', 'order', 'login'] : behaviour)]
  const words = watched.map((basis) => shown(basisWords(basis)[view.locale], LIMITS.cell))
  return listed([...new Set(words)].slice(0, 6), view.locale)
}

function ownerOnly(data: AlertCardData, view: View): Field[] {
  const owner = ownerName(data, view)
  return owner === null ? [] : [{ label: speaker(view.locale)('负责人', 'Owner'), value: owner }]
}

function valueWords(data: AlertCardData, view: View): string {
  return worth(data.customer, data.alert.assessment, data.money.currency, view)
}

function noteField(label: string, { lastNote, maskNames, customer }: AlertCardData): Field[] {
  const note = lastNote ?? ''
  const value = shown(maskNames ? maskedVoice(note, customer.name) : note, LIMITS.quote)
  return value === '' ? [] : [{ label, value }]
}
