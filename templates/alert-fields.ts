import type { DueClock } from '../src/alerts/alert.ts'
import type { Block, View } from '../src/chat/card.ts'
import type { Assessment } from '../src/risk/assessment.ts'
import { knownLtv } from '../src/risk/assessment.ts'
import type { CustomerFacts } from '../src/timeline/history.ts'
import type { AlertCardData } from './alert-data.ts'
import { forecastFields } from './forecast.ts'
import { capital, speaker, zh } from './language.ts'
import { LIMITS, shown } from './limits.ts'
import { personName } from './names.ts'
import { roundMoney } from './numbers.ts'
import { segmentFields, stageField } from './standing.ts'
import { duration, lateness, moment } from './times.ts'
import { CAUSE, CLOCK, VALUE } from './words.ts'

export type Field = Extract<Block, { kind: 'fields' }>['fields'][number]

/** Worth, likely reason, who and until when. */
export function caseFields(data: AlertCardData, view: View): Field[] {
  const { alert, customer, money } = data
  const t = speaker(view.locale)
  return [
    ...forecastFields(alert.assessment, money, view),
    {
      label: t('客户价值', 'Value'),
      value: worth(customer, alert.assessment, money.currency, view),
    },
    { label: t('可能原因', 'Likely reason'), value: CAUSE[alert.assessment.cause][view.locale] },
    ownerField(data, view),
    ...(alert.tier === 'P0' && alert.escalated < 2
      ? named(t('区域经理', 'Regional manager'), data.people.managerName, view)
      : []),
    ...alert.due.slice(0, 2).map((due) => dueField(due, view)),
    ...escalatedField(data, view),
    ...placeFields(customer, view),
    ...(data.standing === undefined
      ? []
      : [...stageField(data.standing, view), ...segmentFields(data.standing, view)]),
  ]
}

/** How far up the chain of leads the case has been told, and who that is. */
function escalatedField({ alert, people }: AlertCardData, view: View): Field[] {
  const t = speaker(view.locale)
  // A clock that ran out is told to the lead, whether or not the step was counted.
  const level = Math.max(alert.escalated, alert.due.some((due) => due.missed) ? 1 : 0)
  if (level === 0) return []
  const [title, name] =
    level >= 2 && people.managerName !== null
      ? [t('区域经理', 'regional manager'), people.managerName]
      : [t('主管', 'lead'), people.leadName]
  if (name === null) return []
  const who = shown(personName(name, view.locale), LIMITS.name)
  return [{ label: t('已升级给', 'Escalated to'), value: t(`${title}${who}`, `${who}, ${title}`) }]
}

export function ownerName({ ownerName: name }: AlertCardData, view: View): string | null {
  return name === null ? null : personName(name, view.locale)
}

/** Who has the case and how far they are, or whose customer it is while nobody has. */
export function ownerField(data: AlertCardData, view: View): Field {
  const { alert, people } = data
  const t = speaker(view.locale)
  const label = t('负责人', 'Owner')
  const owner = ownerName(data, view)
  if (owner === null && data.assigneeName !== undefined && data.assigneeName !== null) {
    const asked = shown(personName(data.assigneeName, view.locale), LIMITS.name)
    return { label, value: t(zh`待认领 · 请${asked}认领`, `Unclaimed · for ${asked}`) }
  }
  if (owner === null) {
    const csm =
      people.csmName === null
        ? t('未指定客户经理', 'no CSM assigned')
        : t(zh`客户经理${personName(people.csmName, 'zh')}`, `CSM ${personName(people.csmName, 'en')}`)
    return { label, value: t(`待认领 · ${csm}`, `Unclaimed · ${csm}`) }
  }
  if (alert.contactedAt !== null) {
    const when = moment(alert.contactedAt, view)
    return { label, value: t(zh`${owner}，${when} 已联系客户`, `${owner}, reached the customer ${when}`) }
  }
  if (alert.claimedAt === null) return { label, value: owner }
  const when = moment(alert.claimedAt, view)
  return { label, value: t(zh`${owner}，${when} 认领`, `${owner}, claimed ${when}`) }
}

/** "High · LTV CN¥86,000 (estimated)" */
export function worth(
  customer: CustomerFacts,
  assessment: Assessment | null,
  currency: string,
  view: View,
): string {
  const t = speaker(view.locale)
  const tier =
    assessment?.highValue === true
      ? VALUE.high
      : customer.valueTier === null
        ? null
        : VALUE[customer.valueTier]
  const known = knownLtv(customer, assessment)
  const ltv = known === null ? null : roundMoney(known.minor, currency, view.locale)
  const mark = known?.estimated === true ? t('（估算）', ' (estimated)') : ''
  const told = [
    ...(tier === null ? [] : [tier[view.locale]]),
    ...(ltv === null ? [] : [t(`终身价值 ${ltv}${mark}`, `lifetime ${ltv}${mark}`)]),
  ]
  return told.length === 0 ? t('未知', 'Unknown') : told.join(' · ')
}

export function placeFields({ site, product, region }: CustomerFacts, view: View): Field[] {
  const t = speaker(view.locale)
  const field = (label: string, value: string | null): Field[] =>
    value === null || shown(value, 40) === '' ? [] : [{ label, value: shown(value, 40) }]
  return [...field(t('门店', 'Store'), site ?? region), ...field(t('产品', 'Product'), product)]
}

function dueField(due: DueClock, view: View): Field {
  const t = speaker(view.locale)
  const left = duration(+due.at - +view.now, view.locale)
  const late = lateness(+view.now - +due.at, view.locale)
  const when = moment(due.at, view)
  const value = view.lasting
    ? due.at <= view.now
      ? t(`${when}，已超时`, `${when}, overdue`)
      : when
    : due.at <= view.now
      ? t(`${when}，${late}`, `${when}, ${late}`)
      : t(`${when} · ${zh`还有${left}`}`, `${when} (in ${left})`)
  const instant = { at: +due.at, words: capital(when) }
  return { label: CLOCK[due.clock].due[view.locale], value: capital(value), instant }
}

function named(label: string, name: AlertCardData['ownerName'], view: View): Field[] {
  return name === null ? [] : [{ label, value: shown(personName(name, view.locale), LIMITS.name) }]
}
