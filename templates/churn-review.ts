import type { Block, Template, View } from '../src/chat/card.ts'
import type { ChurnReview, ChurnSides, ReturnSoFar } from '../src/reports/churn-review.ts'
import type { Text } from '../src/text.ts'
import { speaker, zh } from './language.ts'
import { withinLimits } from './limits.ts'
import { personName } from './names.ts'
import { counted, number, roundMoney } from './numbers.ts'
import { churnCells, churnTable } from './roi-blocks.ts'
import { estimateWords, roiWords } from './roi-words.ts'
import { day, stretch } from './times.ts'
import { earlyWords, unwarnedBlocks } from './unwarned.ts'
import { rankChart, valueWords } from './voc-words.ts'

/** Portfolios a card names. */
const OWNERS = 15

/** Churn before and since by value and portfolio, what the work cost and brought, and whom nobody warned of. */
export const churnReviewCard: Template<ChurnReview> = (data, view) => {
  const t = speaker(view.locale)
  const { churn, half, unwarned } = data
  const title = t('流失与投入产出复盘', 'Churn and return review')
  const span = t(
    zh`${stretch(half, view)}，预警 ${half.cases} 个`,
    `${stretch(half, view)}, ${counted(half.cases, 'case')}`,
  )
  return withinLimits({
    accent: 'neutral',
    title,
    subtitle: span,
    blocks: [
      ...(churn === null ? [] : [...earlyBlocks(churn, data.live, view), ...churnBlocksOf(churn, view)]),
      returnTable(data, view),
      ...unwarnedBlocks(unwarned, data.currency, view),
      { kind: 'note', text: churnNote(data, view) },
      { kind: 'note', text: moneyNote(data, view) },
    ],
    buttons: [
      { command: 'review', label: t('做法复盘', 'Playbooks'), style: 'plain', args: 'playbooks' },
      { command: 'roi', label: t('投入产出', 'Effect and return'), style: 'plain', args: '' },
    ],
    fallback: `${title} · ${span} · ${earlyWords(unwarned, view)}`,
  })
}

/** Else a rise would be laid at the door of warnings that were not there yet. */
function earlyBlocks({ now }: ChurnSides, live: number, { locale }: View): Block[] {
  if (live <= (now.from + now.to) / 2) return []
  const text = speaker(locale)(
    '最近半年大多在上线之前，还看不出预警的作用。',
    'Most of the latest half-year was before going live: it does not show yet what warnings do.',
  )
  return [{ kind: 'text', text }]
}

function churnBlocksOf(churn: ChurnSides, view: View): Block[] {
  const t = speaker(view.locale)
  const sides = t('此前半年|最近半年|变化', 'Half-year before|Latest half-year|Change')
  const owners = churn.byOwner.slice(0, OWNERS)
  const nameOf = (name: Text | null) => (name === null ? t('未指定', 'None') : personName(name, view.locale))
  const chart = rankChart(
    t('流失率，按客户经理', 'Churn by CSM'),
    owners
      .flatMap(({ name, now }) =>
        now === null
          ? []
          : [{ name: nameOf(name), value: now.value, shown: valueWords('share', now.value, view.locale) }],
      )
      .toSorted((a, b) => b.value - a.value),
  )
  return [
    churnTable(`${t('流失率', 'Churn')}|${sides}`, churn, view),
    {
      kind: 'table',
      columns: [...t('客户经理|名下客户', 'CSM|Customers').split('|'), ...sides.split('|')],
      rows: owners.map((line) => {
        const { before, now, change } = churnCells(line, view)
        return { cells: [nameOf(line.name), number(line.of, view.locale), before, now, change] }
      }),
    },
    ...(chart === null ? [] : [chart]),
  ]
}

function returnTable({ half, sinceLive, currency }: ChurnReview, view: View): Block {
  const { locale } = view
  const t = speaker(locale)
  const tooFew = t('数据还不够', 'not enough data yet')
  const later = t(
    zh`${day(sinceLive.fallFrom, view)}起可知`,
    `known from ${day(sinceLive.fallFrom, view)} on`,
  )
  const both = (name: string, of: (side: ReturnSoFar) => string): string[] => [name, of(half), of(sinceLive)]
  const { fromFall } = sinceLive
  const rows = [
    both(t('投入', 'Spent'), ({ fromCases }) => roundMoney(fromCases.spent.totalMinor, currency, locale)),
    both(t('确认留住的客户', 'Customers kept, confirmed'), ({ keptCustomers }) =>
      number(keptCustomers, locale),
    ),
    both(t('每留住一位的成本', 'Cost per kept customer'), ({ costPerKept }) =>
      costPerKept === null ? tooFew : estimateWords({ currency }, costPerKept, view),
    ),
    both(t('留住的价值（个案）', 'Value kept (cases)'), ({ fromCases: { valueMinor } }) =>
      valueMinor === null ? tooFew : estimateWords({ currency }, valueMinor, view),
    ),
    both(t('投入产出比（个案）', 'ROI (cases)'), ({ fromCases }) => roiWords(fromCases, view)),
    [
      t('留住的价值（流失率下降）', 'Value kept (fall in churn)'),
      '—',
      fromFall?.valueMinor == null ? later : estimateWords({ currency }, fromFall.valueMinor, view),
    ],
    [
      t('投入产出比（流失率下降）', 'ROI (fall in churn)'),
      '—',
      fromFall === null ? later : roiWords(fromFall, view),
    ],
  ]
  return {
    kind: 'table',
    columns: t('投入与产出|这半年|上线以来', 'Cost and return|This half-year|Since going live').split('|'),
    rows: rows.map((cells) => ({ cells })),
  }
}

function churnNote({ churn, live, inactiveDays }: ChurnReview, view: View): string {
  const t = speaker(view.locale)
  const known = t(
    `客户 ${inactiveDays} 天没有往来才知道已经离开，`,
    `Who left is known only after ${inactiveDays} days without activity. `,
  )
  if (churn === null) return known + t('那时还没有客户。', 'There were no customers then.')
  const spans = t(
    zh`最近半年指${stretch(churn.now, view)}，此前半年指${stretch(churn.before, view)}；上线是${day(live, view)}。`,
    `The latest half-year is ${stretch(churn.now, view)}, the one before ${stretch(churn.before, view)}; going live was ${day(live, view)}. `,
  )
  return known + spans + t('客户按现在的客户经理归属。', 'Customers count for whoever keeps them now.')
}

function moneyNote({ sinceLive: { worth } }: ChurnReview, view: View): string {
  const t = speaker(view.locale)
  const cases = t(
    '括号内是 95% 置信区间。个案口径偏高，有些人不联系也会留下；流失率口径里还有季节和市场的变化。',
    'In brackets the 95% interval. By cases is rather high, for some would have stayed anyway; by churn has seasons and markets in it.',
  )
  if (worth === null) return cases
  return (
    cases +
    t(
      `平均终身价值取 ${number(worth.declared, 'zh')} 位登记、${number(worth.estimated, 'zh')} 位估算。`,
      ` The mean lifetime value is of ${number(worth.declared, 'en')} declared and ${number(worth.estimated, 'en')} estimated.`,
    )
  )
}
