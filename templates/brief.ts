import type { Alert } from '../src/alerts/alert.ts'
import type { Assessment } from '../src/risk/assessment.ts'
import type { Evidence } from '../src/signals/signal.ts'
import type { Text } from '../src/text.ts'
import {
  changeNumbers,
  evidenceLine,
  firedEvidence,
  labelled,
  quotedTerm,
  quotesOf,
  type Telling,
} from './evidence.ts'
import { speaker, zh } from './language.ts'
import { LIMITS, shown } from './limits.ts'
import { moodLabel, moodNumbers } from './mood.ts'
import { caseReason } from './relapse.ts'
import { TIER_REASON, WORD_CLASS } from './words.ts'

/** English takes so many signs to say what Chinese says in a cell: "Came 4 times in the year before, and not once in the last 90 days". */
const ENGLISH_CELL = 66

/** The reason in a few words, for one cell of a list: what was said, what moved, else the tier's reason. */
export function briefReason(assessment: Assessment, telling: Telling): string {
  return inCell(assessment, TIER_REASON[assessment.reason], telling)
}

/** The same of a case, which may stand for another reason than its customer's tier. */
export function briefCase(alert: Pick<Alert, 'trigger' | 'assessment'>, telling: Telling): string {
  return inCell(alert.assessment, caseReason(alert), telling)
}

function inCell(assessment: Assessment, reason: Text, telling: Telling): string {
  const { locale } = telling.view
  const evidence = firedEvidence(assessment)
  const [quote] = quotesOf(evidence)
  const strongest =
    quote?.kind === 'quote' && quote.wordClass === 'strong-churn' ? quote : (evidence[0] ?? null)
  return shown(briefly(strongest, reason, telling), locale === 'zh' ? LIMITS.cell : ENGLISH_CELL)
}

function briefly(item: Evidence | null, reason: Text, telling: Telling): string {
  const { locale } = telling.view
  const t = speaker(locale)
  if (item === null) return reason[locale].replace(/[。.]$/, '')
  switch (item.kind) {
    case 'quote': {
      const term = quotedTerm(item.terms[0] ?? '', locale === 'zh' ? 10 : 24, telling)
      return t(`${WORD_CLASS[item.wordClass].zh}：${term}`, `${WORD_CLASS[item.wordClass].en}: ${term}`)
    }
    case 'change':
      return `${labelled(item.label, locale)} ${changeNumbers(item, telling)}`
    case 'rhythm':
      return t(
        zh`${item.label.zh}已隔 ${Math.round(item.quietDays)} 天`,
        `${labelled(item.label, 'en')}: quiet ${Math.round(item.quietDays)} days`,
      )
    case 'rule':
      return evidenceLine(item, telling).replace(/[。.]$/, '')
    case 'emotion':
      return t(
        `${moodLabel(item, 'zh')}：${moodNumbers(item, 'zh')}`,
        `${moodLabel(item, 'en')}: ${moodNumbers(item, 'en')}`,
      )
  }
}
