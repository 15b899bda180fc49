import type { Fallen } from '../src/alerts/fallen.ts'
import type { Block, Template, View } from '../src/chat/card.ts'
import type { FeedFinding } from '../src/features/feed-health.ts'
import { type Assessment, isAlertTier } from '../src/risk/assessment.ts'
import type { Standing } from '../src/risk/standing.ts'
import type { Reading } from '../src/signals/signal.ts'
import type { CustomerFacts } from '../src/timeline/history.ts'
import { evidenceLine, factorRows, quoteBlock, quotesOf, type Telling } from './evidence.ts'
import { fallenWords } from './fallen.ts'
import { forecastFields } from './forecast.ts'
import { capital, speaker } from './language.ts'
import { shown, withinLimits } from './limits.ts'
import { customerTitle } from './names.ts'
import type { MoneyView } from './numbers.ts'
import { playButton } from './play.ts'
import { feedNote, heldNote, segmentFields, stageStory } from './standing.ts'
import { moment } from './times.ts'
import { alertNo, CAUSE, customerNo, SIGNAL, TIER, TIER_REASON } from './words.ts'

export interface WhyCardData {
  readonly customer: CustomerFacts
  readonly assessment: Assessment
  /** The case it belongs to; null when the customer has none. */
  readonly caseNo: number | null
  /** To what the risk has come down since that case was told of it; null or absent: it stands. */
  readonly fallen?: Fallen | null
  readonly money: MoneyView
  readonly maskNames: boolean
  /** Stage and groups of the customer; absent: not known. */
  readonly standing?: Standing
  /** Feeds that look broken now. */
  readonly feeds?: readonly FeedFinding[]
}

/** Why a customer is in this tier: every reading with its evidence, the factors, and what judged it. */
export const whyCard: Template<WhyCardData> = (data, view) => {
  const { customer, assessment, money, maskNames, standing } = data
  const t = speaker(view.locale)
  const telling: Telling = { view, money, maskNames, name: customer.name }
  const title = customerTitle(customer, maskNames, view.locale)
  const tier = isAlertTier(assessment.tier) ? assessment.tier : null
  const verdict = `${tier === null ? '' : `${tier} `}${TIER[assessment.tier][view.locale]}`
  const reason = TIER_REASON[assessment.reason][view.locale]
  const [quote] = quotesOf(assessment.readings.flatMap(({ evidence }) => evidence))
  const factors = factorRows(assessment, telling)
  const broken = feedNote(data.feeds ?? [], null, view)
  return withinLimits({
    accent: tier ?? 'neutral',
    ...(tier === null ? {} : { badge: tier }),
    title: t(
      `为什么是“${TIER[assessment.tier].zh}”：${title}`,
      `Why “${TIER[assessment.tier].en}”: ${title}`,
    ),
    ...(data.caseNo === null ? {} : { subtitle: alertNo(data.caseNo) }),
    blocks: [
      ...(data.caseNo === null || data.fallen == null
        ? []
        : [{ kind: 'text' as const, text: fallenWords({ no: data.caseNo }, data.fallen, view) }]),
      { kind: 'text', text: reason },
      ...(quote === undefined ? [] : [quoteBlock(quote, telling)]),
      ...readings(assessment, telling),
      ...(factors.length === 0
        ? []
        : [{ kind: 'factors' as const, title: t('主要因素', 'What weighed most'), factors }]),
      {
        kind: 'fields',
        fields: [
          ...forecastFields(assessment, money, view),
          ...(standing === undefined
            ? []
            : [...stageStory(standing, view), ...segmentFields(standing, view)]),
          ...origin(assessment, view),
        ],
      },
      ...(broken === null ? [] : [{ kind: 'note' as const, text: broken }]),
    ],
    buttons: [
      { command: 'show', label: t('客户概况', 'Customer'), style: 'plain', args: customerNo(customer.no) },
      ...(data.caseNo === null ? [] : [playButton(data.caseNo, view)]),
    ],
    fallback: `${title}${t('：', ': ')}${verdict}${t('。', '. ')}${reason}`,
  })
}

/** Readings that count first, then those that were looked at and stayed calm. */
function readings(assessment: Assessment, telling: Telling): Block[] {
  const { view } = telling
  const t = speaker(view.locale)
  const fired = assessment.readings.filter((reading) => reading.fired)
  const held = assessment.readings.filter((reading) => reading.held !== undefined)
  const muted = assessment.readings.filter((reading) => (reading.muted ?? []).length > 0)
  const calm = assessment.readings.filter(
    (reading) => !reading.fired && !held.includes(reading) && !muted.includes(reading),
  )
  const blocks: Block[] = fired
    .slice(0, 5)
    .map((reading) => ({ kind: 'text', text: readingText(reading, telling) }))
  if (calm.length > 0) {
    const names = calm.map(({ signal }) => SIGNAL[signal][view.locale]).join(t('、', ', '))
    blocks.push({
      kind: 'note',
      text: t(`看过但没有异常：${names}。`, `Checked, nothing unusual: ${names}.`),
    })
  }
  if (muted.length > 0) {
    const names = muted.map(({ signal }) => SIGNAL[signal][view.locale]).join(t('、', ', '))
    blocks.push({
      kind: 'note',
      text: t(`有人判断过没有风险，没有计入：${names}。`, `Judged to be no risk, not counted: ${names}.`),
    })
  }
  for (const reading of held) blocks.push({ kind: 'note', text: heldNote(reading, view) })
  return blocks.length > 0
    ? blocks
    : [{ kind: 'text', text: t('没有足够的数据可看。', 'There was no data to judge by.') }]
}

function readingText(reading: Reading, telling: Telling): string {
  const t = speaker(telling.view.locale)
  const strength = reading.strong ? t('（强）', ' (strong)') : ''
  const lines = reading.evidence.slice(0, 4).map((item) => `• ${evidenceLine(item, telling)}`)
  return [`${SIGNAL[reading.signal][telling.view.locale]}${strength}`, ...lines].join('\n')
}

/** What made the judgement, so that it can be checked. */
function origin(assessment: Assessment, view: View) {
  const t = speaker(view.locale)
  const model =
    assessment.model === 'rules'
      ? t('规则（没有模型参与）', 'Rules (no model judged)')
      : t(`模型 ${shown(assessment.model, 60)} 与规则`, `Model ${shown(assessment.model, 60)} and rules`)
  return [
    { label: t('可能原因', 'Likely reason'), value: CAUSE[assessment.cause][view.locale] },
    { label: t('判断时间', 'Judged'), value: capital(moment(assessment.asOf, view)) },
    { label: t('数据截至', 'Data up to'), value: capital(moment(assessment.horizon, view)) },
    { label: t('判断方法', 'Judged by'), value: model },
    { label: t('行业配置', 'Profile'), value: shown(assessment.profile, 60) },
  ]
}
