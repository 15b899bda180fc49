import type { Alert } from '../src/alerts/alert.ts'
import type { RelapseReason } from '../src/alerts/follow-up.ts'
import { hasLeft, isAlertTier } from '../src/risk/assessment.ts'
import { type Text, text } from '../src/text.ts'
import { zh } from './language.ts'
import { personName } from './names.ts'
import { LEFT, TIER_REASON } from './words.ts'

/** Why a watch did not hold, after "but": in the old case's thread and on the new case's card. */
export const RELAPSE_REASON: Readonly<Record<RelapseReason, Text>> = {
  left: text('客户在观察期内离开了', 'the customer has left since'),
  'new-evidence': text('出现了新的流失迹象', 'new signs have appeared'),
  'worse-tier': text('风险等级又升高了', 'the risk has risen again'),
  'new-signal': text('出现了另一类流失信号', 'a new kind of signal has appeared'),
  'no-recovery': text(
    '按平时的节奏早该来了，至今没有动静',
    'by their usual rhythm the customer should have been back by now and has not',
  ),
}

const NOT_BACK = text(
  '客户没有像平时那样回来。',
  'The customer has not come back the way they usually would.',
)

/**
 * Why a case stands. Whose tier says that no alert is raised for them has one all the same, if they left while they were
 * watched or never came back: then it is that.
 */
export function caseReason({ trigger, assessment }: Pick<Alert, 'trigger' | 'assessment'>): Text {
  if (hasLeft(assessment)) return LEFT
  return trigger === 'relapse' && !isAlertTier(assessment.tier) ? NOT_BACK : TIER_REASON[assessment.reason]
}

/** What became of the customer after an earlier case; `reason` is null where it was closed for good. */
export function sinceThen(earlier: string, reason: RelapseReason | null): Text {
  if (reason === null)
    return text(
      zh`${earlier} 处理过这位客户，之后又出现新的流失信号。`,
      `${earlier} dealt with this customer; new signs have appeared since.`,
    )
  const why = RELAPSE_REASON[reason]
  return text(
    zh`曾在 ${earlier} 标记为已留住，但${why.zh}。`,
    `Marked retained in ${earlier}, but ${why.en}.`,
  )
}

/** Whoever kept the customer is not there to be asked again. */
export function passedOnFrom(keptBy: Text, asked: Text | null): Text {
  const before = { zh: personName(keptBy, 'zh'), en: personName(keptBy, 'en') }
  if (asked === null)
    return text(
      zh`${before.zh}已不再跟进客户，请方便的同事认领。`,
      `${before.en} no longer takes cases; whoever can may take it.`,
    )
  return text(
    zh`${before.zh}已不再跟进客户，这次请${personName(asked, 'zh')}跟进。`,
    `${before.en} no longer takes cases; ${personName(asked, 'en')} is asked instead.`,
  )
}
