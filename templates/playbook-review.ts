import { REAL_REASONS } from '../src/alerts/alert.ts'
import type { Block, Template, View } from '../src/chat/card.ts'
import type { Finding, PlaybookReview, PlayedLine } from '../src/reports/playbook-review.ts'
import { type Text, text } from '../src/text.ts'
import { speaker, zh } from './language.ts'
import { LIMITS, shown, withinLimits } from './limits.ts'
import { counted, number } from './numbers.ts'
import { estimateWords, toldWords } from './roi-words.ts'
import { stretch } from './times.ts'
import { rankChart, valueWords } from './voc-words.ts'
import { CAUSE, REAL_REASON } from './words.ts'

export interface PlaybookReviewData {
  readonly review: PlaybookReview
  readonly currency: string
}

/** Findings and things granted that a card names. */
const [FINDINGS, GIFTS] = [4, 8]

/** What each way of working came to, what of the plan was left out, and what to change where figures carry it. */
export const playbookReviewCard: Template<PlaybookReviewData> = ({ review, currency }, view) => {
  const t = speaker(view.locale)
  const { books, tiers, reasons, gifts, steps, findings } = review
  const title = t('做法复盘', 'Playbook review')
  const span = t(
    zh`${stretch(review, view)}开出的 ${review.cases} 个预警`,
    `${counted(review.cases, 'case')}, ${stretch(review, view)}`,
  )
  const kept = `${t('留住率：', 'Kept: ')}${toldWords('share', review.retention, view)}`
  const cause = (name: string) => CAUSE[name as keyof typeof CAUSE][view.locale]
  const table = (head: string, lines: readonly PlayedLine[], nameOf: (name: string) => string): Block[] =>
    lines.length === 0 ? [] : [lineTable(head, lines, nameOf, currency, view)]
  const chart = keptChart(books, cause, view)
  return withinLimits({
    accent: 'neutral',
    title,
    subtitle: `${span} · ${kept}`,
    blocks: [
      ...findingBlocks(findings, review, view),
      ...(chart === null ? [] : [chart]),
      ...table(t('做法（按判断的原因）', 'Playbook (by likely reason)'), books, cause),
      ...table(t('等级', 'Tier'), tiers, (name) => name),
      ...table(
        t('查明的原因', 'Real reason'),
        reasons.filter(({ name }) => REAL_REASONS.some((each) => each === name)),
        (name) => REAL_REASON[name as keyof typeof REAL_REASON][view.locale],
      ),
      ...table(t('给过的权益', 'Granted'), gifts.slice(0, GIFTS), (name) =>
        shown(saying(gifts, name, view), LIMITS.cell),
      ),
      ...(steps.length === 0 ? [] : [stepTable(steps, view)]),
      { kind: 'note', text: howRead(view) },
    ],
    buttons: [
      { command: 'review', label: t('流失与投入产出', 'Churn and return'), style: 'plain', args: 'churn' },
      { command: 'roi', label: t('投入产出', 'Effect and return'), style: 'plain', args: '' },
    ],
    fallback: `${title} · ${span} · ${kept}`,
  })
}

function findingBlocks(findings: readonly Finding[], review: PlaybookReview, view: View): Block[] {
  const t = speaker(view.locale)
  if (findings.length > 0)
    return findings
      .slice(0, FINDINGS)
      .map((each) => ({ kind: 'text', text: findingWords(each, review, view) }))
  const none =
    review.cases === 0
      ? t('这段时间没有已经走完流程的预警。', 'No case of this time has had time to end.')
      : t(
          '没有哪一项的差别大到可以下结论，先不用改。',
          'No difference is large enough to act on: nothing to change yet.',
        )
  return [{ kind: 'text', text: none }]
}

