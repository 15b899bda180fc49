import type { Alert, AlertState } from '../src/alerts/alert.ts'
import type { Block, Card, Template, View } from '../src/chat/card.ts'
import { hasLeft } from '../src/risk/assessment.ts'
import { buttonsFor } from './alert-buttons.ts'
import type { AlertCardData } from './alert-data.ts'
import { caseFields, ownerName } from './alert-fields.ts'
import { closedBlocks, snoozedBlocks, watchBlocks } from './alert-states.ts'
import { trendCharts } from './charts.ts'
import { firedEvidence, quoteBlock, quotesOf, ruleLines, type Telling, whyNowRows } from './evidence.ts'
import { fallenWords } from './fallen.ts'
import { speaker, zh } from './language.ts'
import { LIMITS, shown, withinLimits } from './limits.ts'
import { customerTitle, maskedVoice, personName } from './names.ts'
import { suggestedSteps } from './playbook.ts'
import { caseReason, passedOnFrom, sinceThen } from './relapse.ts'
import { heldNote } from './standing.ts'
import { dataAge, day, dayOf, daysBetween, lateness, moment } from './times.ts'
import { whyNowChart } from './why-now.ts'
import { alertNo, COURSE, STATE, TIER } from './words.ts'

export type { AlertCardData }

/** The card of one case, at every stage of its life. */
export const alertCard: Template<AlertCardData> = (data, view) => {
  const { alert, customer, maskNames } = data
  const title = customerTitle(customer, maskNames, view.locale)
  return withinLimits({
    accent: accentOf(alert),
    badge: badgeOf(alert, view),
    title,
    subtitle: subtitleOf(data, view),
    blocks: [...fallenBlocks(data, view), ...blocksOf(data, view)],
    ...pictureOf(data, view),
    buttons: buttonsFor(
      alert,
      data.nextStates,
      { currency: data.money.currency, offers: data.offers ?? [] },
      view.locale,
    ),
    fallback: fallbackOf(data, title, view),
    version: alert.version,
  })
}

const DRAWN: readonly AlertState[] = ['open', 'claimed', 'contacted', 'watch']

/** Risk, mood and visits at one glance, while somebody works with them. */
function pictureOf({ alert, trends }: AlertCardData, view: View): Pick<Card, 'picture'> {
  if (trends === undefined || !DRAWN.includes(alert.state)) return {}
  const picture = trendCharts(trends, view)
  return picture.length === 0 ? {} : { picture }
}

function fallenBlocks({ alert, fallen }: AlertCardData, view: View): Block[] {
  return fallen == null ? [] : [{ kind: 'text', text: fallenWords(alert, fallen, view) }]
}

function blocksOf(data: AlertCardData, view: View): Block[] {
  switch (data.alert.state) {
    case 'open':
    case 'claimed':
    case 'contacted':
      return workingBlocks(data, view)
    case 'snoozed':
      return snoozedBlocks(data, view)
    case 'watch':
      return watchBlocks(data, view)
    case 'retained':
    case 'relapsed':
    case 'resolved':
    case 'dismissed':
      return closedBlocks(data, view)
  }
}

/** Why now, whose it is and until when, what to do. */
function workingBlocks(data: AlertCardData, view: View): Block[] {
  const { alert, customer, maskNames, money } = data
  const t = speaker(view.locale)
  const telling: Telling = { view, money, maskNames, name: customer.name }
  const [quote] = quotesOf(firedEvidence(alert.assessment))
  const drawn = whyNowChart(alert.assessment, telling)
  const factors = whyNowRows(alert.assessment, telling, drawn?.tells)
  const rules = ruleLines(alert.assessment, telling)
  const csm = data.ownerName ?? data.assigneeName ?? data.people.csmName
  const steps = suggestedSteps(
    {
      tier: alert.tier,
      cause: alert.assessment.cause,
      spoke: quote !== undefined,
      deadlines: data.deadlines,
      plays: data.plays,
      caredOn: data.caredAt == null ? null : day(data.caredAt, view),
      state: alert.state,
      contactConsent: data.contactConsent,
      hasLeft: hasLeft(alert.assessment),
      csm: csm === null ? null : personName(csm, view.locale),
      manager: data.people.managerName === null ? null : personName(data.people.managerName, view.locale),
    },
    view.locale,
  )
  return [
    { kind: 'text', text: caseReason(alert)[view.locale] },
    ...(quote === undefined ? [] : [quoteBlock(quote, telling)]),
    ...repeatBlocks(data, view),
    ...(factors.length === 0
      ? []
      : [{ kind: 'factors' as const, title: t('为什么是现在', 'Why now'), factors }]),
    ...(drawn === null ? [] : [drawn.chart]),
    ...(rules === null ? [] : [rules]),
    { kind: 'fields', fields: caseFields(data, view) },
    { kind: 'steps', title: t('建议这样做', 'What to do'), steps },
    { kind: 'note', text: [dataAge(data.dataAgeHours, view), ...missing(alert, view)].join(t('', ' ')) },
  ]
}

