import type { Chart, Template, View } from '../src/chat/card.ts'
import type { KeptWeek } from '../src/learning/notice.ts'
import type { WeekReport, WeekSums } from '../src/reports/week.ts'
import { shareWords } from './figures.ts'
import { capital, speaker } from './language.ts'
import { withinLimits } from './limits.ts'
import { counted, number, roundMoney } from './numbers.ts'
import { estimateWords } from './roi-words.ts'
import { day, stretch } from './times.ts'
import { REAL_REASON } from './words.ts'

export interface WeekCardData extends WeekReport {
  readonly currency: string
}

/** A stored report with its instants. */
export function weekOf({ from, to, weeks, ...rest }: KeptWeek): WeekCardData {
  return {
    ...rest,
    from: new Date(from),
    to: new Date(to),
    weeks: weeks.map(({ at, count }) => ({ at: new Date(at), count })),
  }
}

/** A week of cases beside the one before: what came, what was done, how it ended. No customer is named. */
export const weekCard: Template<WeekCardData> = (data, view) => {
  const { locale } = view
  const t = speaker(locale)
  const { now, before } = data
  const title = t('一周小结', 'The week')
  const span = stretch(data, view)
  const opened = total(now)
  const brief = t(
    `新预警 ${opened} 个，确认留住 ${now.confirmed} 位，流失 ${now.lost} 位`,
    `${counted(opened, 'new case')}, ${now.confirmed} kept, ${now.lost} lost`,
  )
  return withinLimits({
    accent: 'neutral',
    title,
    subtitle: span,
    blocks: [
      { kind: 'text', text: t(`${brief}。`, `${brief}.`) },
      {
        kind: 'table',
        columns: t('|这一周|前一周', ' |This week|Week before').split('|'),
        rows: funnel(now, before, view).map((cells) => ({ cells })),
      },
      { kind: 'fields', fields: fields(data, view) },
      openedChart(data, view),
      {
        kind: 'note',
        text: t(
          '留住要等观察期满才算；价值取登记的终身价值，没有登记的按估算。',
          'Kept counts only once the watch has ended. Worth is the declared lifetime value, else our estimate.',
        ),
      },
    ],
    buttons: [
      { command: 'stats', label: t('按客户经理', 'By CSM'), style: 'plain', args: 'team' },
      { command: 'roi', label: t('投入产出', 'Effect and return'), style: 'plain', args: '' },
      { command: 'sla', label: t('时限', 'Deadlines'), style: 'plain', args: '' },
    ],
    fallback: `${title} · ${span} · ${brief}`,
  })
}

function total({ opened }: WeekSums): number {
  return opened.P0 + opened.P1 + opened.P2
}

function funnel(now: WeekSums, before: WeekSums, { locale }: View): string[][] {
  const t = speaker(locale)
  const both = (of: (week: WeekSums) => number): string[] =>
    [now, before].map((week) => number(of(week), locale))
  const tiers = (week: WeekSums) => {
    const { P0, P1, P2 } = week.opened
    return t(`${total(week)}（${P0}/${P1}/${P2}）`, `${total(week)} (${P0} / ${P1} / ${P2})`)
  }
  return [
    [t('新预警（P0/P1/P2）', 'New cases (P0 / P1 / P2)'), tiers(now), tiers(before)],
    [t('认领', 'Claimed'), ...both(({ claimed }) => claimed)],
    [t('联系上', 'Customer reached'), ...both(({ contacted }) => contacted)],
    [t('标记留住', 'Marked retained'), ...both(({ marked }) => marked)],
    [t('确认留住', 'Kept, confirmed'), ...both(({ confirmed }) => confirmed)],
    [t('再次预警', 'Slipped again'), ...both(({ relapsed }) => relapsed)],
    [t('流失', 'Lost'), ...both(({ lost }) => lost)],
    [t('判断为无风险', 'Not a risk'), ...both(({ dismissed }) => dismissed)],
  ]
}

function fields(data: WeekCardData, view: View) {
  const { now, kept, slaDays, churn, churnBefore, churnDays, currency } = data
  const { locale } = view
  const t = speaker(locale)
  const worth = (minor: number) => roundMoney(minor, currency, locale)
  const reasons = now.reasons
    .slice(0, 3)
    .map(({ reason, count }) => `${REAL_REASON[reason][locale]} ${number(count, locale)}`)
    .join(t('，', ', '))
  return [
    { label: t('留住的价值', 'Value kept'), value: worth(now.keptMinor) },
    { label: t('流失的价值', 'Value lost'), value: worth(now.lostMinor) },
    ...(reasons === '' ? [] : [{ label: t('流失原因', 'Why they left'), value: reasons }]),
    {
      label: t(`按时认领（近 ${slaDays} 天）`, `Claimed in time (${slaDays} days)`),
      value: shareWords(kept.claim, locale),
    },
    {
      label: t(`按时联系（近 ${slaDays} 天）`, `Reached in time (${slaDays} days)`),
      value: shareWords(kept.reach, locale),
    },
    {
      label: t(`流失率（${churnDays} 天）`, `Churn (${churnDays} days)`),
      value: shareWords(churn, locale),
    },
    {
      label: t(`此前 ${churnDays} 天`, `The ${churnDays} days before`),
      value: shareWords(churnBefore, locale),
    },
    ...returned(data, view),
  ]
}

function returned({ soFar, currency }: WeekCardData, view: View) {
  if (soFar === undefined) return []
  const t = speaker(view.locale)
  const { valueMinor, roi } = soFar
  const value = {
    label: t('上线以来留住的价值', 'Value kept so far'),
    value: estimateWords({ currency }, valueMinor, view),
  }
  if (roi === null) return [value]
  return [
    value,
    { label: t('上线以来投入产出比', 'Return so far (ROI)'), value: estimateWords('share', roi, view) },
  ]
}

function openedChart({ weeks }: WeekCardData, view: View): Chart {
  const t = speaker(view.locale)
  const [first, last] = [weeks[0]!, weeks.at(-1)!]
  const sum = weeks.reduce((all, { count }) => all + count, 0)
  return {
    kind: 'chart',
    title: t('每周新预警', 'New cases a week'),
    says: t(
      `近 ${weeks.length} 周共 ${sum} 个，最近一周 ${last.count} 个`,
      `${sum} in ${weeks.length} weeks, ${last.count} in the last one`,
    ),
    draw: 'bars',
    points: weeks.map(({ at, count }) => ({
      at: +at,
      value: count,
      label: t(`${day(at, view)}起：${count} 个`, `From ${day(at, view)}: ${count}`),
    })),
    ends: { from: capital(day(first.at, view)), to: capital(day(last.at, view)) },
  }
}
