import type { Block, Template, View } from '../src/chat/card.ts'
import type { Missed, Pattern, Unwarned, UnwarnedSince } from '../src/reports/unwarned.ts'
import { type Text, text } from '../src/text.ts'
import { speaker, zh } from './language.ts'
import { withinLimits } from './limits.ts'
import { number, roundMoney } from './numbers.ts'
import { toldWords } from './roi-words.ts'
import { day } from './times.ts'

const PATTERN: Readonly<Record<Pattern, Text>> = {
  late: text('有预警，但已经不来了', 'Warned of, but after their last day'),
  below: text('在关注名单里，没到出卡片的程度', 'In the lists, below the line of a card'),
  new: text('成为客户不到半年', 'A customer for less than half a year'),
  seldom: text('一年最多来两次，看不出规律', 'Here twice a year at most: no rhythm to miss'),
  mute: text('常来，一年里没说过话', 'Came, and said nothing for a year'),
  'as-ever': text('照常来往、照常反馈，突然离开', 'Came and spoke as ever until the last day'),
}

/** The week's look at those nobody warned of, where no model is in use whose report would name them. */
export const unwarnedCard: Template<Missed> = (missed, view) => {
  const title = speaker(view.locale)('离开的客户里，提前预警到了多少', 'Who left, and who was warned of')
  return withinLimits({
    accent: 'neutral',
    title,
    blocks: unwarnedBlocks(missed, missed.currency, view),
    buttons: [],
    fallback: `${title} · ${earlyWords(missed, view)}`,
  })
}

/** How many of those who left were warned of in time, and the others by pattern. */
export function unwarnedBlocks(unwarned: UnwarnedSince, currency: string, view: View): Block[] {
  return [{ kind: 'text', text: sinceWords(unwarned, view) }, ...patternTable(unwarned, currency, view)]
}

export function earlyWords({ warned }: Unwarned, view: View): string {
  const early = speaker(view.locale)('提前预警到的离开客户：', 'Leavers warned of in time: ')
  return `${early}${toldWords('share', warned, view)}`
}

function sinceWords(unwarned: UnwarnedSince, view: View): string {
  const t = speaker(view.locale)
  const from = day(unwarned.since, view)
  if (unwarned.warned.of === 0)
    return t(zh`${from}以来，还没有客户确定离开。`, `Since ${from} nobody is known to have left.`)
  const since = t(zh`${from}以来，`, `Since ${from}. `)
  const missed = unwarned.patterns.reduce((sum, { count }) => sum + count, 0)
  return (
    since +
    earlyWords(unwarned, view) +
    (missed === 0
      ? t('。没有漏掉的。', '. None was missed.')
      : t(`。漏掉 ${missed} 位：`, `. Missed: ${number(missed, 'en')}.`))
  )
}

function patternTable({ patterns }: Unwarned, currency: string, view: View): Block[] {
  if (patterns.length === 0) return []
  const t = speaker(view.locale)
  return [
    {
      kind: 'table',
      columns: t(
        '没人提前预警的|客户|终身价值',
        'Nobody warned of them in time|Customers|Lifetime value',
      ).split('|'),
      rows: patterns.map(({ pattern, count, worthMinor }) => ({
        cells: [
          PATTERN[pattern][view.locale],
          number(count, view.locale),
          roundMoney(worthMinor, currency, view.locale),
        ],
      })),
    },
  ]
}
