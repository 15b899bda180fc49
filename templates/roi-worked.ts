import type { View } from '../src/chat/card.ts'
import type { Shifted, WorkedChange } from '../src/reports/worked.ts'
import { speaker } from './language.ts'
import { number, roundMoney } from './numbers.ts'
import { toldWords } from './roi-words.ts'
import { signed } from './voc-words.ts'

/** Customers who were warned of and reached, before and since: rows of name and value. */
export function workedRows(
  { nps, gained }: WorkedChange,
  currency: string,
  view: View,
): readonly (readonly [string, string])[] {
  const t = speaker(view.locale)
  const points = (value: number) => signed(value, 0)
  const money = (value: number) => roundMoney(value, currency, view.locale)
  const days = number(gained.days, view.locale)
  return [
    [
      t('NPS（联系过的客户，前 → 后）', 'NPS of those reached, before → since'),
      shiftWords(nps, points, view),
    ],
    [
      t(`每位带来的价值（前后各 ${days} 天）`, `LTV gained by each, ${days} days before → after`),
      shiftWords(gained, money, view),
    ],
  ]
}

/** "-20 → +5（+25，3 至 47），变好" / "-20 → +5 (+25, 3 to 47), better"; too few: how many there are. */
function shiftWords(
  { before, after, change, of, least, isSmall }: Shifted,
  write: (value: number) => string,
  view: View,
): string {
  const t = speaker(view.locale)
  if (before === null || after === null || change === null)
    return toldWords('share', { estimate: null, of, least }, view)
  const by = `${change.by > 0 ? '+' : ''}${write(change.by)}`.replace('++', '+')
  const [low, high] = [write(change.low), write(change.high)]
  const verdict = !change.clear
    ? t('不明显', 'not clear')
    : change.by > 0
      ? t('变好', 'better')
      : t('变差', 'worse')
  const small = isSmall ? t(`，只有 ${of} 位，仅供参考`, `; only ${of} customers, take with care`) : ''
  return (
    t(
      `${write(before)} → ${write(after)}（${by}，${low} 至 ${high}），${verdict}`,
      `${write(before)} → ${write(after)} (${by}, ${low} to ${high}), ${verdict}`,
    ) + small
  )
}
