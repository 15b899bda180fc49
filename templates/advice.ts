import type { Button, Card, Template, View } from '../src/chat/card.ts'
import type { Notice } from '../src/learning/notice.ts'
import type { Advice, RuleTried } from '../src/reports/advice.ts'
import type { SignalName } from '../src/signals/signal.ts'
import { TUNED } from './form-tune.ts'
import { speaker, zh } from './language.ts'
import { LIMITS, shown, withinLimits } from './limits.ts'
import { noteCard } from './note.ts'
import { day, moment } from './times.ts'
import { customerNo, SIGNAL } from './words.ts'

/** Customers of a list that are named. */
const NAMED = 5
/** Proposals a card names, and of how many a preview is a press away. */
const [MOST, PRESSED] = [8, 3]
/** Longer conditions are typed. UTF-16 units. */
const LONGEST_PRESSED = 240

/** What was judged to be no risk too often. Nothing changes unless somebody presses and confirms. */
export const adviceCard: Template<{ readonly advice: readonly Advice[] }> = ({ advice }, view) => {
  const t = speaker(view.locale)
  const title = t(
    `有 ${advice.length} 处可能报得太多`,
    `${advice.length} ${advice.length === 1 ? 'warning' : 'warnings'} may come too often`,
  )
  return withinLimits({
    accent: 'neutral',
    title,
    subtitle: t('依据过去一年判为无风险的预警', 'From cases of the last year judged to be no risk'),
    blocks: [
      ...advice.slice(0, MOST).map((each) => ({ kind: 'text' as const, text: adviceSays(each, view) })),
      { kind: 'note', text: t('不会自动改动。', 'Nothing changes by itself.') },
    ],
    buttons: adviceButtons(advice, view),
    fallback: title,
  })
}

/** "visits-stopped was no risk in 14 of 20 cases. With visits_90 <= 1 ..., 9 of them would not have come up, and no other." */
export function adviceSays({ about, wrong, of, step }: Advice, view: View): string {
  const t = speaker(view.locale)
  const name =
    about.kind === 'signal'
      ? t(
          `信号“${SIGNAL[about.name as SignalName].zh}”`,
          `The signal “${SIGNAL[about.name as SignalName].en}”`,
        )
      : about.kind === 'rule'
        ? t(`规则 ${shown(about.name, 40)}`, `The rule ${shown(about.name, 40)}`)
        : t(`设置 ${about.name}`, `The setting ${about.name}`)
  const count = t(
    zh`${name}的 ${of} 单里有 ${wrong} 单被判无风险。`,
    `${name} was judged to be no risk in ${wrong} of ${of} cases. `,
  )
  if (step !== null) {
    const to = shown(step.to, 160)
    return (
      count +
      t(
        `试试 ${to}？这样能少报其中 ${step.dropped} 单，属实的一单不漏。`,
        `Try ${to}? That would have dropped ${step.dropped} of them and none of the others.`,
      )
    )
  }
  if (about.kind === 'signal') {
    return (
      count + t('它的界限写在行业配置里，聊天里改不了。', 'Its limits stand in the profile, not in chat.')
    )
  }
  return (
    count +
    t(
      '没有哪个小改动能去掉其中大半而不漏掉属实的。',
      'No small step would have dropped most of them without losing one that was right.',
    )
  )
}

/** Previews of what is proposed, and for rules a silent try. */
export function adviceButtons(advice: readonly Advice[], { locale }: View): Button[] {
  const t = speaker(locale)
  return advice
    .filter(({ about, step }) => step !== null && about.name.length + step.to.length <= LONGEST_PRESSED)
    .slice(0, PRESSED)
    .flatMap(({ about, step }): Button[] => {
      const [name, whole, to] = [
        shown(about.name, 24),
        shown(about.name, 40),
        shown(step!.to, LONGEST_PRESSED),
      ]
      const preview = { label: t(`试算 ${name}`, `Preview ${name}`), style: 'plain' } as const
      if (about.kind === 'setting') {
        const word = TUNED.find(({ setting }) => setting === about.name)?.word
        return word === undefined ? [] : [{ ...preview, command: 'tune', args: `${word} ${to}` }]
      }
      return [
        { ...preview, command: 'rules', args: `change ${whole} ${to}` },
        {
          ...{ command: 'rules', label: t(`静默试行 ${name}`, `Try ${name} silently`), style: 'plain' },
          args: `try ${whole} ${to}`,
        },
      ]
    })
}

