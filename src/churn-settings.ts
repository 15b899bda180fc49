import type { Profile } from './features/profile.ts'
import type { SettingDefinition, SettingValue } from './setting.ts'
import { text } from './text.ts'

const MONTH_DAYS = 30
const MONTHS = [6, 7, 8, 9, 10, 11, 12]
const AS_DECLARED = 'profile'

/**
 * What leaving means. Everything that is judged, learned and reported rests on it, so that it changes with a start and never
 * in the middle of a night.
 */
export const CHURN_SETTINGS: readonly SettingDefinition[] = [
  {
    name: 'churn.months',
    kind: 'choice',
    about: text(
      '多久没有往来算已流失；重启后生效，之后要重新训练模型',
      'Inactive for so long is gone; from the next start on, and models are to be trained anew',
    ),
    options: [
      { value: AS_DECLARED, title: text('按行业配置', 'as the profile says') },
      ...MONTHS.map((months) => ({
        value: String(months),
        title: text(
          `${months} 个月，${months * MONTH_DAYS} 天`,
          `${months} months, ${months * MONTH_DAYS} days`,
        ),
      })),
    ],
    initial: AS_DECLARED,
  },
  {
    name: 'churn.parts',
    kind: 'choice',
    about: text(
      '只买配件的客户算不算还在；重启后生效，之后要重新训练模型',
      'Whether who buys only parts is still here; from the next start on, and models are to be trained anew',
    ),
    options: [
      { value: 'here', title: text('算还在', 'still here') },
      { value: 'gone', title: text('不算', 'gone all the same') },
    ],
    initial: 'here',
  },
]

/** The profile with leaving as an admin has set it; itself where nothing is set. */
export function withChurnAsSet(profile: Profile, value: (name: string) => SettingValue): Profile {
  const months = value('churn.months')
  const { kinds, inactiveDays, parts = [] } = profile.churn
  const churn = {
    ...profile.churn,
    inactiveDays: months === AS_DECLARED ? inactiveDays : Number(months) * MONTH_DAYS,
    kinds: value('churn.parts') === 'here' ? kinds : kinds.filter((kind) => !parts.includes(kind)),
  }
  const isAsDeclared = churn.inactiveDays === inactiveDays && churn.kinds.length === kinds.length
  return isAsDeclared ? profile : { ...profile, churn }
}