/** "给过“免费检测”的，留住得比没给的多：71%（60 至 80%）对 42%（35 至 50%），可以推广。" */
function findingWords(
  { about, name, own, others, change }: Finding,
  { steps, gifts }: PlaybookReview,
  view: View,
): string {
  const t = speaker(view.locale)
  const isMore = change.by > 0
  const word = (names: Readonly<Record<string, Text>>): Text => names[name]!
  const step = shown(saying(steps, name, view), 60)
  const who: Readonly<Record<Finding['about'], () => string>> = {
    book: () => t(`“${word(CAUSE).zh}”的做法`, `The playbook for “${word(CAUSE).en}”`),
    reason: () =>
      t(`查明原因是“${word(REAL_REASON).zh}”的`, `Where the real reason was “${word(REAL_REASON).en}”`),
    gift: () => {
      const gift = shown(saying(gifts, name, view), 24)
      return t(`给过“${gift}”的`, `Where “${gift}” was granted`)
    },
    step: () => t(`做过“${step}”的`, `Where “${step}” was done`),
    soon: () => t('24 小时内联系上的', 'Where the customer was reached within 24 h'),
  }
  const share = (estimate: Finding['own']) => estimateWords('share', estimate, view)
  const [how, what] = [
    isMore ? t('多', 'more') : t('少', 'fewer'),
    (about === 'book' || about === 'reason' ? ANSWER : DEED)[isMore ? 'more' : 'fewer'][view.locale],
  ]
  return t(
    `${who[about]()}，留住得比其余${how}：${share(own)}对 ${share(others)}。${what}`,
    `${who[about]()}: ${how} kept than elsewhere, ${share(own)} against ${share(others)}. ${what}`,
  )
}

/** What one of these is called; whatever is no longer among them by its name. */
function saying(
  all: readonly { readonly name: string; readonly says: Text }[],
  name: string,
  { locale }: View,
): string {
  return all.find((each) => each.name === name)?.says[locale] ?? name
}

/** What to make of an answer to some reason, and of something that was done or given. */
const ANSWER = {
  more: text('现在的做法有效，照此继续。', 'The present way works: keep to it.'),
  fewer: text('这套做法值得改。', 'This way is worth changing.'),
}
const DEED = {
  more: text('值得多做。', 'Worth doing more often.'),
  fewer: text('值得再想想要不要这样做。', 'Worth asking whether to go on with it.'),
}

function keptChart(books: readonly PlayedLine[], nameOf: (name: string) => string, { locale }: View) {
  const known = books.flatMap(({ name, retention: { estimate } }) =>
    estimate === null
      ? []
      : [{ name: nameOf(name), value: estimate.value, shown: valueWords('share', estimate.value, locale) }],
  )
  const title = speaker(locale)('留住率，按做法', 'Kept, by playbook')
  return rankChart(
    title,
    known.toSorted((a, b) => b.value - a.value),
    1,
  )
}

function lineTable(
  head: string,
  lines: readonly PlayedLine[],
  nameOf: (name: string) => string,
  currency: string,
  view: View,
): Block {
  const t = speaker(view.locale)
  return {
    kind: 'table',
    columns: [
      head,
      ...t(
        '预警|留住率|联系上用时（中位数）|每留住一位的成本',
        'Cases|Kept|Time to contact (median)|Cost per kept customer',
      ).split('|'),
    ],
    rows: lines.map(({ name, cases, retention, toReach, costPerKept }) => ({
      cells: [
        nameOf(name),
        number(cases, view.locale),
        toldWords('share', retention, view),
        toldWords('span', toReach, view),
        costPerKept === null ? '—' : estimateWords({ currency }, costPerKept, view),
      ],
    })),
  }
}

function stepTable(steps: PlaybookReview['steps'], { locale }: View): Block {
  const t = speaker(locale)
  return {
    kind: 'table',
    columns: t('高危客户计划的步骤|应做|没做', 'Step of the plan for customers in danger|Due|Skipped').split(
      '|',
    ),
    rows: steps.map(({ says, due, done }) => ({
      cells: [shown(says[locale], 40), number(due, locale), number(due - done, locale)],
    })),
  }
}

function howRead({ locale }: View): string {
  return speaker(locale)(
    '括号内是 95% 置信区间。这不是实验：谁得到什么由人选定，差别也可能来自客户本身。一次比较许多项，所以差别要更大才会列出。成本只算联系和权益；没做：到期时没有记录。',
    'In brackets the 95% interval. Not an experiment: people chose who got what, so customers may differ. Many things are compared, so only larger differences are named. Costs are contacts and grants; skipped: not noted when due.',
  )
}
