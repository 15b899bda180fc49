import type { AlertState } from '../src/alerts/alert.ts'
import type { Plays } from '../src/features/profile.ts'
import type { AlertTier, Cause } from '../src/risk/assessment.ts'
import { type Locale, text } from '../src/text.ts'
import { zh } from './language.ts'
import { NO_CONSENT, playFor, TALK_LABEL, VISIT_LABEL } from './playbooks/causes.ts'

export interface PlaybookQuestion {
  readonly tier: AlertTier
  readonly cause: Cause
  /** The customer has just said something that counts. */
  readonly spoke: boolean
  readonly state: AlertState
  /** False: the customer must not be contacted. Null: no source has said. */
  readonly contactConsent: boolean | null
  /** They have left meanwhile. */
  readonly hasLeft?: boolean
  /** The day on which automated care left for them, as shown; null or absent: none has. */
  readonly caredOn?: string | null
  /** Names as shown; null when nobody holds the part. */
  readonly csm: string | null
  readonly manager: string | null
  readonly deadlines: Deadlines
  /** The industry's own ways. */
  readonly plays?: Plays | undefined
}

/** How long a case of its tier has, as it is set now. */
export interface Deadlines {
  /** Hours until it must be claimed, and the customer reached. */
  readonly claim: number
  readonly reach: number
  /** Only working hours count. */
  readonly atWork: boolean
}

/** What to do now, in order; at most five steps. Nothing that reaches out to a customer who has not agreed to it. */
export function suggestedSteps(question: PlaybookQuestion, locale: Locale): string[] {
  if (question.state === 'contacted') return AFTER_CONTACT[locale]
  const play = playFor(question.cause, question.spoke, question.plays)
  if (question.contactConsent === false) {
    const visit = `${VISIT_LABEL[locale]}${play.visit[locale]}`
    return [NO_CONSENT[locale], play.prepare[locale], play.quiet[locale], visit]
  }
  if (question.hasLeft === true) return [play.prepare[locale], ...AFTER_LEAVING[locale]]
  const talk = `${TALK_LABEL[locale]}${play.talk[locale]}`
  const moves = firstMoves(question, locale)
  const prepared =
    question.tier === 'P2' ? [...moves, play.prepare[locale]] : [play.prepare[locale], ...moves]
  return [...prepared, play.act[locale], talk]
}

/** Who moves first and by when, set by the tier. */
function firstMoves(
  { tier, csm, manager, deadlines, caredOn = null }: PlaybookQuestion,
  locale: Locale,
): string[] {
  const claim = within(deadlines.claim, deadlines, locale)
  const reach = within(deadlines.reach, deadlines, locale)
  if (tier === 'P1')
    return [
      locale === 'zh'
        ? zh`${claim}内完成首次联系：最好打电话，不方便接就发消息或邮件。`
        : `Make first contact within ${claim}: by phone if possible, else by message or e-mail.`,
    ]
  if (tier === 'P2') {
    const sent =
      caredOn === null
        ? text('先发一次自动关怀，', 'Send automated care now.')
        : text(`自动关怀已发出（${caredOn}）；`, `Automated care has left (${caredOn}).`)
    return [
      locale === 'zh'
        ? zh`${sent.zh}${claim}内人工看一眼，再决定要不要打电话。`
        : `${sent.en} Within ${claim}, take a look yourself and decide whether to call.`,
    ]
  }
  if (locale === 'zh') {
    return [
      zh`${csm ?? '客户经理'} ${claim}内打电话，先听客户把话说完，需要时可当场给权益。`,
      zh`${manager ?? '区域经理'}现在就介入，${reach}内亲自致电客户，更大的权益由其拍板。`,
    ]
  }
  return [
    `${csm ?? 'The CSM'} phones within ${claim}, hears the customer out, and may grant an entitlement on the spot.`,
    `${manager ?? 'The regional manager'} is in from the start: calls within ${reach} and decides on anything bigger.`,
  ]
}

/** "24 小时", "7 天", "8 个工作小时" / "24 hours", "7 days", "8 working hours". */
function within(hours: number, { atWork }: Deadlines, locale: Locale): string {
  if (atWork)
    return locale === 'zh' ? `${hours} 个工作小时` : `${hours} working ${hours === 1 ? 'hour' : 'hours'}`
  const days = hours / 24
  if (days >= 3 && Number.isInteger(days)) return locale === 'zh' ? `${days} 天` : `${days} days`
  return locale === 'zh' ? `${hours} 小时` : `${hours} ${hours === 1 ? 'hour' : 'hours'}`
}

const AFTER_LEAVING: Readonly<Record<Locale, string[]>> = {
  zh: ['问清客户为什么走、去了哪里，能挽回就当面给方案。', '挽回不了，就按“客户流失”结案，写清真实原因。'],
  en: [
    'Ask why they left and where they went. If there is a way back, make the offer in person.',
    'If there is none, close the case as lost, with the real reason.',
  ],
}

const AFTER_CONTACT: Readonly<Record<Locale, string[]>> = {
  zh: [
    '答应客户的事，当天落实到人，并告诉客户谁来办、哪天办完。',
    '客户愿意留下，就标记“已留住”，开始观察。',
    '客户决定离开，就如实结案，写清真实原因，别写“其他”了事。',
  ],
  en: [
    'Put a name and a date on everything you promised, today, and tell the customer.',
    'If they are staying, mark the case retained: the watch begins.',
    'If they are leaving, close the case with the real reason. Avoid “Other”.',
  ],
}
