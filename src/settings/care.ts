import type { CareTerms } from '../alerts/care.ts'
import { text } from '../text.ts'
import { numberSetting as number, type SettingDefinition } from './setting.ts'

/** How much automated care leaves, and how often for one customer. */
export const CARE_SETTINGS: readonly SettingDefinition[] = [
  number(
    'care.daily',
    'messages',
    200,
    0,
    100_000,
    text('每天最多发出多少条自动关怀；0 为暂停', 'Automated care a day at most; 0: none for now'),
  ),
  number(
    'care.gap',
    'days',
    14,
    1,
    365,
    text('同一位客户两次自动关怀至少隔多久', 'Least time between two pieces of care for one customer'),
  ),
  number(
    'care.reminder',
    'days',
    60,
    7,
    730,
    text('对观察名单上的客户多久提醒一次', 'How often a customer on watch is sent a service reminder'),
  ),
]

export function careTermsOf(figure: (name: string) => number): CareTerms {
  return {
    daily: figure('care.daily'),
    gapDays: figure('care.gap'),
    reminderDays: figure('care.reminder'),
  }
}
