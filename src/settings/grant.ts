import { GRANTERS, type Granter, type GrantLimits } from '../alerts/grant.ts'
import { minorDigits } from '../records/money.ts'
import type { AlertTier } from '../risk/assessment.ts'
import { type Text, text } from '../text.ts'
import { numberSetting, type SettingDefinition } from './setting.ts'

const WHO: Readonly<Record<Granter, Text>> = {
  csm: text('客户经理', 'a CSM'),
  manager: text('主管', 'a manager'),
}
const INITIAL: Readonly<Record<AlertTier, Readonly<Record<Granter, number>>>> = {
  P0: { csm: 500, manager: 3_000 },
  P1: { csm: 300, manager: 1_500 },
  P2: { csm: 100, manager: 500 },
}

/** Up to how much people may give a customer on the spot, in whole units of the company's currency. */
export const GRANT_SETTINGS: readonly SettingDefinition[] = (['P0', 'P1', 'P2'] as const).flatMap((tier) =>
  GRANTERS.map((who) =>
    numberSetting(
      nameOf(tier, who),
      'money',
      INITIAL[tier][who],
      0,
      1e9,
      text(`${tier} 每单${WHO[who].zh}最多给多少权益`, `${tier}: most that ${WHO[who].en} may grant a case`),
    ),
  ),
)

export function grantLimitsOf(figure: (name: string) => number, currency: string): GrantLimits {
  const minor = (tier: AlertTier, who: Granter) =>
    Math.round(figure(nameOf(tier, who)) * 10 ** minorDigits(currency))
  const of = (tier: AlertTier) => ({ csm: minor(tier, 'csm'), manager: minor(tier, 'manager') })
  return { P0: of('P0'), P1: of('P1'), P2: of('P2') }
}

function nameOf(tier: AlertTier, who: Granter): string {
  return `grant.${tier.toLowerCase()}.${who}`
}
