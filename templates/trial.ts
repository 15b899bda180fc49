import type { Replayed } from '../src/alerts/replay.ts'
import type { Block, View } from '../src/chat/card.ts'
import type { AlertTier } from '../src/risk/assessment.ts'
import type { Text } from '../src/text.ts'
import { speaker, zh } from './language.ts'
import { shown } from './limits.ts'
import { personName } from './names.ts'
import { number } from './numbers.ts'
import { customerNo } from './words.ts'

/** Past nights judged as they would have been, and with a change. */
export interface Trial {
  readonly before: Replayed
  readonly after: Replayed
  readonly nights: number
}

/** Names of the people whom a trial asked, by id. */
type Names = ReadonlyMap<string, Text>

/** People and customers listed; more than these nobody compares. */
const [MOST_PEOPLE, MOST_MISSED] = [8, 5]

/** How many alerts a week, who would be missed, whose load: without the change and with it. */
export function trialBlocks(trial: Trial, names: Names, view: View): Block[] {
  const t = speaker(view.locale)
  return [
    {
      kind: 'fields',
      fields: [
        { label: t('每周新预警', 'New cases a week'), value: alertsSay(trial, view) },
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
    ...loadTable(names, trial, view),
  ]
}

function aWeek({ opened, days }: Replayed, tiers: readonly AlertTier[]): number {
  const sum = tiers.reduce((all, tier) => all + opened[tier], 0)
  return days === 0 ? 0 : (sum / days) * 7
}

/** "12 → 9.5 (P0 2 → 1.5, P1 4 → 3, P2 6 → 5)". */
export function alertsSay({ before, after }: Trial, { locale }: View): string {
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
function loadTable(names: Names, { before, after }: Trial, { locale }: View): Block[] {
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

/** What a replay takes for granted. */
export function assumed(
  nights: number,
  { days, judgedByModel }: { readonly days: number; readonly judgedByModel: boolean },
  { locale }: View,
): string {
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
