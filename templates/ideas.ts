import type { Block, Template, View } from '../src/chat/card.ts'
import type { Text } from '../src/text.ts'
import type { Idea } from '../src/voice/ideas.ts'
import { speaker, zh } from './language.ts'
import { LIMITS, shown, withinLimits } from './limits.ts'
import { maskedVoice } from './names.ts'
import { roundMoney } from './numbers.ts'
import { type Paging, pageButtons, pageOf } from './pages.ts'
import { day } from './times.ts'
import { rankChart } from './voc-words.ts'
import { voiceNo } from './words.ts'

/** Ideas a page can hold and still be a card. */
export const IDEAS_PAGE = 8

export interface IdeasCardData extends Paging {
  /** What the list was narrowed to; null: everything. */
  readonly topic: Text | null
  /** The same as typed. */
  readonly asked: string
  /** `name`: of the customer who said the example. */
  readonly rows: readonly (Idea & { readonly name: string | null })[]
  readonly total: number
  readonly currency: string
  readonly maskNames: boolean
}

/** What customers wish for, an example of each wish with how many share it. */
export const ideasCard: Template<IdeasCardData> = (data, view) => {
  const { locale } = view
  const t = speaker(locale)
  const title = t('客户的心愿', 'What customers wish for')
  const count = t(`共 ${data.total} 个`, `${data.total} in all`) + pageOf(data, view)
  const topic = data.topic === null ? '' : `${shown(data.topic[locale], 40)} · `
  const none = t('还没有听到这样的心愿。', 'No such wish has been heard yet.')
  const chart = rankChart(
    t('想要的客户数', 'Customers who wish for it'),
    data.rows.slice(0, IDEAS_PAGE).map((idea) => ({
      name: shown(wishOf(idea, data.maskNames), 14),
      value: idea.customers,
      shown: t(`${idea.customers} 位`, String(idea.customers)),
    })),
  )
  const blocks: Block[] =
    data.rows.length === 0
      ? [{ kind: 'text', text: none }]
      : [
          ...(chart === null ? [] : [chart]),
          ...data.rows.slice(0, IDEAS_PAGE).map(
            (idea): Block => ({
              kind: 'quote',
              text: shown(wishOf(idea, data.maskNames), LIMITS.quote),
              by: aboutIdea(idea, data.currency, view),
            }),
          ),
        ]
  return withinLimits({
    accent: 'neutral',
    title,
    subtitle: `${topic}${count}`,
    blocks,
    buttons: pageButtons(data, 'ideas', shown(data.asked, 80), view),
    fallback: data.rows.length === 0 ? none : `${title}${t('：', ': ')}${count}`,
  })
}

function wishOf({ example, name }: IdeasCardData['rows'][number], masked: boolean): string {
  return masked ? maskedVoice(example.wish, name) : example.wish
}

/** "12 位客户，15 条 · 价值 ¥120 万 · 最近 5月31日 · V-12" */
function aboutIdea({ customers, voices, ltvMinor, example }: Idea, currency: string, view: View): string {
  const t = speaker(view.locale)
  const heads = t(`${customers} 位客户`, customers === 1 ? '1 customer' : `${customers} customers`)
  const often = voices === customers ? '' : t(`，${voices} 条`, `, ${voices} voices`)
  const last = day(example.at, view)
  return [
    heads + often,
    ...(ltvMinor === null
      ? []
      : [
          t(zh`价值${roundMoney(ltvMinor, currency, 'zh')}`, `worth ${roundMoney(ltvMinor, currency, 'en')}`),
        ]),
    t(zh`最近${last}`, `last ${last}`),
    voiceNo(example.no),
  ].join(' · ')
}
