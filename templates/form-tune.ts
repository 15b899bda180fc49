import type { Form } from '../src/chat/card.ts'
import { type Locale, type Text, text } from '../src/text.ts'
import { speaker } from './language.ts'

/** What can be tried on past nights: the word people type, the setting it stands for, and what it is. */
export const TUNED: readonly { readonly word: string; readonly setting: string; readonly title: Text }[] = [
  { word: 'p0', setting: 'band.p0', title: text('P0 从多大概率起', 'P0 from which probability') },
  { word: 'p1', setting: 'band.p1', title: text('P1 从多大概率起', 'P1 from which probability') },
  { word: 'p2', setting: 'band.p2', title: text('P2 从多大概率起', 'P2 from which probability') },
  { word: 'watch', setting: 'band.watch', title: text('“观察”从多大概率起', 'Watch from which probability') },
  { word: 'words', setting: 'words.days', title: text('流失词算数的天数', 'Days a churn word counts') },
  { word: 'value', setting: 'value.top-share', title: text('高价值客户的占比', 'Share that is high value') },
  { word: 'capacity', setting: 'capacity.daily', title: text('每人每天最多几单', 'New cases a day each') },
]

/** Trying a setting on the last 90 days. Fields: name (a word of TUNED), value. `present`: by word. */
export function tuneForm(locale: Locale, present: ReadonlyMap<string, string>): Form {
  const t = speaker(locale)
  return {
    title: t('试调阈值', 'Try a threshold'),
    submit: t('看看效果', 'Preview'),
    fields: [
      {
        kind: 'select',
        name: 'name',
        label: t('调哪一项', 'What to tune'),
        options: TUNED.map(({ word, title }) => ({
          value: word,
          label: t(
            `${title.zh}（现在 ${present.get(word) ?? '—'}）`,
            `${title.en} (now ${present.get(word) ?? '—'})`,
          ),
        })),
        value: 'p0',
      },
      {
        kind: 'text',
        name: 'value',
        label: t('改成多少', 'New value'),
        placeholder: t('例如 0.75', 'For example 0.75'),
        required: true,
      },
    ],
  }
}
