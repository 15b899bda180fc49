import type { AlertState, Result } from '../src/alerts/alert.ts'
import type { CareCourse } from '../src/alerts/care-plan.ts'
import type { Fallen } from '../src/alerts/fallen.ts'
import type { Block, Button, Template, View } from '../src/chat/card.ts'
import type { FeedFinding } from '../src/features/feed-health.ts'
import type { Plays } from '../src/features/profile.ts'
import { type AlertTier, type Assessment, isAlertTier } from '../src/risk/assessment.ts'
import type { Standing } from '../src/risk/standing.ts'
import type { Text } from '../src/text.ts'
import type { CustomerFacts } from '../src/timeline/history.ts'
import { placeFields, worth } from './alert-fields.ts'
import { careBlocks } from './care-plan.ts'
import { type Trends, trendCharts } from './charts.ts'
import { firedEvidence, labelled, quoteBlock, quotesOf } from './evidence.ts'
import { fallenWords } from './fallen.ts'
import { speaker } from './language.ts'
import { shown, withinLimits } from './limits.ts'
import { customerTitle, personName } from './names.ts'
import { type MoneyView, measured, number } from './numbers.ts'
import { playFor, VISIT_LABEL } from './playbooks/causes.ts'
import { feedNote, provenance, segmentFields, stageField } from './standing.ts'
import { callButtons, suspectedNote } from './suspected.ts'
import { dataAge, day } from './times.ts'
import { alertNo, customerNo, RESULT, riskWords, STATE, TIER_REASON } from './words.ts'

export interface CustomerCardData {
  readonly customer: CustomerFacts
  /** Null until the customer has been scored. */
  readonly assessment: Assessment | null
  /** The name of the customer's CSM. */
  readonly csmName: Text | null
  readonly contactConsent: boolean | null
  readonly money: MoneyView
  /** A few telling features, in order of interest; NaN is unknown. At most eight are shown. */
  readonly numbers: readonly { readonly feature: string; readonly label: Text; readonly value: number }[]
  /** What happened last, a line per event kind, newest first. At most eight are shown. */
  readonly events: readonly { readonly label: Text; readonly count: number; readonly last: Date }[]
  /** Where they stand in the plan for customers in danger; null or absent: they have none. */
  readonly care?: CareCourse | null
  readonly openCase: CaseLine | null
  /** To what the risk has come down since that case was told of it; null or absent: it stands. */
  readonly fallen?: Fallen | null
  /** Newest first; at most five are shown. */
  readonly pastCases: readonly CaseLine[]
  readonly dataAgeHours: number
  /** Stage and groups of the customer; absent: not known. */
  readonly standing?: Standing
  /** The last months as pictures; absent: none. */
  readonly trends?: Trends
  /** Feeds that look broken now. */
  readonly feeds?: readonly FeedFinding[]
  /** Until when they are scored and not contacted, for whoever may know; absent: they are not. */
  readonly heldUntil?: Date
  /** The industry's own ways; absent: everyone's. */
  readonly plays?: Plays | undefined
  /** When automated care last left for them; null or absent: never. */
  readonly caredAt?: Date | null
  readonly maskNames: boolean
  /** They stayed away for as long as makes a leaver, and a call is to tell; absent: no. */
  readonly isSuspected?: boolean
}

export interface CaseLine {
  readonly no: number
  readonly tier: AlertTier
  readonly state: AlertState
  readonly openedAt: Date
  readonly ownerName: Text | null
  readonly result: Result | null
}

function held({ heldUntil }: CustomerCardData, view: View): Block[] {
  if (heldUntil === undefined) return []
  const until = day(heldUntil, view)
  const words = speaker(view.locale)(
    `留作对照：${until}前只评分、不联系，用来衡量联系的效果；转为更急的等级会照常预警。`,
    `Held out until ${until}: scored and not contacted, to measure what contacting changes. A more urgent tier is a case as ever.`,
  )
  return [{ kind: 'note', text: words }]
}

function stillOpen({ openCase, fallen }: CustomerCardData, view: View): Block[] {
  if (openCase === null || fallen == null) return []
  return [{ kind: 'text', text: fallenWords(openCase, fallen, view) }]
}

function cared({ caredAt }: CustomerCardData, view: View): Block[] {
  if (caredAt == null) return []
  const on = day(caredAt, view)
  return [
    {
      kind: 'note',
      text: speaker(view.locale)(`最近一次自动关怀：${on}。`, `Automated care last left: ${on}.`),
    },
  ]
}

/** What whoever serves them next should do: of someone there is a reason to look after. */
function atNextVisit({ assessment, plays }: CustomerCardData, { locale }: View): Block[] {
  if (assessment === null || assessment.tier === 'routine') return []
  const spoke = quotesOf(firedEvidence(assessment)).length > 0
  return [
    {
      kind: 'text',
      text: `${VISIT_LABEL[locale]}${playFor(assessment.cause, spoke, plays).visit[locale]}`,
    },
  ]
}