/** A silent try has ended. */
export const ruleTriedCard: Template<RuleTried> = (tried, view): Card => {
  const t = speaker(view.locale)
  const { name, present, when, days, fitted, wouldFit, without, besides, spared } = tried
  const title = t(
    zh`规则 ${shown(name, 40)}试行 ${days} 天的结果`,
    `The rule ${shown(name, 40)} was tried for ${days} days`,
  )
  const list = (numbers: readonly number[]): string => {
    if (numbers.length === 0) return t('没有', 'none')
    const some = numbers.slice(0, NAMED).map((no) => customerNo(no))
    const rest = numbers.length - some.length
    return `${numbers.length}${t('（', ' (')}${some.join(t('、', ', '))}${rest > 0 ? t('……', ', ...') : ''}${t('）', ')')}`
  }
  const { wrong, right, open } = spared
  return withinLimits({
    accent: 'neutral',
    title,
    subtitle: `${day(new Date(tried.from), view)} – ${day(new Date(tried.until), view)}`,
    blocks: [
      { kind: 'text', text: shown(`${present} → ${when}`, LIMITS.field) },
      {
        kind: 'fields',
        fields: [
          {
            label: t('命中过的客户', 'Customers it fitted'),
            value: t(`现在 ${fitted}，改后 ${wouldFit}`, `${fitted} as it is, ${wouldFit} changed`),
          },
          { label: t('改后不再命中', 'No longer fitted'), value: list(without) },
          { label: t('改后多命中', 'Fitted besides'), value: list(besides) },
          {
            label: t('期间的预警中不会再由它报的', 'Cases of these days it would not have been part of'),
            value: t(
              `${wrong + right + open}（无风险 ${wrong}，属实 ${right}，未结 ${open}）`,
              `${wrong + right + open} (${wrong} no risk, ${right} right, ${open} still open)`,
            ),
          },
        ],
      },
      { kind: 'note', text: t('试行没有影响任何预警。', 'The try had no effect on any alert.') },
    ],
    buttons: [
      {
        ...{ command: 'rules', label: t('试算这个改动', 'Preview the change'), style: 'primary' },
        args: `change ${name} ${when}`,
      },
    ],
    fallback: title,
  })
}

/** A silent try has ended and cannot be told: the profile has changed under it. */
export const ruleUnreadableNote: Template<Extract<Notice, { kind: 'rule-unreadable' }>['data']> = (
  { name, when, what, hint },
  { locale },
) => {
  const t = speaker(locale)
  const [rule, condition] = [shown(name, 40), shown(when, 160)]
  return noteCard(
    'warn',
    t(zh`规则 ${rule}的试行没有结果`, `The try of the rule ${rule} has no result`),
    t(
      zh`试行到期了，但条件 ${condition} 现在读不懂：${what.zh}${hint.zh}改好后可以再试：rules try ${rule} 条件。`,
      `Its time is over, but the condition ${condition} no longer reads. ${what.en} ${hint.en} Try it again once mended: rules try ${rule} CONDITION.`,
    ),
  )
}

export const ruleTryNote: Template<{ readonly name: string; readonly when: string; readonly until: Date }> = (
  { name, when, until },
  view,
) => {
  const t = speaker(view.locale)
  return noteCard(
    'ok',
    t(zh`规则 ${shown(name, 40)}开始静默试行`, `The rule ${shown(name, 40)} is tried silently`),
    t(
      zh`按 ${shown(when, 160)} 试到${moment(until, view)}，不影响预警；结束后在通知频道报告会有什么不同。提前结束：rules try ${name} stop。`,
      `With ${shown(when, 160)} until ${moment(until, view)}, without effect on alerts; what would have been different is then told in the notices channel. To end it: rules try ${name} stop.`,
    ),
  )
}

export const ruleTryStoppedNote: Template<{ readonly name: string }> = ({ name }, { locale }) => {
  const t = speaker(locale)
  return noteCard(
    'ok',
    t(zh`规则 ${shown(name, 40)}的试行已结束`, `The try of the rule ${shown(name, 40)} has ended`),
    t('一切照旧。', 'Everything stays as it was.'),
  )
}
