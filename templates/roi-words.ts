import type { View } from '../src/chat/card.ts'
import type { Told } from '../src/reports/effect.ts'
import type { Estimate } from '../src/reports/interval.ts'
import type { Return } from '../src/reports/roi.ts'
import { speaker } from './language.ts'
import { number, roundMoney } from './numbers.ts'
import { duration } from './times.ts'
import { rangeWords, valueWords } from './voc-words.ts'

/** How figures of effect are written: each with its range, or with how much is missing. */

export type Measure = 'share' | 'days' | 'span' | 'ratio' | { readonly currency: string }

/** "73%（66 至 79%）" / "73% (66 to 79%)"; too few: how many there are and how many it takes. */
export function toldWords(measure: Measure, { estimate, of, least }: Told, view: View): string {
  if (estimate !== null) return estimateWords(measure, estimate, view)
  return speaker(view.locale)(`数据还不够（${of}/${least}）`, `too few yet (${of} of ${least})`)
}

/** The return, or what it still takes to tell it. */
export function roiWords({ roi, valueMinor }: Return, view: View): string {
  const t = speaker(view.locale)
  if (roi !== null) return estimateWords('share', roi, view)
  return valueMinor === null
    ? t('数据还不够', 'not enough data yet')
    : t(
        '还没有填投入：config set roi.one-off、roi.monthly',
        'no costs entered yet: config set roi.one-off, roi.monthly',
      )
}

export function estimateWords(measure: Measure, estimate: Estimate, view: View): string {
  const t = speaker(view.locale)
  const value = measureWords(measure, estimate.value, view)
  const edge = (at: number) =>
    measure === 'days' ? number(at, view.locale) : measureWords(measure, at, view)
  const range =
    measure === 'share'
      ? rangeWords('share', estimate, view.locale)
      : t(
          `${edge(estimate.low)} 至 ${edge(estimate.high)}`,
          `${edge(estimate.low)} to ${edge(estimate.high)}`,
        )
  return t(`${value}（${range}）`, `${value} (${range})`)
}

function measureWords(measure: Measure, value: number, { locale }: View): string {
  const t = speaker(locale)
  switch (measure) {
    case 'share':
      return valueWords('share', value, locale)
    case 'days':
      return t(`${number(value, locale)} 天`, `${number(value, locale)} days`)
    case 'span':
      return duration(value, locale)
    case 'ratio':
      // Two digits: an area under a curve of 0.8 and one of 0.85 are far apart.
      return value.toFixed(2)
    default:
      return roundMoney(value, measure.currency, locale)
  }
}
