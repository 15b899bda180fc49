import type { Alert } from '../src/alerts/alert.ts'
import type { Deferred } from '../src/alerts/budget.ts'
import type { Decision } from '../src/alerts/decide.ts'
import type { Relapse } from '../src/alerts/follow-up.ts'
import type { Held } from '../src/alerts/holdout.ts'
import type { Button, Template, View } from '../src/chat/card.ts'
import { type Assessment, isAlertTier } from '../src/risk/assessment.ts'
import type { CustomerFacts } from '../src/timeline/history.ts'
import { type HitLine, hitsBlock } from './hits.ts'
import { channelWords } from './kinds.ts'
import { capital, speaker, zh } from './language.ts'
import { LIMITS, shown, withinLimits } from './limits.ts'
import { customerTitle } from './names.ts'
import { moment } from './times.ts'
import { alertNo, customerNo, TIER, TIER_REASON } from './words.ts'

export interface HeardCardData {
  readonly customer: CustomerFacts
  readonly said: string
  readonly at: Date
  /** False when this very request had been kept before. */
  readonly fresh: boolean
  /** -1 (bitter) to 1 (delighted); null: no mood in it. */
  readonly mood: number | null
  readonly hits: readonly HitLine[]
  readonly assessment: Assessment
  readonly decision: Decision | Held | Relapse | Deferred
  /** The case it opened or raised, else the one there is. */
  readonly alert: Alert | null
}

/** What was understood of something overheard, and what it led to. */
export const heardCard: Template<HeardCardData> = (data, view) => {
  const { customer, assessment } = data
  const t = speaker(view.locale)
  const who = customerTitle(customer, false, view.locale)
  const title = data.fresh
    ? t(`已记下：${who}`, `Noted: ${who}`)
    : t(`之前已记下：${who}`, `Noted before: ${who}`)
  const outcome = outcomeWords(data, view)
  const tier = isAlertTier(assessment.tier) ? assessment.tier : null
  return withinLimits({
    accent: tier ?? 'neutral',
    ...(tier === null ? {} : { badge: tier }),
    title,
    subtitle: outcome,
    blocks: [
      {
        kind: 'quote',
        text: shown(data.said, LIMITS.quote),
        by: `${capital(channelWords('heard')[view.locale])} · ${moment(data.at, view)}`,
      },
      {
        kind: 'fields',
        fields: [
          { label: t('听出的情绪', 'Mood'), value: moodWords(data.mood, view) },
          {
            label: t('目前判断', 'Verdict now'),
            value: `${tier === null ? '' : `${tier} `}${TIER[assessment.tier][view.locale]}${t('。', '. ')}${TIER_REASON[assessment.reason][view.locale]}`,
          },
        ],
      },
      hitsBlock(data.hits, view),
    ],
    buttons: buttons(data, view),
    fallback: `${title}${t('。', '. ')}${outcome}`,
  })
}

const BAD = -0.25
const GOOD = 0.25

function moodWords(mood: number | null, { locale }: View): string {
  const t = speaker(locale)
  if (mood === null) return t('听不出情绪', 'None that can be told')
  if (mood <= BAD * 2) return t('很不满', 'Very unhappy')
  if (mood <= BAD) return t('不满', 'Unhappy')
  if (mood < GOOD) return t('平静', 'Calm')
  return mood < GOOD * 2 ? t('满意', 'Content') : t('很满意', 'Delighted')
}

function outcomeWords({ decision, alert, assessment }: HeardCardData, { locale }: View): string {
  const t = speaker(locale)
  const no = alert === null ? '' : alertNo(alert.no)
  if (decision.act === 'relapse')
    return t(
      zh`观察期内没有留住，已重新开出${decision.tier}预警 ${no}，卡片已发出。`,
      `Back at risk during the watch: opened ${no} (${decision.tier}); its card is out.`,
    )
  switch (decision.reason) {
    case 'new-risk':
    case 'new-evidence':
      return t(
        zh`已开出${decision.tier}预警 ${no}，卡片已发出。`,
        `Opened ${no} (${decision.tier}); its card is out.`,
      )
    case 'worse-tier':
      return t(zh`${no} 已升为${decision.tier}。`, `${no} is now ${decision.tier}.`)
    case 'new-signal':
      return t(zh`${no} 多了一个新信号，卡片已更新。`, `${no} has a new signal; its card is up to date.`)
    case 'graver-words':
      return t(
        zh`${no} 的客户说得更重了，卡片已更新。`,
        `${no}: graver words than before; its card is up to date.`,
      )
    case 'left':
      return t(
        zh`${no} 的客户已经离开，卡片已更新。`,
        `The customer of ${no} has left; its card is up to date.`,
      )
    case 'back':
      return t(
        zh`${no} 的客户又有往来，卡片已更新。`,
        `The customer of ${no} is active again; its card is up to date.`,
      )
    case 'already-open':
      return t(zh`${no} 还没结案，等级不变。`, `${no} is open already; its tier stays.`)
    case 'being-watched':
      return t(
        zh`${no} 正在观察期，这句话还不到重新预警的程度。`,
        `${no} is on watch, and this is not enough to open it again.`,
      )
    case 'already-answered':
      return t(
        '之前的预警已经处理过，没有更新的信号。',
        'The last case has answered this; nothing newer speaks.',
      )
    case 'no-room':
      return t(
        zh`够得上${decision.tier}预警，但今天的名额已满，延后到下次评分。`,
        `Enough for a case (${decision.tier}), but today is full: it waits for the next scoring.`,
      )
    // Who works cases is not told who is held out: they would look after them.
    case 'held-out':
      return t('已记入往来，暂不开出预警。', 'Kept with the customer; no case for now.')
    case 'no-alert-tier':
      return assessment.tier === 'watch'
        ? t('还不到预警，先保持关注。', 'Not enough for a case; on the watch list.')
        : t('还不到预警，已记入往来。', 'Not enough for a case; kept with the customer.')
  }
}

function buttons({ alert, customer }: HeardCardData, { locale }: View): Button[] {
  const t = speaker(locale)
  const claim: Button[] =
    alert?.state === 'open'
      ? [{ command: 'claim', label: t('认领', 'Claim'), style: 'primary', args: alertNo(alert.no) }]
      : []
  return [
    ...claim,
    { command: 'why', label: t('判断依据', 'Why'), style: 'plain', args: customerNo(customer.no) },
  ]
}
