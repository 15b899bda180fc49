import type { Block, Template, View } from '../src/chat/card.ts'
import type { GateLine, GateName, GateSource, Passing } from '../src/reports/pilot.ts'
import { type Text, text } from '../src/text.ts'
import { speaker, zh } from './language.ts'
import { shown, withinLimits } from './limits.ts'
import { number } from './numbers.ts'
import { type Measure, toldWords } from './roi-words.ts'
import { dataAge, stretch } from './times.ts'

interface Span {
  readonly from: Date
  readonly to: Date
}

export interface PilotCardData {
  /** Regions and stores; none: everywhere. */
  readonly places: readonly string[]
  readonly customers: number
  /** They are the upper share by lifetime value. */
  readonly topShare: number
  /** Null: no case has been opened yet. */
  readonly period: Span | null
  readonly backtest: Span & { readonly flagged: number }
  readonly lines: readonly GateLine[]
  readonly dataAgeHours: number
}

const NAME: Readonly<Record<GateName, Text>> = {
  churn: text('预警客户的真实流失率', 'Real churn of the flagged'),
  lead: text('提前天数（中位数）', 'Lead (median)'),
  retention: text('留住率', 'Retention'),
}
const MEASURE: Readonly<Record<GateName, Measure>> = { churn: 'share', lead: 'days', retention: 'share' }
const PASSING: Readonly<Record<Passing, Text>> = {
  passed: text('达到', 'Passed'),
  'passed-closely': text('达到，但可能是偶然', 'Passed, may be chance'),
  'missed-closely': text('未达到，但可能是偶然', 'Missed, may be chance'),
  missed: text('未达到', 'Missed'),
  'not-enough': text('数据还不够', 'Not enough data yet'),
}
const SOURCE: Readonly<Record<GateSource, Text>> = {
  backtest: text('回测', 'backtest'),
  holdout: text('对照组', 'holdout'),
  cases: text('实际预警', 'cases'),
}

/** Whether a pilot has shown what it must, line by line. */
export const pilotCard: Template<PilotCardData> = (data, view) => {
  const { locale } = view
  const t = speaker(locale)
  const { lines } = data
  const title = t('试点关口', 'The pilot’s gate')
  const passed = lines.filter(({ passing }) => passing.startsWith('passed')).length
  const open = lines.filter(({ passing }) => passing === 'not-enough').length
  const verdict =
    t(`${lines.length} 项中 ${passed} 项达到`, `${passed} of ${lines.length} passed`) +
    (open === 0 ? '' : t(`，${open} 项数据还不够`, `, ${open} without enough data yet`))
  return withinLimits({
    accent: passed === lines.length ? 'good' : open > 0 ? 'neutral' : 'P2',
    title,
    subtitle: verdict,
    blocks: [
      { kind: 'text', text: scope(data, view) },
      gateTable(lines, view),
      { kind: 'note', text: howKnown(data, view) },
      { kind: 'note', text: dataAge(data.dataAgeHours, view) },
    ],
    buttons: [{ command: 'roi', label: t('投入产出', 'Effect and return'), style: 'plain', args: '' }],
    fallback: `${title}${t('：', ': ')}${verdict}`,
  })
}

function scope({ places, customers, topShare, period }: PilotCardData, view: View): string {
  const t = speaker(view.locale)
  const where = places.length === 0 ? t('全部区域', 'All regions') : shown(places.join(t('、', ', ')), 120)
  const percent = number(topShare * 100, view.locale)
  const whom = t(
    `${where}，终身价值前 ${percent}% 的 ${number(customers, view.locale)} 位客户`,
    `${where}: the ${number(customers, view.locale)} customers of the top ${percent}% by lifetime value`,
  )
  const when =
    period === null
      ? t('还没有预警。', 'No case has been opened yet.')
      : t(`${stretch(period, view)}的预警。`, `Cases opened: ${stretch(period, view)}.`)
  return t(`${whom}；${when}`, `${whom}. ${when}`)
}

function gateTable(lines: readonly GateLine[], view: View): Block {
  const { locale } = view
  return {
    kind: 'table',
    columns: speaker(locale)('关口|数值|要求|结论|依据', 'Gate|Value|At least|Verdict|By').split('|'),
    rows: lines.map(({ name, gate, passing, source, ...told }) => ({
      cells: [
        NAME[name][locale],
        toldWords(MEASURE[name], told, view),
        name === 'lead' ? speaker(locale)(`${gate} 天`, `${gate} days`) : `${gate * 100}%`,
        PASSING[passing][locale],
        SOURCE[source][locale],
      ],
    })),
  }
}

function howKnown({ backtest }: PilotCardData, view: View): string {
  const span = stretch(backtest, view)
  const flagged = number(backtest.flagged, view.locale)
  return speaker(view.locale)(
    zh`联系会改变结果，所以真实流失率看没人联系的客户：有对照组时看对照组，否则用现在的规则和模型重放${span}（结果都已知），当时会新预警 ${flagged} 位，再看 60 天内有多少离开。`,
    `Contacting changes who leaves, so real churn is that of customers nobody contacted: a holdout where there is one, else ${span} judged again by today’s rules and model (what came of it is known): ${flagged} would have been flagged anew; it counts who left within 60 days.`,
  )
}