/** What could not be judged, because its data does not come in: the age of the newest record does not tell. */
function missing({ assessment }: Alert, view: View): string[] {
  const held = assessment.readings.filter((reading) => reading.held !== undefined)
  return held.slice(0, 2).map((reading) => heldNote(reading, view))
}

/** What an earlier case already knew, so that nobody starts from nothing. */
function repeatBlocks({ repeatOf, maskNames, customer, assigneeName }: AlertCardData, view: View): Block[] {
  if (repeatOf === null) return []
  const t = speaker(view.locale)
  const earlier = alertNo(repeatOf.no)
  const passedOn = repeatOf.keptBy == null ? null : passedOnFrom(repeatOf.keptBy, assigneeName ?? null)
  const happened = [sinceThen(earlier, repeatOf.relapse), ...(passedOn === null ? [] : [passedOn])]
    .map((words) => t(words))
    .join(t('', ' '))
  const note = shown(maskNames ? maskedVoice(repeatOf.note, customer.name) : repeatOf.note, LIMITS.quote)
  if (note === '') return [{ kind: 'text', text: happened }]
  return [
    { kind: 'text', text: happened },
    { kind: 'fields', fields: [{ label: t('上次的记录', 'Noted then'), value: note }] },
  ]
}

const AT_WORK: readonly AlertState[] = ['open', 'claimed', 'contacted', 'snoozed']

/** The tier's meaning is said only while it stands: a retained customer is not about to leave. */
function subtitleOf({ alert, fallen }: AlertCardData, { locale }: View): string {
  const stands = AT_WORK.includes(alert.state) && !hasLeft(alert.assessment) && fallen == null
  const tier = stands ? [TIER[alert.tier][locale]] : []
  const course = alert.state === 'watch' && alert.course !== null ? [COURSE[alert.course].name[locale]] : []
  return [alertNo(alert.no), STATE[alert.state][locale], ...tier, ...course].join(' · ')
}

function accentOf(alert: Alert): Card['accent'] {
  switch (alert.state) {
    case 'open':
    case 'claimed':
    case 'contacted':
      return alert.tier
    case 'watch':
      return 'neutral'
    case 'retained':
      return 'good'
    case 'resolved':
      return alert.outcome?.result === 'stays' ? 'good' : 'muted'
    case 'snoozed':
    case 'relapsed':
    case 'dismissed':
      return 'muted'
  }
}

function badgeOf(alert: Alert, view: View): string {
  if (alert.state !== 'watch' || alert.watchFrom === null || alert.watchUntil === null) return alert.tier
  const total = daysBetween(alert.watchFrom, alert.watchUntil)
  const today = dayOf(alert.watchFrom, total, view.now)
  return speaker(view.locale)(`第 ${today}/${total} 天`, `Day ${today}/${total}`)
}

function fallbackOf(data: AlertCardData, title: string, view: View): string {
  const { alert } = data
  const t = speaker(view.locale)
  const head = AT_WORK.includes(alert.state) ? `${alert.tier} ${title}` : title
  const tail = t(`（${alertNo(alert.no)}）`, ` (${alertNo(alert.no)})`)
  if (alert.state === 'open') {
    const reason = caseReason(alert)[view.locale]
    return t(
      `${head}：${reason}${claimBy(data, view)}${tail}`,
      `${head}: ${reason}${claimBy(data, view)}${tail}`,
    )
  }
  const state = STATE[alert.state][view.locale]
  const owner = ownerName(data, view)
  const by = owner === null ? '' : t(`，负责人：${owner}`, `, owner: ${owner}`)
  return t(`${head}：${state}${by}${tail}`, `${head}: ${state}${by}${tail}`)
}

function claimBy({ alert, assigneeName }: AlertCardData, view: View): string {
  const t = speaker(view.locale)
  const [next] = alert.due
  if (next === undefined) return ''
  const asked =
    assigneeName === undefined || assigneeName === null ? '' : personName(assigneeName, view.locale)
  const when = moment(next.at, view)
  if (next.at <= view.now) {
    const late = view.lasting ? t('已超时', 'overdue') : lateness(+view.now - +next.at, view.locale)
    return t(`认领${late}。`, ` Claim ${late}.`)
  }
  return asked === ''
    ? t(zh`请在${when} 前认领。`, ` Claim it by ${when}.`)
    : t(zh`请${asked}在${when} 前认领。`, ` ${asked}, please claim it by ${when}.`)
}
