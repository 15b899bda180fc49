import type { Profile } from '../features/profile.ts'
import { CONFIRMED_HERE } from '../records/confirmed.ts'
import { text } from '../text.ts'
import type { SettingDefinition, SettingValue } from './setting.ts'

const MONTH_DAYS = 30
const MONTHS = [6, 7, 8, 9, 10, 11, 12]
const AS_DECLARED = 'profile'
const CALL = 'call'

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
  {
    name: 'churn.confirm',
    kind: 'choice',
    about: text(
      '没有往来到了期限，要不要先打电话确认才算定；重启后生效，之后要重新训练模型',
      'Whether who stayed away for that long is called before it is settled; from the next start on, and models are to be trained anew',
    ),
    options: [
      { value: 'no', title: text('不用', 'no') },
      { value: CALL, title: text('打电话确认', 'by a call') },
    ],
    initial: 'no',
  },
]

/** What a customer has done who said on the phone that they are still one. */
const STILL_HERE = text('电话确认还在', 'said on the phone to be still a customer')
const SAID_LEFT = text('电话确认流失', 'said on the phone to have left')
/** The kind of those who say so, where the profile has none. */
const CANCELLED = 'cancelled'

/** Whether suspected leavers are to be called. */
export function asksForCall({ churn }: Profile): boolean {
  return churn.kinds.includes(CONFIRMED_HERE)
}

/** The profile with leaving as an admin has set it; itself where nothing is set. */
export function withChurnAsSet(profile: Profile, value: (name: string) => SettingValue): Profile {
  const months = value('churn.months')
  const { kinds, inactiveDays, parts = [] } = profile.churn
  const churn = {
    ...profile.churn,
    inactiveDays: months === AS_DECLARED ? inactiveDays : Number(months) * MONTH_DAYS,
    kinds: value('churn.parts') === 'here' ? kinds : kinds.filter((kind) => !parts.includes(kind)),
  }
  if (value('churn.confirm') === CALL) return withCalls({ ...profile, churn })
  const isAsDeclared = churn.inactiveDays === inactiveDays && churn.kinds.length === kinds.length
  return isAsDeclared ? profile : { ...profile, churn }
}

/** What a call finds is an event: to be still here is activity, to have left is a cancellation. */
function withCalls(profile: Profile): Profile {
  const { kinds, churn } = profile
  const cancelled = churn.cancelled ?? CANCELLED
  return {
    ...profile,
    kinds: { [cancelled]: SAID_LEFT, ...kinds, [CONFIRMED_HERE]: STILL_HERE },
    churn: { ...churn, cancelled, kinds: [...churn.kinds, CONFIRMED_HERE] },
  }
}
