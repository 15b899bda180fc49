import type { AlertState } from '../src/alerts/alert.ts'
import type { AlertTier, Cause } from '../src/risk/assessment.ts'
import type { Locale } from '../src/text.ts'
import { zh } from './language.ts'
import { CAUSE_PLAYS, NO_CONSENT, TALK_LABEL } from './playbooks/causes.ts'

export interface PlaybookQuestion {
  readonly tier: AlertTier
  readonly cause: Cause
  readonly state: AlertState
  /** False: the customer must not be contacted. Null: no source has said. */
  readonly contactConsent: boolean | null
  /** They have left meanwhile. */
  readonly hasLeft?: boolean
  /** Names as shown; null when nobody holds the part. */
  readonly csm: string | null
  readonly manager: string | null
}

/** What to do now, in order; at most five steps. Nothing that reaches out to a customer who has not agreed to it. */
export function suggestedSteps(question: PlaybookQuestion, locale: Locale): string[] {
  if (question.state === 'contacted') return AFTER_CONTACT[locale]
  const play = CAUSE_PLAYS[question.cause]
  if (question.contactConsent === false) return [NO_CONSENT[locale], play.prepare[locale], play.quiet[locale]]
  if (question.hasLeft === true) return [play.prepare[locale], ...AFTER_LEAVING[locale]]
  const talk = `${TALK_LABEL[locale]}${play.talk[locale]}`
  const moves = firstMoves(question, locale)
  const prepared =
    question.tier === 'P2' ? [...moves, play.prepare[locale]] : [play.prepare[locale], ...moves]
  return [...prepared, play.act[locale], talk]
}

/** Who moves first and by when, set by the tier. */
function firstMoves({ tier, csm, manager }: PlaybookQuestion, locale: Locale): string[] {
  if (tier === 'P1') return [P1[locale]]
  if (tier === 'P2') return [P2[locale]]
  if (locale === 'zh') {
    return [
      zh`${csm ?? '客户经理'} 2 小时内打电话，先听客户把话说完，需要时可当场给权益。`,
      zh`${manager ?? '区域经理'}现在就介入，24 小时内亲自致电客户，更大的权益由其拍板。`,
    ]
  }
  return [
    `${csm ?? 'The CSM'} phones within 2 hours, hears the customer out, and may grant an entitlement on the spot.`,
    `${manager ?? 'The regional manager'} is in from the start: calls within 24 hours and decides on anything bigger.`,
  ]
}

const P1: Readonly<Record<Locale, string>> = {
  zh: '24 小时内完成首次联系：最好打电话，不方便接就发消息或邮件。',
  en: 'Make first contact within 24 hours: by phone if possible, else by message or e-mail.',
}

const P2: Readonly<Record<Locale, string>> = {
  zh: '先发一次自动关怀，7 天内人工看一眼，再决定要不要打电话。',
  en: 'Send automated care now. Within 7 days, take a look yourself and decide whether to call.',
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
    '客户愿意留下，就标记“已留住”，开始 30 天观察。',
    '客户决定离开，就如实结案，写清真实原因，别写“其他”了事。',
  ],
  en: [
    'Put a name and a date on everything you promised, today, and tell the customer.',
    'If they are staying, mark the case retained: the 30-day watch begins.',
    'If they are leaving, close the case with the real reason. Avoid “Other”.',
  ],
}
