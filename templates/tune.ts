import type { Replayed } from '../src/alerts/replay.ts'
import type { Block, Card, Template, View } from '../src/chat/card.ts'
import type { AlertTier } from '../src/risk/assessment.ts'
import type { Text } from '../src/text.ts'
import { speaker, zh } from './language.ts'
import { shown, withinLimits } from './limits.ts'
import { personName } from './names.ts'
import { noteCard } from './note.ts'
import { number } from './numbers.ts'
import { customerNo } from './words.ts'

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
  readonly trial: { readonly before: Replayed; readonly after: Replayed; readonly nights: number } | null
  /** How many days the nights span. */
  readonly days: number
  readonly judgedByModel: boolean
  /** Names of the people whom the trial asked, by id. */
  readonly names: ReadonlyMap<string, Text>
}

/** People and customers listed; more than these nobody compares. */
const [MOST_PEOPLE, MOST_MISSED] = [8, 5]
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
      {
        kind: 'fields',
        fields: [
          { label: t('每周新预警', 'New cases a week'), value: alerts },
          { label: t('期间流失的客户', 'Customers who left'), value: leftSays(trial, view) },
          ...missedFields(trial, view),
          ...(trial.before.deferred + trial.after.deferred === 0
            ? []
            : [
                {
                  label: t('当天排不下', 'No room when they came'),
                  value: `${trial.before.deferred} → ${trial.after.deferred}`,
                },
              ]),
        ],
      },
      ...loadTable(data, trial, view),
      { kind: 'note', text: assumed(data, trial.nights, view) },
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

type Trial = NonNullable<TuneCardData['trial']>

function headline({ word, judgedByModel }: TuneCardData, { locale }: View): string {
  if (judgedByModel || !BANDS.includes(word)) return ''
  return speaker(locale)(
    '现在没有启用模型，概率线要等启用后才起作用。',
    ' No model is in use: probability lines count only once one is.',
  )
}

function aWeek({ opened, days }: Replayed, tiers: readonly AlertTier[]): number {
  const sum = tiers.reduce((all, tier) => all + opened[tier], 0)
  return days === 0 ? 0 : (sum / days) * 7
}

/** "12 → 9.5 (P0 2 → 1.5, P1 4 → 3, P2 6 → 5)". */
function alertsSay({ before, after }: Trial, { locale }: View): string {
  const t = speaker(locale)
  const move = (tiers: readonly AlertTier[]) =>
    `${number(aWeek(before, tiers), locale)} → ${number(aWeek(after, tiers), locale)}`
  const each = (['P0', 'P1', 'P2'] as const).map((tier) => `${tier} ${move([tier])}`)
  const all = move(['P0', 'P1', 'P2'])
  return t(`${all}（${each.join('，')}）`, `${all} (${each.join(', ')})`)
}

function leftSays({ before, after }: Trial, { locale }: View): string {
  const t = speaker(locale)
  const [all, warned, then] = [
    before.left.length,
    before.left.length - before.missed.length,
    after.left.length - after.missed.length,
  ]
  if (all === 0) return t('没有，无从比较', 'None, so nothing to compare')
  return t(
    `${all} 位，其中 ${warned} → ${then} 位事先有预警`,
    `${all}, ${warned} → ${then} of them flagged before`,
  )
}

/** Who would be missed that is not now, and the other way round. */
function missedFields({ before, after }: Trial, { locale }: View) {
  const t = speaker(locale)
  const without = (all: readonly number[], others: readonly number[]) =>
    all.filter((no) => !others.includes(no))
  const list = (all: readonly number[]): string => {
    const shownOnes = all.slice(0, MOST_MISSED).map((no) => customerNo(no))
    const rest = all.length - shownOnes.length
    const more = rest === 0 ? '' : t(` 等 ${all.length} 位`, ` and ${rest} more`)
    return `${shownOnes.join(t('、', ', '))}${more}`
  }
  const lost = without(after.missed, before.missed)
  const found = without(before.missed, after.missed)
  return [
    ...(lost.length === 0 ? [] : [{ label: t('会多漏掉', 'Would be missed'), value: list(lost) }]),
    ...(found.length === 0 ? [] : [{ label: t('会多预警到', 'Would be caught'), value: list(found) }]),
  ]
}

/** New cases a week for each person, the busiest first. */
function loadTable({ names }: TuneCardData, { before, after }: Trial, { locale }: View): Block[] {
  const t = speaker(locale)
  const weekly = ({ load, days }: Replayed, person: string) =>
    days === 0 ? 0 : ((load.get(person) ?? 0) / days) * 7
  const people = [...new Set([...before.load.keys(), ...after.load.keys()])]
    .sort((a, b) => weekly(after, b) - weekly(after, a) || a.localeCompare(b))
    .slice(0, MOST_PEOPLE)
  if (people.length === 0) return []
  const nameOf = (person: string): string => {
    const name = names.get(person)
    return name === undefined ? t('先到先得', 'Whoever comes first') : personName(name, locale)
  }
  return [
    {
      kind: 'table',
      columns: t('负责人|每周单数|改后', 'Person|Cases a week|Afterwards').split('|'),
      rows: people.map((person) => ({
        cells: [
          shown(nameOf(person), 24),
          number(weekly(before, person), locale),
          number(weekly(after, person), locale),
        ],
      })),
    },
  ]
}

function assumed({ days, judgedByModel }: TuneCardData, nights: number, { locale }: View): string {
  const t = speaker(locale)
  const model = judgedByModel
    ? t(
        '模型学过其中一部分日子，实际会略差一些。',
        ' The model has learned from part of these days, so expect a little less.',
      )
    : ''
  return t(
    zh`按过去 ${days} 天里的 ${nights} 个夜晚重放，每单到写结果的期限算结束，假定没有人标记过无风险。${model}`,
    `From ${nights} nights of the last ${days} days; cases are assumed to end when their outcome is due, and none to be dismissed.${model}`,
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

/** Goes with the form. */
export const tuneAskNote: Template<object> = (_, { locale }) => {
  const t = speaker(locale)
  return noteCard(
    'warn',
    t('先试算，再决定', 'Preview first, then decide'),
    t(
      '选一项，填上新值；看过效果、确认后才会改。',
      'Choose what to tune and its new value; it changes only once you have seen the effect and confirmed.',
    ),
  )
}
