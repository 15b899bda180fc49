import { OTHER_GIFT, REAL_REASONS, RESULTS } from '../src/alerts/alert.ts'
import type { Form, FormField } from '../src/chat/card.ts'
import type { Locale, Text } from '../src/text.ts'
import { NO_GIFT, type Offer } from './grant.ts'
import { speaker } from './language.ts'
import { personName } from './names.ts'
import { REAL_REASON, RESULT } from './words.ts'

/** Values of the snooze form's field `for`. */
export const SNOOZES = ['2h', 'work', 'tomorrow', '3d', '1w'] as const
export type Snooze = (typeof SNOOZES)[number]

/**
 * Closing a case. Fields: result, reason, action (required), entitlement, cost (whole or decimal units of
 * `currency`, not minor ones), reply. What may be granted is chosen from `offers` where there are any. Result and reason start unchosen: a preset one would be learned from.
 */
export function resolveForm(locale: Locale, currency: string, offers: readonly Offer[] = []): Form {
  const t = speaker(locale)
  return {
    title: t('写结果', 'Write the outcome'),
    submit: t('结案', 'Close case'),
    fields: [
      {
        kind: 'select',
        name: 'result',
        label: t('结果', 'Result'),
        options: options(RESULTS, RESULT, locale),
      },
      {
        kind: 'select',
        name: 'reason',
        label: t('真实原因', 'Real reason'),
        options: options(REAL_REASONS, REAL_REASON, locale),
      },
      {
        kind: 'text',
        name: 'action',
        label: t('做了什么', 'What you did'),
        placeholder: t(
          '例如：上门道歉，重新处理，当天给了答复',
          'For example: apologised in person and put it right',
        ),
        multiline: true,
        required: true,
      },
      entitlementField(offers, locale),
      ...costAndReply(currency, locale),
    ],
  }
}

function costAndReply(currency: string, locale: Locale): FormField[] {
  const t = speaker(locale)
  return [
    {
      kind: 'number',
      name: 'cost',
      label: t(`权益成本（${currency === 'CNY' ? '元' : currency}）`, `Its cost (${currency})`),
      min: 0,
      value: 0,
    },
    {
      kind: 'text',
      name: 'reply',
      label: t('客户怎么说', 'What the customer said'),
      placeholder: t('尽量用客户原话', 'In their own words if you can'),
      multiline: true,
    },
  ]
}

function entitlementField(offers: readonly Offer[], locale: Locale): FormField {
  const t = speaker(locale)
  const named = { name: 'entitlement', label: t('给了什么权益', 'Entitlement granted') }
  if (offers.length === 0)
    return { kind: 'text', ...named, placeholder: t('没有就留空', 'Leave empty if none') }
  return {
    kind: 'select',
    ...named,
    options: [
      { value: NO_GIFT, label: t('没有给', 'None') },
      ...offers.map(({ name, label, managers }) => ({
        value: name,
        label: managers ? t(`${label.zh}（主管才能给）`, `${label.en} (managers only)`) : label[locale],
      })),
      { value: OTHER_GIFT, label: t('其他（写在“做了什么”里）', 'Other (say what under “What you did”)') },
    ],
    value: NO_GIFT,
  }
}

/** Value of a reason that nobody has said yet. */
export const NOT_SAID = 'not-said'

/**
 * Marking a customer retained. Fields: note, and as far as they are known: reason, entitlement, cost, reply, as in the outcome. Who
 * says one of these says the reason too.
 */
export function retainedForm(locale: Locale, currency: string, offers: readonly Offer[] = []): Form {
  const t = speaker(locale)
  return {
    title: t('标记已留住', 'Mark retained'),
    submit: t('开始观察', 'Start the watch'),
    fields: [
      {
        kind: 'text',
        name: 'note',
        label: t('怎么留住的', 'What made them stay'),
        placeholder: t(
          '一两句话。万一再次预警，接手的人会看到',
          'A line or two. Whoever gets a re-alert will see it',
        ),
        multiline: true,
      },
      {
        kind: 'select',
        name: 'reason',
        label: t('真实原因', 'Real reason'),
        options: [
          { value: NOT_SAID, label: t('还不清楚', 'Not known yet') },
          ...options(REAL_REASONS, REAL_REASON, locale),
        ],
        value: NOT_SAID,
      },
      entitlementField(offers, locale),
      ...costAndReply(currency, locale),
    ],
  }
}

/** Putting a case off. Field: for, one of SNOOZES. */
export function snoozeForm(locale: Locale): Form {
  const t = speaker(locale)
  const labels = {
    '2h': t('2 小时后', 'In 2 hours'),
    work: t('下次上班时', 'When work begins'),
    tomorrow: t('明天上午 9 点', 'Tomorrow at 09:00'),
    '3d': t('3 天后', 'In 3 days'),
    '1w': t('一周后', 'In a week'),
  }
  return {
    title: t('稍后再提醒', 'Remind me later'),
    submit: t('暂缓', 'Snooze'),
    fields: [
      {
        kind: 'select',
        name: 'for',
        label: t('什么时候提醒', 'When'),
        options: SNOOZES.map((value) => ({ value, label: labels[value] })),
        value: '2h',
      },
    ],
  }
}

/** Handing a case over. Fields: to (a person's id), note. */
export function reassignForm(
  locale: Locale,
  people: readonly { readonly id: string; readonly name: Text }[],
): Form {
  const t = speaker(locale)
  return {
    title: t('转交', 'Reassign'),
    submit: t('转交', 'Reassign'),
    fields: [
      {
        kind: 'select',
        name: 'to',
        label: t('交给谁', 'To whom'),
        options: people.map(({ id, name }) => ({ value: id, label: personName(name, locale) })),
      },
      {
        kind: 'text',
        name: 'note',
        label: t('交代一句', 'What they should know'),
        placeholder: t('例如：客户只接下午的电话', 'For example: only answers in the afternoon'),
        multiline: true,
      },
    ],
  }
}

/** Saying that a customer is not at risk. Field: reason (required). */
export function dismissForm(locale: Locale): Form {
  const t = speaker(locale)
  return {
    title: t('标记为无风险', 'Not a risk'),
    submit: t('确认无风险', 'Confirm'),
    fields: [
      {
        kind: 'text',
        name: 'reason',
        label: t('为什么判断没有风险', 'Why is this not a risk?'),
        placeholder: t(
          '例如：客户每年这时候出国，秋天才回来',
          'For example: abroad every summer, back in autumn',
        ),
        multiline: true,
        required: true,
      },
    ],
  }
}

function options<T extends string>(values: readonly T[], words: Readonly<Record<T, Text>>, locale: Locale) {
  return values.map((value) => ({ value, label: words[value][locale] }))
}
