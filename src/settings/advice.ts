import { text } from '../text.ts'
import { numberSetting, type SettingDefinition } from './setting.ts'

/** From when on something was dismissed too often, and how long a changed rule is tried. */
export const ADVICE_SETTINGS: readonly SettingDefinition[] = [
  numberSetting(
    'advise.least',
    'cases',
    8,
    2,
    500,
    text('一条规则至少被判几次无风险才建议改', 'Cases dismissed before a change of their rule is proposed'),
  ),
  numberSetting(
    'advise.share',
    'share',
    0.5,
    0.1,
    0.99,
    text('被判无风险的占比超过多少才建议改', 'Part of its cases dismissed above which a change is proposed'),
  ),
  numberSetting(
    'try.days',
    'days',
    14,
    1,
    60,
    text('改过的规则静默试行多少天', 'How long a changed rule is tried silently'),
  ),
]
