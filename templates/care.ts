import type { CareKind } from '../src/alerts/care.ts'
import type { CarePlan } from '../src/alerts/care-plan.ts'
import type { Template } from '../src/chat/card.ts'
import type { Plays } from '../src/features/profile.ts'
import type { Cause } from '../src/risk/assessment.ts'
import type { Locale, Text } from '../src/text.ts'
import { speaker } from './language.ts'
import { LIMITS, shown, withinLimits } from './limits.ts'
import { careWordsFor } from './playbooks/care.ts'

export interface CareMessageData {
  readonly kind: CareKind
  readonly cause: Cause
  readonly step: string | null
  readonly company: Text
  readonly plan: CarePlan
  readonly plays: Plays | undefined
}

/** What a customer reads: a subject for e-mail, and a text short enough for SMS and push. */
export interface CareMessage {
  readonly subject: string
  readonly text: string
}

export function careMessage(data: CareMessageData, locale: Locale): CareMessage {
  const company = shown(data.company[locale], LIMITS.name)
  return { subject: SUBJECT[data.kind](company)[locale], text: textOf(data)[locale] }
}

const SUBJECT: Readonly<Record<CareKind, (company: string) => Text>> = {
  first: (company) => ({ zh: `${company}想听听您的近况`, en: `${company}: how are things?` }),
  touch: (company) => ({ zh: `来自${company}的问候`, en: `A word from ${company}` }),
  reminder: (company) => ({ zh: `${company}服务提醒`, en: `A service reminder from ${company}` }),
}

function textOf({ kind, cause, step, plan, plays }: CareMessageData): Text {
  const words = careWordsFor(cause, plays)
  if (kind === 'reminder') return words.reminder
  // A plan that was changed since has no such step any more: what holds for its reason is said.
  return plan.steps.find(({ name }) => name === step)?.sends ?? words.care
}

/** The language a customer reads: theirs where it is one of ours, else English; the company's where no source has said. */
export function careLocale(language: string | null, company: Locale): Locale {
  if (language === null || language.trim() === '') return company
  return /^(zh|cmn|中|汉)/i.test(language.trim()) ? 'zh' : 'en'
}

/** What a case's thread says of care that has left. */
export const careLeftLine: Template<null> = (_, { locale }) => {
  const line = speaker(locale)('已向客户发出一次自动关怀。', 'Automated care has left for the customer.')
  return withinLimits({ accent: 'neutral', title: line, blocks: [], buttons: [], fallback: line })
}
