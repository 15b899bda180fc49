import type { Terms } from '../sentinel/detect.ts'
import { text } from '../text.ts'
import { numberSetting as number, type SettingDefinition, type SettingValue } from './setting.ts'

/** False storms that are put up with, a month and 1,000 series. */
const FALSE_PER_MONTH: Readonly<Record<string, number>> = { low: 0.1, normal: 0.5, high: 3 }

/** From when on many voices at once are a storm. */
export const STORM_SETTINGS: readonly SettingDefinition[] = [
  number(
    'storm.least',
    'voices',
    8,
    3,
    10_000,
    text('少于多少条反馈不算舆情突增', 'Fewer voices than this are no storm'),
  ),
  {
    name: 'storm.sensitivity',
    kind: 'choice',
    about: text('舆情突增有多容易报出来', 'How readily a storm is told'),
    options: [
      { value: 'low', title: text('只报大的', 'only large ones') },
      { value: 'normal', title: text('适中', 'in between') },
      { value: 'high', title: text('小的也报', 'small ones too') },
    ],
    initial: 'normal',
  },
]

export function stormTermsOf(value: (name: string) => SettingValue): Terms {
  return {
    least: Number(value('storm.least')),
    falsePerMonth: FALSE_PER_MONTH[String(value('storm.sensitivity'))]!,
  }
}
