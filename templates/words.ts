import type { AlertState, Course, RealReason, Result, SlaClock, Verb } from '../src/alerts/alert.ts'
import { ROLE_TITLES } from '../src/records/person.ts'
import type { ValueTier } from '../src/records/record.ts'
import type { Assessment, Cause, Tier, TierReason } from '../src/risk/assessment.ts'
import type { SignalName, WordClass } from '../src/signals/signal.ts'
import { type Locale, type Text, text } from '../src/text.ts'

/** The words the product uses for its own ideas: one word per idea, the same on every card. */

export const TIER: Readonly<Record<Tier, Text>> = {
  P0: text('即将流失', 'About to leave'),
  P1: text('很可能流失', 'Likely to leave'),
  P2: text('需要留意', 'Needs attention'),
  watch: text('保持关注', 'Watch list'),
  routine: text('日常维护', 'Routine care'),
}

/** The risk in a word, for cards no model has judged: they show no probability. */
export const RISK: Readonly<Record<Tier, Text>> = {
  P0: text('极高', 'Critical'),
  P1: text('高', 'High'),
  P2: text('中等', 'Medium'),
  watch: text('较低', 'Low'),
  routine: text('低', 'Very low'),
}

/** The same inside a sentence: a tier's own name says what is done about it. */
export function riskWord(tier: Tier, locale: Locale): string {
  return locale === 'zh' ? RISK[tier].zh : RISK[tier].en.toLowerCase()
}

const UNKNOWN_RISK = text('未知', 'Unknown')
const ALREADY_GONE = text('已流失', 'Already gone')

/** How much risk an assessment sees; too little history is unknown, not low. */
export function riskWords({ tier, reason }: Pick<Assessment, 'tier' | 'reason'>): Text {
  if (reason === 'no-history') return UNKNOWN_RISK
  return reason === 'already-gone' ? ALREADY_GONE : RISK[tier]
}

export const TIER_REASON: Readonly<Record<TierReason, Text>> = {
  'strong-word-high-value': text(
    '高价值客户，已明确表示要走。',
    'A high-value customer has said they want to leave.',
  ),
  'emotion-and-signal-high-value': text(
    '高价值客户，情绪突然转差，同时还有别的流失信号。',
    'The mood of a high-value customer has turned, and another sign points the same way.',
  ),
  'emotion-break-high-value': text(
    '高价值客户，情绪突然转差。',
    'The mood of a high-value customer has suddenly turned.',
  ),
  'silence-high-value': text(
    '高价值客户，以前常反馈，现在突然没了声音，也不怎么来了。',
    'A high-value customer who used to speak up has gone silent and stopped coming.',
  ),
  'fan-let-down': text(
    '一向支持我们的客户，这次失望了。',
    'Someone who used to praise us has been let down.',
  ),
  'two-rules': text('同时触发多条预警规则。', 'Several warning rules hit at once.'),
  'two-signals': text('两个互不相关的信号同时出现。', 'Two independent signals point the same way.'),
  'strong-word': text('客户已明确表示要走。', 'The customer has said they want to leave.'),
  'life-change-said': text(
    '客户提到生活有变化（如搬家、换工作、不常用了），以后可能不来了。',
    'The customer has told us of a change in their life (a move, a new job, less use for us) and may stop coming.',
  ),
  'one-strong-signal': text('出现一个较强的流失信号。', 'One strong sign of leaving.'),
  'critical-probability': text('模型判断流失概率极高。', 'The model puts the chance of leaving very high.'),
  'high-probability': text('模型判断流失概率高。', 'The model puts the chance of leaving high.'),
  'medium-probability': text('模型判断流失概率中等。', 'The model sees a real chance of leaving.'),
  'some-probability': text('模型判断有一定流失概率。', 'The model sees some chance of leaving.'),
  'partly-words': text(
    '模型判断流失概率高，其中一部分来自客户说的话；等级按行为定。',
    'The model puts the chance of leaving high, in part because of what was said; the tier follows what the customer does.',
  ),
  'words-alone': text(
    '高概率只来自客户最近说的话，行为上没有同样的迹象，先观察。',
    'The chance is high only because of what was said; nothing the customer does points the same way. Worth watching.',
  ),
  'long-silent': text(
    '概率虽高，但客户早已没有动静：要么已经走了，要么只是暂停，归入日常唤回，不必今天联系。',
    'The chance is high, but the customer fell silent long ago: gone perhaps, or pausing. A matter for win-back, not for today.',
  ),
  'one-signal': text('出现一个信号，先观察。', 'One signal so far; worth watching.'),
  'held-back': text(
    '部分数据没有正常更新，暂缓判断。',
    'Some data has stopped coming in, so judgement is held back.',
  ),
  quiet: text('目前没有异常。', 'Nothing unusual.'),
  'already-gone': text('客户已经流失，不再预警。', 'The customer has already left; no alert is raised.'),
  'no-history': text('记录太少，暂时无法判断。', 'Too little history to judge.'),
}

/** Said on a card, where the tier's own reason would say that no alert is raised. */
export const LEFT: Text = text(
  '客户已经离开：已取消，或超过行业配置的天数没有往来。',
  'The customer has left: they cancelled, or have been inactive for longer than the profile allows.',
)

export const STATE: Readonly<Record<AlertState, Text>> = {
  open: text('待认领', 'Unclaimed'),
  claimed: text('已认领', 'Claimed'),
  contacted: text('已联系', 'Contacted'),
  snoozed: text('已暂缓', 'Snoozed'),
  watch: text('观察期', 'On watch'),
  retained: text('确认留住', 'Retained'),
  relapsed: text('再次预警', 'Relapsed'),
  resolved: text('已结案', 'Closed'),
  dismissed: text('无风险', 'Not a risk'),
}