/** Everything worth knowing about one customer on one screen. */
export const customerCard: Template<CustomerCardData> = (data, view) => {
  const { customer, assessment } = data
  const t = speaker(view.locale)
  const title = customerTitle(customer, data.maskNames, view.locale)
  const reason =
    assessment === null ? t('还没有评分。', 'Not scored yet.') : TIER_REASON[assessment.reason][view.locale]
  const broken = feedNote(data.feeds ?? [], assessment, view)
  const alertTier = assessment !== null && isAlertTier(assessment.tier) ? assessment.tier : null
  return withinLimits({
    accent: alertTier ?? 'neutral',
    ...(alertTier === null ? {} : { badge: alertTier }),
    title,
    ...(assessment === null
      ? {}
      : { subtitle: t(`流失风险：${riskWords(assessment).zh}`, `Risk: ${riskWords(assessment).en}`) }),
    blocks: [
      { kind: 'text', text: reason },
      ...stillOpen(data, view),
      ...(data.isSuspected === true ? [{ kind: 'note' as const, text: suspectedNote(view) }] : []),
      ...held(data, view),
      ...cared(data, view),
      ...atNextVisit(data, view),
      ...voice(data, view),
      ...careBlocks(data.care, view),
      { kind: 'fields', fields: facts(data, view) },
      ...(data.trends === undefined ? [] : trendCharts(data.trends, view)),
      ...numbers(data, view),
      ...events(data, view),
      ...cases(data, view),
      { kind: 'note', text: [broken, sources(data, view)].filter((part) => part !== null).join(t('', ' ')) },
    ],
    buttons: [
      ...(data.isSuspected === true ? callButtons(customer.no, view) : []),
      ...(assessment === null ? [] : [whyButton(customer.no, view)]),
    ],
    fallback: `${title}${t('：', ': ')}${reason}`,
  })
}

const whyButton = (no: number, { locale }: View): Button => ({
  ...{ command: 'why', label: speaker(locale)('判断依据', 'Why'), style: 'plain', args: customerNo(no) },
})

/** How old the data is, and what judged the customer by it. */
function sources({ assessment, dataAgeHours }: CustomerCardData, view: View): string {
  const age = dataAge(dataAgeHours, view)
  return assessment === null ? age : `${age}${view.locale === 'zh' ? '' : ' '}${provenance(assessment, view)}`
}

function voice({ assessment, customer, money, maskNames }: CustomerCardData, view: View): Block[] {
  const [quote] = assessment === null ? [] : quotesOf(firedEvidence(assessment))
  return quote === undefined ? [] : [quoteBlock(quote, { view, money, maskNames, name: customer.name })]
}

function facts(data: CustomerCardData, view: View) {
  const { customer, assessment, csmName, contactConsent, money, standing } = data
  const t = speaker(view.locale)
  const consent = { true: t('可以', 'Yes'), false: t('不可以', 'No'), null: t('没有记录', 'Not recorded') }
  return [
    {
      label: t('客户价值', 'Value'),
      value: worth(customer, assessment, money.currency, view),
    },
    {
      label: t('客户经理', 'CSM'),
      value: csmName === null ? t('未指定', 'None assigned') : personName(csmName, view.locale),
    },
    ...placeFields(customer, view),
    ...(customer.firstPurchase === null
      ? []
      : [{ label: t('首次购买', 'First purchase'), value: day(customer.firstPurchase, view) }]),
    { label: t('能否主动联系', 'May be contacted'), value: consent[`${contactConsent}`] },
    ...(standing === undefined ? [] : [...stageField(standing, view), ...segmentFields(standing, view)]),
  ]
}

function numbers({ numbers: known, money }: CustomerCardData, view: View): Block[] {
  const fields = known
    .filter(({ value }) => Number.isFinite(value))
    .slice(0, 8)
    .map(({ feature, label, value }) => ({
      label: labelled(label, view.locale),
      value: measured(feature, value, money, view.locale),
    }))
  return fields.length === 0 ? [] : [{ kind: 'fields', fields }]
}

function events({ events: lines }: CustomerCardData, view: View): Block[] {
  const t = speaker(view.locale)
  if (lines.length === 0) return [{ kind: 'text', text: t('还没有任何行为记录。', 'Nothing recorded yet.') }]
  return [
    {
      kind: 'table',
      columns: t('行为|次数|最近一次', 'Activity|Times|Last').split('|'),
      rows: lines.slice(0, 8).map(({ label, count, last }) => ({
        cells: [labelled(label, view.locale), number(count, view.locale), day(last, view)],
      })),
    },
  ]
}

function cases({ openCase, pastCases }: CustomerCardData, view: View): Block[] {
  const t = speaker(view.locale)
  const lines = [...(openCase === null ? [] : [openCase]), ...pastCases.slice(0, 5)]
  if (lines.length === 0) return [{ kind: 'note', text: t('以前没有预警过。', 'No alert so far.') }]
  return [
    {
      kind: 'table',
      columns: t('单号|预警时间|状态|负责人', 'Case|Opened|State|Owner').split('|'),
      rows: lines.map((line) => ({
        cells: [alertNo(line.no), day(line.openedAt, view), ending(line, view), owner(line, view)],
        tier: line.tier,
        command: `why ${alertNo(line.no)}`,
      })),
    },
  ]
}

function ending({ state, result }: CaseLine, { locale }: View): string {
  const words = STATE[state][locale]
  return state === 'resolved' && result !== null ? `${words} · ${RESULT[result][locale]}` : words
}

function owner({ ownerName }: CaseLine, { locale }: View): string {
  return ownerName === null ? '—' : shown(personName(ownerName, locale), 14)
}
