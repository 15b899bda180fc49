import type { Block, View } from '../src/chat/card.ts'
import type { CauseOdds } from '../src/risk/odds.ts'
import { percent } from './forecast.ts'
import { capital, speaker, zh } from './language.ts'
import { number } from './numbers.ts'
import { CAUSE } from './words.ts'

/** What priority expects of each likely reason, and whether outcomes or starting values say so. */
export function oddsBlocks(odds: readonly CauseOdds[], view: View): Block[] {
  const [first] = odds
  if (first === undefined) return []
  const t = speaker(view.locale)
  return [
    {
      kind: 'text',
      text: t(
        zh`排优先级用的挽回可能和投入（1 = 打一通电话），按可能原因。了结满 ${first.enough} 例的按结果算，其余数据还不够，用起始值。`,
        `What priority expects by likely reason: the chance of keeping them, and the cost (1 = one call). From ${first.enough} ended cases on, outcomes tell; below that there is not enough data yet, and starting values stand.`,
      ),
    },
    {
      kind: 'table',
      columns: t('可能原因|了结|留住|挽回可能|投入|依据', 'Reason|Ended|Kept|Chance|Cost|From').split('|'),
      rows: odds.map(({ cause, cases, kept, retainability, cost, isLearned }) => ({
        cells: [
          capital(CAUSE[cause][view.locale]),
          number(cases, view.locale),
          number(kept, view.locale),
          percent(retainability),
          number(cost, view.locale),
          isLearned ? t('结果', 'outcomes') : t('起始值', 'starting value'),
        ],
      })),
    },
  ]
}
