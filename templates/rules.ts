import type { Template, View } from '../src/chat/card.ts'
import type { Advice } from '../src/reports/advice.ts'
import { type Text, text } from '../src/text.ts'
import { adviceButtons, adviceSays } from './advice.ts'
import { speaker, zh } from './language.ts'
import { shown, withinLimits } from './limits.ts'
import { number } from './numbers.ts'
import { pageButtons, pageOf } from './pages.ts'
import { sentence } from './rule-change.ts'
import { day } from './times.ts'

export interface RuleLine {
  readonly name: string
  readonly when: string
  /** The rule's sentence, the customer's numbers still as `{feature}`. */
  readonly says: Text
  readonly enabled: boolean
  /** Customers it holds for now. */
  readonly fires: number
  /** Cases it took part in, and how many of those were judged to be no risk. */
  readonly cases: number
  readonly dismissed: number
  /** As the profile has it, changed from chat, or the company's own. */
  readonly origin: 'shipped' | 'changed' | 'own'
}

export interface RulesCardData {
  readonly rules: readonly RuleLine[]
  readonly page: number
  readonly pages: number
  readonly total: number
  readonly mayEdit: boolean
  /** What is proposed now. */
  readonly advice: readonly Advice[]
  /** Rules that are tried silently, and until when. */
  readonly tried: readonly { readonly name: string; readonly until: Date }[]
}

/** Rules a card holds. */
export const RULES_PAGE = 20
/** Proposals and tries named under the list. */
const MOST_ADVICE = 3
/** Longer conditions are read, not tried with one press. UTF-16 units. */
const LONGEST_TRIED = 200

/** The warning rules: the profile's, as they were changed, and the company's own. */
export const rulesCard: Template<RulesCardData> = (data, view) => {
  const { rules, total, mayEdit, advice, tried } = data
  const { locale } = view
  const t = speaker(locale)
  const title = t('预警规则', 'Warning rules')
  const count = t(`共 ${total} 条`, `${total} in all`) + pageOf(data, view)
  return withinLimits({
    accent: 'neutral',
    title,
    subtitle: count,
    blocks: [
      rules.length === 0
        ? { kind: 'text', text: t('这个行业配置没有声明规则。', 'The profile declares no rules.') }
        : {
            kind: 'table',
            columns: t(
              '规则|说法|条件|目前命中|出过的单|判为无风险',
              'Rule|Says|Holds when|Fits now|Cases|Not a risk',
            ).split('|'),
            rows: rules.slice(0, RULES_PAGE).map((rule) => ({
              cells: [
                `${shown(rule.name, 40)}${marks(rule, view)}`,
                sentence(rule.says, view),
                shown(rule.when, 120),
                number(rule.fires, locale),
                number(rule.cases, locale),
                number(rule.dismissed, locale),
              ],
              ...(rule.when.length <= LONGEST_TRIED
                ? { command: `rules test ${shown(rule.when, 200)}` }
                : {}),
            })),
          },
      ...advice
        .slice(0, MOST_ADVICE)
        .map((each) => ({ kind: 'text' as const, text: adviceSays(each, view) })),
      ...tried.slice(0, MOST_ADVICE).map(({ name, until }) => ({
        kind: 'note' as const,
        text: t(
          zh`${shown(name, 40)}静默试行到${day(until, view)}`,
          `${shown(name, 40)} is tried silently until ${day(until, view)}`,
        ),
      })),
      {
        kind: 'note',
        text: t(
          `试一个条件：rules test visits_90 = 0 and ltv > 0${mayEdit ? `；${EDIT.zh}` : ''}`,
          `To try a condition: rules test visits_90 = 0 and ltv > 0${mayEdit ? `. ${EDIT.en}` : ''}`,
        ),
      },
    ],
    buttons: [...(mayEdit ? adviceButtons(advice, view) : []), ...pageButtons(data, 'rules', '', view)],
    fallback: `${title}${t('：', ': ')}${count}`,
  })
}

const EDIT: Text = text(
  '增加：rules add 名称 条件 as 中文/English；停用：rules off 名称',
  'To add one: rules add NAME CONDITION as 中文/English; to switch one off: rules off NAME',
)

/** " (own, off)" */
function marks({ enabled, origin }: RuleLine, { locale }: View): string {
  const t = speaker(locale)
  const all = [
    ...(origin === 'own'
      ? [t('自建', 'own')]
      : origin === 'changed' && enabled
        ? [t('已改', 'changed')]
        : []),
    ...(enabled ? [] : [t('停用', 'off')]),
  ]
  return all.length === 0 ? '' : t(`（${all.join('，')}）`, ` (${all.join(', ')})`)
}
