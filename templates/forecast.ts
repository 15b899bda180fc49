import type { Block, View } from '../src/chat/card.ts'
import type { Assessment } from '../src/risk/assessment.ts'
import { labelled } from './evidence.ts'
import { speaker, zh } from './language.ts'
import { type MoneyView, measured } from './numbers.ts'

type Field = Extract<Block, { kind: 'fields' }>['fields'][number]

/** What the model in use says and what would lower it; nothing while rules judge alone. */
export function forecastFields({ forecast, lever }: Assessment, money: MoneyView, view: View): Field[] {
  if (forecast === undefined) return []
  const t = speaker(view.locale)
  const chance: Field = {
    label: t('流失概率', 'Chance of leaving'),
    value: t(
      zh`${percent(forecast.probability)}（${forecast.days} 天内）`,
      `${percent(forecast.probability)} within ${forecast.days} days`,
    ),
  }
  if (lever === undefined) return [chance]
  const say = (value: number) => measured(lever.feature, value, money, view.locale)
  const move = `${labelled(lever.label, view.locale)} ${say(lever.from)} → ${say(lever.to)}`
  const then = percent(lever.probability)
  return [
    chance,
    {
      label: t('怎样能降下来', 'What would lower it'),
      value: t(`${move}，概率可降到 ${then}`, `${move} would bring it to ${then}`),
    },
  ]
}

/** A share as people read it. Never "0%" or "100%": a model is not that sure. */
export function percent(share: number): string {
  if (share < 0.01) return `< 1%`
  if (share > 0.99) return `> 99%`
  return `${Math.round(share * 100)}%`
}