/** How a watch goes, and what that calls for. */
export const COURSE: Readonly<Record<Course, { readonly name: Text; readonly about: Text }>> = {
  warming: {
    name: text('回暖', 'Warming'),
    about: text('往来或情绪在好转。', 'Visits or mood are picking up.'),
  },
  flat: {
    name: text('平稳', 'Flat'),
    about: text('没有变好，也没有变差。', 'Neither better nor worse.'),
  },
  cooling: {
    name: text('转冷', 'Cooling'),
    about: text(
      '又有变差的苗头，最好主动问候一次。',
      'It is slipping again; a friendly word now would help.',
    ),
  },
  'too-early': {
    name: text('还早', 'Too early to tell'),
    about: text('按客户的习惯，现在还看不出来。', 'By this customer’s habits nothing can show yet.'),
  },
}

export const CAUSE: Readonly<Record<Cause, Text>> = {
  product: text('产品问题', 'Product'),
  service: text('服务体验', 'Service'),
  price: text('价格', 'Price'),
  competitor: text('被竞品吸引', 'Competitor'),
  'life-change': text('生活变化', 'Life change'),
  moved: text('搬离本地', 'Moved away'),
  unknown: text('尚不清楚', 'Not clear yet'),
}

export const REAL_REASON: Readonly<Record<RealReason, Text>> = {
  product: CAUSE.product,
  service: CAUSE.service,
  price: CAUSE.price,
  competitor: CAUSE.competitor,
  'life-change': CAUSE['life-change'],
  moved: CAUSE.moved,
  other: text('其他', 'Other'),
}

export const RESULT: Readonly<Record<Result, Text>> = {
  stays: text('客户留下', 'Customer stays'),
  lost: text('客户流失', 'Customer lost'),
  other: text('其他', 'Other'),
}

export const SIGNAL: Readonly<Record<SignalName, Text>> = {
  emotion: text('情绪突变', 'Mood shift'),
  words: text('流失用语', 'Churn words'),
  silence: text('突然沉默', 'Silence'),
  change: text('行为变化', 'Change in behaviour'),
  rules: text('预警规则', 'Warning rules'),
  model: text('模型', 'Model'),
}

export const WORD_CLASS: Readonly<Record<WordClass, Text>> = {
  'strong-churn': text('明确要走', 'Wants to leave'),
  'life-change': text('生活有变化', 'Life is changing'),
  competitor: text('提到竞品', 'Names a competitor'),
  'strong-negative': text('强烈不满', 'Very unhappy'),
}

export const VALUE: Readonly<Record<ValueTier, Text>> = {
  high: text('高', 'High'),
  mid: text('中', 'Medium'),
  low: text('低', 'Low'),
}

/** What each of the three clocks waits for, and what is wrong when it has run out. */
export const CLOCK: Readonly<
  Record<SlaClock, { readonly name: Text; readonly due: Text; readonly late: Text }>
> = {
  claim: {
    name: text('认领', 'Claim'),
    due: text('认领时限', 'Claim by'),
    late: text('还没人认领', 'nobody has claimed it'),
  },
  reach: {
    name: text('联系', 'Contact'),
    due: text('联系时限', 'Contact by'),
    late: text('还没联系上客户', 'the customer has not been reached'),
  },
  outcome: {
    name: text('结案', 'Outcome'),
    due: text('结案时限', 'Outcome by'),
    late: text('还没填写结果', 'no outcome has been written'),
  },
}

/** What is done to a case, for "A-1042 现在不能认领" / "A-1042 cannot be claimed now". */
export const VERB: Readonly<Record<Verb, Text>> = {
  claim: text('认领', 'claimed'),
  contacted: text('标记已联系', 'marked contacted'),
  resolve: text('结案', 'closed'),
  retained: text('标记已留住', 'marked retained'),
  snooze: text('暂缓', 'snoozed'),
  dismiss: text('标记无风险', 'dismissed'),
  reassign: text('转交', 'handed over'),
  step: text('记录计划步骤', 'moved on in its plan'),
  wake: text('恢复提醒', 'woken'),
  worsen: text('升级', 'raised'),
  remind: text('提醒', 'reminded'),
  overdue: text('标记超时', 'marked overdue'),
  escalate: text('上报', 'escalated'),
  ask: text('询问进展', 'asked about'),
  release: text('放回', 'released'),
  course: text('更新观察', 'updated'),
  confirm: text('确认留住', 'confirmed'),
  relapse: text('再次预警', 're-alerted'),
}

export const ROLE = ROLE_TITLES

/** Several things in a row: "甲、乙和丙" / "one, two and three". */
export function listed(words: readonly string[], locale: Locale): string {
  if (words.length < 2) return words.join('')
  const [comma, and] = locale === 'zh' ? ['、', '和'] : [', ', ' and ']
  return `${words.slice(0, -1).join(comma)}${and}${words.at(-1)}`
}

export const alertNo = (no: number): string => `A-${no}`
export const voiceNo = (no: number): string => `V-${no}`
export const customerNo = (no: number): string => `C-${no}`

/** Chat platforms by their names. */
export const CHAT: Readonly<Record<string, Text>> = {
  console: text('控制台', 'the console'),
  slack: text('Slack', 'Slack'),
  lark: text('飞书', 'Lark'),
  mail: text('邮件', 'e-mail'),
  care: text('自动关怀', 'automated care'),
}
