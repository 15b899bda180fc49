import type { Block, Button, Card, View } from '../src/chat/card.ts'
import type { GivenTheme, Notice } from '../src/learning/notice.ts'
import { speaker, zh } from './language.ts'
import { LIMITS, shown, withinLimits } from './limits.ts'
import { personName } from './names.ts'
import { calendarDay } from './times.ts'

type DataOf<Kind extends Notice['kind']> = Extract<Notice, { kind: Kind }>['data']

/** Somebody is given a topic to mend. */
export function themeGiven(given: GivenTheme, view: View): Card {
  const { no, topic, due } = given
  const t = speaker(view.locale)
  const [name, whose] = [shown(topic[view.locale], 60), whoseWords(given, view)]
  const title = t(zh`T-${no}：“${name}”交给${whose}`, `T-${no}: "${name}" goes to ${whose}`)
  const until = due === null ? '' : t(`期限 ${calendarDay(due, view)}。`, `Due ${calendarDay(due, view)}. `)
  return toMend(given, { accent: 'neutral', title, text: until + onceMended(no, view) }, view)
}

/** Their day for it has passed. */
export function themeLate(given: GivenTheme, view: View): Card {
  const { no, topic, due } = given
  const t = speaker(view.locale)
  const [name, whose] = [shown(topic[view.locale], 60), whoseWords(given, view)]
  const title = t(zh`T-${no} 已逾期：${name}`, `T-${no} is overdue: ${name}`)
  const day = due === null ? '—' : calendarDay(due, view)
  const text = t(`${whose}，期限是 ${day}。`, `${whose}, due ${day}. `) + onceMended(no, view)
  return toMend(given, { accent: 'P1', title, text }, view)
}

function whoseWords({ department, owner }: GivenTheme, { locale }: View): string {
  const parts = [
    department === null ? '' : shown(department, LIMITS.name),
    owner === null ? '' : personName(owner, locale),
  ]
  return parts.filter(Boolean).join(' · ')
}

function onceMended(no: number, { locale }: View): string {
  return speaker(locale)(`改好后：theme done T-${no} 改好了什么`, `Once mended: theme done T-${no} WHAT`)
}

function toMend(
  { topic }: GivenTheme,
  { accent, title, text }: { readonly accent: Card['accent']; readonly title: string; readonly text: string },
  { locale }: View,
): Card {
  const see: Button = {
    ...{ command: 'voc', label: speaker(locale)('看客户怎么说', 'What customers say') },
    ...{ style: 'plain', args: `topic ${topic[locale]}` },
  }
  return withinLimits({
    ...{ accent, title, blocks: [{ kind: 'text', text }] },
    ...{ buttons: [see], fallback: `${title} · ${text}` },
  })
}

/** Something was mended: who complained is to hear of it from who keeps them. */
export function themeMended({ no, topic, fixed, by, tellers }: DataOf<'theme-mended'>, view: View): Card {
  const { locale } = view
  const t = speaker(locale)
  const name = shown(topic[locale], 60)
  const title = t(zh`T-${no} 改好了：${name}`, `T-${no} is mended: ${name}`)
  const [what, who] = [shown(fixed, LIMITS.quote), personName(by, locale)]
  const text = t(`${what}（${who}）`, `${what} (${who})`)
  const told: Block[] =
    tellers.length === 0
      ? [{ kind: 'note', text: t('没有可以告知的客户。', 'There is no customer to tell.') }]
      : [
          {
            kind: 'fields',
            fields: tellers.slice(0, 20).map((teller) => ({
              label: teller.name === null ? t('未指定客户经理', 'No CSM') : personName(teller.name, locale),
              value: t(
                `${teller.count} 位客户待告知`,
                `${teller.count} ${teller.count === 1 ? 'customer' : 'customers'} to tell`,
              ),
            })),
          },
          {
            kind: 'note',
            text: t(
              `他们抱怨过，也同意联系。名单和草稿：theme T-${no}`,
              `They complained of it and agreed to be contacted. Names and a draft: theme T-${no}`,
            ),
          },
        ]
  return withinLimits({
    ...{ accent: 'good', title, blocks: [{ kind: 'text', text }, ...told] },
    buttons: [
      {
        command: 'theme',
        label: t('我的名单和草稿', 'My list and draft'),
        style: 'primary',
        args: `T-${no}`,
      },
    ],
    fallback: `${title} · ${text}`,
  })
}
