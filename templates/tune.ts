import type { Card, Template, View } from '../src/chat/card.ts'
import type { Advice } from '../src/reports/advice.ts'
import type { Text } from '../src/text.ts'
import { adviceButtons, adviceSays } from './advice.ts'
import { speaker } from './language.ts'
import { withinLimits } from './limits.ts'
import { noteCard } from './note.ts'
import { alertsSay, assumed, type Trial, trialBlocks } from './trial.ts'

/** One setting, as it is and as it would be. */
export interface TuneChange {
  readonly name: string
  readonly about: Text
  readonly before: Text
  readonly after: Text
  /** The new value as it is typed. */
  readonly value: string
}

export interface TuneCardData extends TuneChange {
  /** What people type for the setting. */
  readonly word: string
  /** Null: the value is the present one, so there was nothing to try. */
  readonly trial: Trial | null
  /** How many days the nights span. */
  readonly days: number
  readonly judgedByModel: boolean
  /** Names of the people whom the trial asked, by id. */
  readonly names: ReadonlyMap<string, Text>
}

/** Settings that say nothing while rules judge alone. */
const BANDS = ['p0', 'p1', 'p2', 'watch']

/** What a setting would have changed in the last days, before anyone decides. */
export const tuneCard: Template<TuneCardData> = (data, view) => {
  const t = speaker(view.locale)
  const move = `${data.before[view.locale]} → ${data.after[view.locale]}`
  const { trial } = data
  if (trial === null)
    return noteCard('warn', t(`${data.name} 现在就是这个值`, `${data.name} has this value already`), '')
  const title = t(`试算：${data.name} ${move}`, `Preview: ${data.name} ${move}`)
  const alerts = alertsSay(trial, view)
  return withinLimits({
    accent: 'neutral',
    title,
    subtitle: data.about[view.locale],
    blocks: [
      { kind: 'text', text: t('还没有生效。', 'Nothing has changed yet.') + headline(data, view) },
      ...trialBlocks(trial, data.names, view),
      { kind: 'note', text: assumed(trial.nights, data, view) },
    ],
    buttons: [
      {
        command: 'tune',
        label: t('就这样改', 'Apply'),
        style: 'primary',
        args: `${data.word} ${data.value} confirm`,
      },
      { command: 'tune', label: t('换个值试试', 'Try another'), style: 'plain', args: '' },
    ],
    fallback: `${title} · ${alerts}`,
  })
}

function headline({ word, judgedByModel }: TuneCardData, { locale }: View): string {
  if (judgedByModel || !BANDS.includes(word)) return ''
  return speaker(locale)(
    '现在没有启用模型，概率线要等启用后才起作用。',
    ' No model is in use: probability lines count only once one is.',
  )
}

/** It holds from now on. */
export const tunedCard: Template<TuneChange> = (change, { locale }): Card => {
  const t = speaker(locale)
  const { name } = change
  const [before, after] = [change.before[locale], change.after[locale]]
  if (before === after) return noteCard('ok', t(`${name} 已经是 ${after}`, `${name} is ${after} already`), '')
  return noteCard(
    'ok',
    t(`${name} 已改：${before} → ${after}`, `${name} changed: ${before} → ${after}`),
    t(
      `下一次评估起生效。要撤回，输入 config undo ${name}。`,
      `It counts from the next scoring on. To take it back, type config undo ${name}.`,
    ),
  )
}

/** Goes with the form; what is proposed for a setting stands under it. */
export const tuneAskNote: Template<{ readonly advice: readonly Advice[] }> = ({ advice }, view) => {
  const t = speaker(view.locale)
  const note = noteCard(
    'warn',
    t('先试算，再决定', 'Preview first, then decide'),
    t(
      '选一项，填上新值；看过效果、确认后才会改。',
      'Choose what to tune and its new value; it changes only once you have seen the effect and confirmed.',
    ),
  )
  const said = advice.map((each) => ({ kind: 'text' as const, text: adviceSays(each, view) }))
  return withinLimits({ ...note, blocks: [...note.blocks, ...said], buttons: adviceButtons(advice, view) })
}
