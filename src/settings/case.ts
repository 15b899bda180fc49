import { DEFAULT_SLA, SLA_CLOCKS } from '../alerts/sla.ts'
import type { AlertTier } from '../risk/assessment.ts'
import { type Text, text } from '../text.ts'
import { type ChoiceSetting, type NumberSetting, numberSetting, type SettingDefinition } from './setting.ts'

export const TIERS: readonly AlertTier[] = ['P0', 'P1', 'P2']

const CLOCK_WORDS: Readonly<Record<string, Text>> = {
  claim: text('认领', 'claimed'),
  reach: text('联系上客户', 'customer reached'),
  outcome: text('写明结果', 'outcome written'),
}
const STALE_HOURS: Readonly<Record<AlertTier, number>> = { P0: 8, P1: 48, P2: 96 }

/** The three clocks of each tier, and which hours they count. */
export const CLOCK_SETTINGS: readonly SettingDefinition[] = TIERS.flatMap((tier) => [
  ...SLA_CLOCKS.map((clock) => slaSetting(tier, clock)),
  hoursSetting(tier),
])

/** How long a claimed case may stand still. */
export const STALE_SETTINGS: readonly SettingDefinition[] = TIERS.map((tier) => staleSetting(tier))

function slaSetting(tier: AlertTier, clock: (typeof SLA_CLOCKS)[number]): NumberSetting {
  const words = CLOCK_WORDS[clock]!
  const about = text(`${tier} 预警须在多久内${words.zh}`, `${tier}: time until ${words.en}`)
  return numberSetting(
    `sla.${tier.toLowerCase()}.${clock}`,
    'hours',
    DEFAULT_SLA[tier][clock],
    0.25,
    24 * 60,
    about,
  )
}

function hoursSetting(tier: AlertTier): ChoiceSetting {
  return {
    name: `sla.${tier.toLowerCase()}.hours`,
    kind: 'choice',
    about: text(`${tier} 的时限怎么算`, `${tier}: which hours count`),
    options: [
      { value: 'always', title: text('全天', 'round the clock') },
      { value: 'business', title: text('只算上班时间', 'working hours') },
    ],
    initial: 'always',
  }
}

function staleSetting(tier: AlertTier): NumberSetting {
  return numberSetting(
    `stale.${tier.toLowerCase()}`,
    'hours',
    STALE_HOURS[tier],
    1,
    24 * 60,
    text(
      `${tier} 认领后多久没进展就询问，再过同样久就放回`,
      `${tier}: claimed without progress, asked after this long, released after as long again`,
    ),
  )
}
